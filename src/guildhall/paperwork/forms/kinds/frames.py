"""Drawing a question whose answer is typed in several fields."""

from typing import Any

from django.utils.safestring import SafeString

from guildhall.foundation.kit import components
from guildhall.foundation.kit.components import Field
from guildhall.foundation.kit.components.frame import gathered
from guildhall.foundation.texts import queries as texts

from .base import Entry


def composed(entry: Entry, *fields: SafeString) -> SafeString:
    """``fields`` under the question as their legend. A problem of one part is drawn by its field."""
    return gathered(entry.field, "".join(fields), role="group", within=bool(entry.problem_part))


def part_field(
    entry: Entry, part: str, value: Any, *, hint: str = "", optional: bool = False, **options: Any
) -> SafeString:
    """The text field of one part, labelled ``shared.Part_<Part>``; ``hint`` names a text."""
    field = Field(
        name=f"{entry.question.field_id}-{part}",
        label=texts.say(f"shared.Part_{part.title()}", entry.language),
        hint=texts.say(hint, entry.language) if hint else "",
        problem=entry.problem if entry.problem_part == part else "",
        required=entry.required and not optional,
        optional=optional and not entry.stars,
        label_kind="",
    )
    return components.text_field(field, value=value if isinstance(value, str) else "", **options)
