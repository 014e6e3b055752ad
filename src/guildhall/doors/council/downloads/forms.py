"""What officers type about downloads, sections and floor plans, and the files."""

from typing import Any

from django import forms
from django.utils.safestring import SafeString

from guildhall.doors.council.governors.forms import BothForm, said_both
from guildhall.foundation.files import kinds
from guildhall.foundation.files import queries as files
from guildhall.foundation.kit import components
from guildhall.foundation.kit.components import Field
from guildhall.foundation.kit.typed import one_line
from guildhall.foundation.texts.forms import DayField, WordedForm
from guildhall.foundation.texts.queries import say
from guildhall.work.downloads.models import Item, Plan, Section
from guildhall.work.downloads.queries import PLAN_KINDS
from guildhall.work.downloads.services import ToldItem, ToldPlan


class _Files(WordedForm):
    """A form whose file fields take ``taken``."""

    area = "schools"
    taken = kinds.ALL

    def draw(self, name: str, *, problem: str | None = None) -> SafeString:
        if not isinstance(self.fields[name], forms.FileField):
            return super().draw(name, problem=problem)
        megabytes = files.most_bytes() // (1024 * 1024)
        field = Field(
            name=name,
            label=self.label_of(name),
            hint=say("schools.FolderFile_Limits", kinds=kinds.spoken(self.taken), megabytes=megabytes),
            tooltip=say("schools.DownloadFile_Tooltip"),
            problem=self.problems.get(name, "") if self.is_bound else "",
            required=self.fields[name].required and self.stars,
            optional=not self.fields[name].required,
        )
        return components.file_field(field, accept=",".join(f".{kind}" for kind in sorted(self.taken)))


class SectionForm(WordedForm):
    """The name of a section in both languages."""

    area = "schools"

    title_en = forms.CharField(max_length=120, widget=forms.TextInput())
    title_cy = forms.CharField(max_length=120, widget=forms.TextInput())

    @property
    def name(self) -> dict[str, str]:
        return {language: one_line(self.cleaned_data[f"title_{language}"]) for language in ("en", "cy")}


class ReplaceForm(_Files):
    """A newer file, what its version is called and its day."""

    download_file = forms.FileField(allow_empty_file=True)
    download_version = forms.CharField(max_length=20, widget=forms.TextInput(attrs={"width": 10}))
    download_date = DayField()


class ItemForm(BothForm, ReplaceForm):
    """A new document or tool."""

    field_order = ["download_section", "title_en", "title_cy", "words_en", "words_cy", "download_file"]
    download_section = forms.ChoiceField()
    words_en = forms.CharField(max_length=2000, required=False, widget=forms.Textarea())
    words_cy = forms.CharField(max_length=2000, required=False, widget=forms.Textarea())

    def __init__(self, *given: Any, **more: Any) -> None:
        self.sections: dict[str, Section] = {str(one.pk): one for one in more.pop("sections")}
        super().__init__(*given, **more)
        named = [(key, one.called) for key, one in self.sections.items()]
        self.fields["download_section"].choices = named  # type: ignore[attr-defined]

    @property
    def told(self) -> ToldItem:
        """What was said, ready to be kept."""
        said = self.cleaned_data
        return ToldItem(
            section=self.sections[said["download_section"]],
            title=self.both("title"),
            words=self.both("words"),
            version=one_line(said["download_version"]),
            dated_on=said["download_date"],
        )


class DetailsForm(ItemForm):
    """The same of one that is there; its file is replaced on a page of its own."""

    download_file = None  # type: ignore[assignment]


class PlanForm(SectionForm, _Files):
    """A floor plan; ``keeps``: the file that is there stays unless another is chosen."""

    taken = PLAN_KINDS
    plan_date = DayField()
    plan_file = forms.FileField(allow_empty_file=True)

    def __init__(self, *given: Any, keeps: bool = False, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["plan_file"].required = not keeps

    @property
    def told(self) -> ToldPlan:
        """What was said, ready to be kept."""
        return ToldPlan(self.name, self.cleaned_data["plan_date"])


def said_of_item(item: Item) -> dict[str, Any]:
    """What a form about ``item`` starts with."""
    return said_both(item) | {
        "download_section": str(item.section_id),
        "download_version": item.version,
        "download_date": item.dated_on,
    }


def said_of_plan(plan: Plan) -> dict[str, Any]:
    """What a form about ``plan`` starts with."""
    return {"title_en": plan.name["en"], "title_cy": plan.name["cy"], "plan_date": plan.dated_on}
