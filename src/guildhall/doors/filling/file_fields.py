"""A file question with the files it has, and a file in a list."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from guildhall.foundation.files import queries as file_queries
from guildhall.foundation.files.models import Arriving, StoredFile
from guildhall.foundation.kit import components
from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.texts import queries as texts
from guildhall.paperwork.forms import steps
from guildhall.paperwork.forms.kinds.table import KINDS
from guildhall.paperwork.forms.kinds.uploads import Upload
from guildhall.paperwork.submissions import queries as submissions

from .posting import Spot

FILE_COLOURS = {
    StoredFile.State.QUARANTINED: "yellow",
    StoredFile.State.CLEAN: "green",
    StoredFile.State.ACCEPTED: "grey",
    StoredFile.State.INFECTED: "red",
}


@dataclass(frozen=True)
class FileRow:
    """A file as the person who added it sees it: ``state`` in words, ``href`` while it may be opened."""

    id: str
    name: str
    kind: str
    bytes: int
    state: str
    colour: str
    href: str

    @property
    def short(self) -> bool:
        """Whether the state is a word or two, which a tag can hold."""
        return len(self.state) < 25


def file_row(file: StoredFile) -> FileRow:
    """A file in the list of a step or of what was sent."""
    return FileRow(
        id=str(file.pk),
        name=file.name,
        kind=file.kind.lstrip(".").upper(),
        bytes=file.bytes,
        state=file_queries.state_words(file),
        colour=FILE_COLOURS[StoredFile.State(file.state)],
        href=reverse("filling:file", args=[file.pk]) if file_queries.may_be_served(file) else "",
    )


def file_field(
    field: steps.Field,
    kept: list[StoredFile],
    arriving: list[Arriving],
    spot: Spot,
    problems: Mapping[str, str],
    *,
    stars: bool,
) -> SafeString | None:
    """A file question with what was uploaded, and its own Upload and Remove buttons; None for other kinds."""
    question = field.question
    kind = KINDS[question.kind]
    if not isinstance(kind, Upload):
        return None
    files = [file for file in kept if file.question == question.code]
    listing = render_to_string(
        "filling/files.html", {"files": [file_row(file) for file in files], "question": question}
    )
    drawn = components.file_field(
        components.Field(
            name=question.field_id,
            label=question.text.in_(active_language()),
            hint=question.hint.in_(active_language()),
            tooltip=question.tooltip.in_(active_language()),
            problem=problems.get(question.field_id, ""),
            required=field.required,
            optional=not (field.required or stars or spot.definition.style == "tabs"),
        ),
        multiple=question.multiple,
        accept=",".join(kind.extensions),
        upload_url=reverse("filling:uploads", args=[spot.draft.pk]),
        listing=SafeString(listing),
    )
    upload = components.button(
        text=texts.say("send.Files_Upload"),
        name="upload",
        value=question.code,
        secondary=True,
        hidden_text=question.text.in_(active_language()),
        attrs={"data-upload-button": question.field_id},
    )
    begun = [one for one in arriving if one.question == question.code and one.row == spot.row_id]
    return (
        removed_note(spot, question.code)
        + SafeString(render_to_string("filling/arriving.html", {"uploads": begun}))
        + drawn
        + upload
    )


def removed_note(spot: Spot, code: str) -> SafeString:
    """ "You removed letter.pdf", with its Undo, at the question and row from which it went; else empty."""
    file = submissions.removed_file(spot.draft)
    if file is None or (file.question, file.row) != (code, spot.row_id):
        return SafeString("")
    return SafeString(render_to_string("filling/file_removed.html", {"name": file.name}))
