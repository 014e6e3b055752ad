"""Forms with long texts and a file, and what becomes of one that was sent."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.safestring import SafeString

from guildhall.foundation.files import kinds
from guildhall.foundation.files import queries as files
from guildhall.foundation.kit import components
from guildhall.foundation.kit.components import Field
from guildhall.foundation.texts.forms import WordedForm
from guildhall.foundation.texts.queries import say

WHOLE = "main-content"


class LongForm(WordedForm):
    """``long``: field → the most characters it counts; ``takes``: field → the kinds of file it takes.

    Fields of one word in two languages share the words of a tooltip, with the language left off its name.
    """

    area = "schools"
    long: ClassVar[Mapping[str, int]] = {}
    takes: ClassVar[Mapping[str, frozenset[str]]] = {}

    def draw(self, name: str, *, problem: str | None = None) -> SafeString:
        if name not in self.long and name not in self.takes:
            return super().draw(name, problem=problem)
        required = self.fields[name].required
        field = Field(
            name=name,
            label=self.label_of(name),
            hint=self._hint_of(name),
            tooltip=self._known(f"{self._word(name)}_Tooltip"),
            problem=self.problems.get(name, "") if self.is_bound else "",
            required=required and self.stars,
        )
        if name in self.takes:
            wanted = ",".join(f".{kind}" for kind in kinds.MEDIA_TYPES if kind in self.takes[name])
            return components.file_field(field, accept=wanted)
        return components.textarea_field(field, value=self[name].value() or "", maxlength=self.long[name])

    def _hint_of(self, name: str) -> str:
        if name not in self.takes:
            return self._known(f"{self._word(name)}_Hint")
        megabytes = files.most_bytes() // (1024 * 1024)
        return say("schools.FolderFile_Limits", kinds=kinds.spoken(self.takes[name]), megabytes=megabytes)


def sent_to(request: HttpRequest) -> tuple[Any, Any]:
    """What was posted, for the first arguments of a form."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)
