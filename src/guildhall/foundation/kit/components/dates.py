"""A date in three boxes."""

from collections.abc import Collection

from django.utils.safestring import SafeString

from ..words import say
from .frame import Field, gathered, label_for
from .markup import attributes, classes, inner

_PARTS = (("day", 2), ("month", 2), ("year", 4))


def date_field(
    field: Field,
    *,
    day: object = "",
    month: object = "",
    year: object = "",
    born: bool = False,
    wrong: Collection[str] = (),
) -> SafeString:
    """A date; the boxes send name-day, name-month and name-year.

    ``wrong`` names the parts a problem is about (all three when empty). ``born`` lets a browser fill in
    the person's own date of birth. The day has the id of the field itself, so that errors lead to it.
    """
    values = {"day": day, "month": month, "year": year}
    boxes = "".join(
        _box(field, part, size, values[part], wrong=not wrong or part in wrong, born=born)
        for part, size in _PARTS
    )
    return gathered(field, f'<div class="govuk-date-input">{boxes}</div>', role="group")


def _box(field: Field, part: str, size: int, value: object, *, wrong: bool, born: bool) -> str:
    own = field.anchor if part == "day" else f"{field.anchor}-{part}"
    label = label_for(own, inner(say(f"Date_{part.title()}")), kind="govuk-date-input__label")
    pairs = attributes(
        {
            "class": classes(
                "govuk-input govuk-date-input__input",
                field.if_wrong("govuk-input--error") if wrong else "",
                f"govuk-input--width-{size}",
            ),
            "id": own,
            "name": f"{field.name}-{part}",
            "type": "text",
            "value": None if value in ("", None) else value,
            "autocomplete": f"bday-{part}" if born else None,
            "inputmode": "numeric",
        }
    )
    return (
        f'<div class="govuk-date-input__item"><div class="govuk-form-group">{label}<input{pairs}></div></div>'
    )
