"""Drawing a question whose answer is typed in several fields."""

from typing import Any

from django.utils.safestring import SafeString

from guildhall.foundation.kit import components
from guildhall.foundation.kit.components import frame
from guildhall.foundation.texts import queries as texts

from .base import Entry


def composed(entry: Entry, *fields: SafeString) -> SafeString:
    """``fields`` under the question as their legend. A problem of one part is drawn by its field."""
    field = entry.question.field_id
    common = entry.common
    problem = "" if entry.problem_part else entry.problem
    legend = frame.asked(entry.words, optional=entry.optional, required=entry.required)
    described = frame.described_by(field, hint=common["hint"], tooltip=common["tooltip"], problem=problem)
    body = "".join(
        (
            frame.tooltip_of(field, common["tooltip"], legend),
            frame.hint_of(field, common["hint"]),
            frame.problem_of(field, problem),
            *fields,
        )
    )
    size = "l" if entry.page_heading else "s"
    drawn = frame.fieldset(
        legend,
        body,
        kind=f"govuk-fieldset__legend--{size}",
        page_heading=entry.page_heading,
        described=described,
        role="group",
    )
    return frame.group(drawn, problem=entry.problem, tooltip=common["tooltip"])


def part_field(entry: Entry, part: str, value: Any, *, optional: bool = False, **options: Any) -> SafeString:
    """The text field of one part, labelled ``shared.Part_<Part>``."""
    return components.text_field(
        name=f"{entry.question.field_id}-{part}",
        label=texts.say(f"shared.Part_{part.title()}", entry.language),
        value=value if isinstance(value, str) else "",
        problem=entry.problem if entry.problem_part == part else "",
        label_kind="",
        optional=optional and not entry.stars,
        required=entry.required and not optional,
        **options,
    )
