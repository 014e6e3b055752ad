"""What the clerk and the chair type about meetings and papers."""

from typing import Any

from django import forms
from django.utils.safestring import SafeString

from guildhall.foundation.files import kinds
from guildhall.foundation.files import queries as files
from guildhall.foundation.kit import components
from guildhall.foundation.kit.components import Field
from guildhall.foundation.kit.typed import one_line
from guildhall.foundation.texts.forms import DayField, WordedForm
from guildhall.foundation.texts.queries import say
from guildhall.work.governors.models import Paper
from guildhall.work.governors.services import ToldMeeting


class MeetingForm(WordedForm):
    """A meeting: what it is called, when and where."""

    area = "schools"

    meeting_name = forms.CharField(max_length=120, widget=forms.TextInput())
    meeting_date = DayField()
    meeting_where = forms.CharField(max_length=200, required=False, widget=forms.TextInput())

    @property
    def told(self) -> ToldMeeting:
        """What was said, ready to be kept."""
        said = self.cleaned_data
        where = one_line(said["meeting_where"])
        return ToldMeeting(one_line(said["meeting_name"]), said["meeting_date"], where)


class FileForm(WordedForm):
    """A file, and that it tells of no pupil."""

    area = "schools"

    paper_file = forms.FileField(allow_empty_file=True)
    paper_no_pupils = forms.BooleanField()

    def draw(self, name: str, *, problem: str | None = None) -> SafeString:
        if name != "paper_file":
            return super().draw(name, problem=problem)
        megabytes = files.most_bytes() // (1024 * 1024)
        field = Field(
            name=name,
            label=self.label_of(name),
            hint=say("schools.FolderFile_Limits", kinds=kinds.spoken(kinds.ALL), megabytes=megabytes),
            tooltip=say("schools.PaperFile_Tooltip"),
            problem=self.problems.get(name, "") if self.is_bound else "",
            required=self.stars,
        )
        return components.file_field(field, accept=",".join(f".{kind}" for kind in kinds.MEDIA_TYPES))

    @property
    def told(self) -> dict[str, Any]:
        """What was said, ready to be kept."""
        said = self.cleaned_data
        return {"upload": said["paper_file"], "no_pupils": said["paper_no_pupils"]}


class PaperForm(FileForm):
    """A new paper: what it is, its title and its file."""

    radios = frozenset({"paper_kind"})
    field_order = ["paper_kind", "paper_title", "paper_file", "paper_no_pupils"]

    paper_kind = forms.ChoiceField()
    paper_title = forms.CharField(max_length=120, widget=forms.TextInput())

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        named = [(one, say(f"schools.PaperKind_{one.title()}")) for one in Paper.Kind.values]
        self.fields["paper_kind"].choices = named  # type: ignore[attr-defined]

    @property
    def told(self) -> dict[str, Any]:
        said = self.cleaned_data
        return super().told | {"kind": said["paper_kind"], "title": one_line(said["paper_title"])}
