"""Files and pictures. The answer is a list of file ids; the files themselves are kept by foundation.files."""

from collections.abc import Sequence
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from guildhall.foundation.kit import components, speech
from guildhall.foundation.texts import queries as texts

from ..shape import Question
from .base import Context, Entry, HeldFile, Kind, Problem


class Upload(Kind):
    """One file, or several where the question says ``multiple``.

    The files that a draft holds are known to the files room, so nothing is read from what is posted.
    """

    name = "file"
    takes = frozenset({"multiple", "most"})
    missing = "MissingFile"
    posted = False
    extensions: tuple[str, ...] = (
        *(".doc", ".docx", ".pdf", ".png", ".jpg", ".jpeg", ".bmp", ".gif", ".txt"),
        *(".csv", ".xls", ".xlsx", ".ods", ".odt"),
    )

    def is_blank(self, raw: Any) -> bool:
        return not raw

    def check(self, raw: Any, question: Question, context: Context) -> list[str]:
        ids = [str(one)[:40] for one in raw] if isinstance(raw, (list, tuple)) else []
        if len(ids) > question.most:
            raise Problem("TooManyFiles", question, most=question.most)
        return ids

    def speak(self, value: Any, question: Question, language: str) -> list[str]:
        return [texts.say("shared.Files_Count", language, count=len(value))]

    def speak_files(self, value: Any, files: Sequence[HeldFile]) -> list[str]:
        """A line for each of the answer's files, with its size."""
        return [f"{one.name} ({speech.filesize(one.bytes)})" for one in files if str(one.id) in value]

    def render(self, entry: Entry) -> SafeString:
        return components.file_field(
            entry.field,
            multiple=entry.question.multiple,
            accept=",".join(self.extensions),
            listing=self._listing(entry),
        )

    def _listing(self, entry: Entry) -> SafeString:
        if not entry.files:
            return SafeString("")
        remove = texts.say("shared.Files_Remove", entry.language)
        rows = format_html_join(
            "",
            '<li class="gh-file">{} ({}) {}</li>',
            (
                (
                    one.name,
                    speech.filesize(one.bytes),
                    components.button(
                        text=remove, name="remove", value=str(one.id), secondary=True, hidden_text=one.name
                    ),
                )
                for one in entry.files
            ),
        )
        return format_html('<ul class="govuk-list gh-files">{}</ul>', rows)


class Image(Upload):
    """A picture."""

    name = "image"
    missing = "MissingImage"
    extensions = (".jpg", ".jpeg", ".gif", ".bmp", ".png")
