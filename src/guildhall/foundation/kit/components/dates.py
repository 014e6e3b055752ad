"""A date in three boxes."""

from collections.abc import Collection

from django.utils.safestring import SafeString

from ..words import say
from .frame import asked, described_by, fieldset, group, hint_of, label_for, problem_of, tooltip_of
from .markup import attributes, classes, inner

_PARTS = (("day", 2), ("month", 2), ("year", 4))


def date_field(
    *,
    name: str,
    legend: str,
    day: object = "",
    month: object = "",
    year: object = "",
    problem: str = "",
    hint: str = "",
    tooltip: str = "",
    page_heading: bool = False,
    optional: bool = False,
    required: bool = False,
    born: bool = False,
    wrong: Collection[str] = (),
    id: str = "",
    legend_kind: str | None = None,
) -> SafeString:
    """A date; the boxes send name-day, name-month and name-year.

    ``wrong`` names the parts a problem is about (all three when empty). ``born`` lets a browser fill in
    the person's own date of birth. The day has the id of the field itself, so that errors lead to it.
    """
    field = id or name
    text = asked(legend, optional=optional, required=required)
    if legend_kind is None:
        legend_kind = "govuk-fieldset__legend--l" if page_heading else "govuk-fieldset__legend--s"
    values = {"day": day, "month": month, "year": year}
    boxes = "".join(
        _box(
            part,
            size,
            name=name,
            field=field,
            value=values[part],
            wrong=bool(problem) and (not wrong or part in wrong),
            born=born,
        )
        for part, size in _PARTS
    )
    body = (
        tooltip_of(field, tooltip, inner(legend))
        + hint_of(field, hint)
        + problem_of(field, problem)
        + f'<div class="govuk-date-input">{boxes}</div>'
    )
    described = described_by(field, hint=hint, tooltip=tooltip, problem=problem)
    drawn = fieldset(
        text, body, kind=legend_kind, page_heading=page_heading, described=described, role="group"
    )
    return group(drawn, problem=problem, tooltip=tooltip)


def _box(part: str, size: int, *, name: str, field: str, value: object, wrong: bool, born: bool) -> str:
    own = field if part == "day" else f"{field}-{part}"
    label = label_for(own, inner(say(f"Date_{part.title()}")), kind="govuk-date-input__label")
    pairs = attributes(
        {
            "class": classes(
                "govuk-input govuk-date-input__input",
                "govuk-input--error" if wrong else "",
                f"govuk-input--width-{size}",
            ),
            "id": own,
            "name": f"{name}-{part}",
            "type": "text",
            "value": None if value in ("", None) else value,
            "autocomplete": f"bday-{part}" if born else None,
            "inputmode": "numeric",
        }
    )
    return (
        f'<div class="govuk-date-input__item"><div class="govuk-form-group">{label}<input{pairs}></div></div>'
    )
