"""What is typed about a document, and its file."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.safestring import SafeString

from guildhall.foundation.files import kinds
from guildhall.foundation.files import queries as files
from guildhall.foundation.kit import components
from guildhall.foundation.kit.components import Field
from guildhall.foundation.kit.typed import one_line, paragraphs
from guildhall.foundation.texts.forms import DayField, Lines, WordedForm
from guildhall.foundation.texts.queries import say
from guildhall.work.schoolfolder.models import Document, Section
from guildhall.work.schoolfolder.services import Told

LONGEST_ABOUT = 1000


class FileForm(WordedForm):
    """A file alone."""

    area = "schools"

    folder_file = forms.FileField(allow_empty_file=True)

    def draw(self, name: str, *, problem: str | None = None) -> SafeString:
        if name != "folder_file":
            return super().draw(name, problem=problem)
        megabytes = files.most_bytes() // (1024 * 1024)
        field = Field(
            name=name,
            label=self.label_of(name),
            hint=say("schools.FolderFile_Limits", kinds=kinds.spoken(kinds.ALL), megabytes=megabytes),
            tooltip=say("schools.FolderFile_Tooltip"),
            problem=self._wrong(name),
            required=self.stars,
        )
        return components.file_field(field, accept=",".join(f".{kind}" for kind in kinds.MEDIA_TYPES))

    def _wrong(self, name: str) -> str:
        return self.problems.get(name, "") if self.is_bound else ""


class DocumentForm(FileForm):
    """A new document: its file, title, date, sub-folder and description."""

    folder_title = forms.CharField(max_length=120, widget=forms.TextInput())
    folder_date = DayField()
    folder_section = forms.ChoiceField(required=False)
    folder_about = forms.CharField(max_length=LONGEST_ABOUT, required=False, widget=Lines())

    def __init__(self, data: Mapping[str, Any] | None = None, *given: Any, **more: Any) -> None:
        self.sections: dict[str, Section] = {str(one.pk): one for one in more.pop("sections")}
        super().__init__(data, *given, **more)
        named = [(key, one.name) for key, one in self.sections.items()]
        self.fields["folder_section"].choices = [  # type: ignore[attr-defined]
            ("", say("schools.Folder_NoSection")),
            *named,
        ]

    @property
    def told(self) -> Told:
        """What was said, ready to be kept."""
        said = self.cleaned_data
        return Told(
            title=one_line(said["folder_title"]),
            dated_on=said["folder_date"],
            about=paragraphs(said["folder_about"]),
            section=self.sections.get(said["folder_section"]),
        )


class DetailsForm(DocumentForm):
    """The same of a document that is there; its file is replaced on a page of its own."""

    folder_file = None  # type: ignore[assignment]


def said_of(document: Document) -> dict[str, Any]:
    """What a form about ``document`` starts with."""
    return {
        "folder_title": document.title,
        "folder_date": document.dated_on,
        "folder_section": str(document.section_id or ""),
        "folder_about": document.about,
    }
