"""Fields with several controls under one legend: radios, checkboxes; and a checkbox alone."""

from collections.abc import Iterable
from typing import Any

from django.utils.safestring import SafeString

from .frame import Field, above, asked, gathered, group
from .markup import Attributes, attributes, classes, inner, quoted
from .options import Option, option


def radios_field(
    field: Field,
    *,
    options: Iterable[Any],
    value: object = "",
    inline: bool = False,
    small: bool = False,
    attrs: Attributes | None = None,
) -> SafeString:
    """One of ``options`` (see Option). The first radio has the id of the field, so that errors lead to it."""
    chosen = {"" if value is None else str(value)} - {""}
    kind = classes(
        "govuk-radios", "govuk-radios--inline" if inline else "", "govuk-radios--small" if small else ""
    )
    return gathered(field, _several("radio", field, options, chosen, kind, attrs))


def checkboxes_field(
    field: Field,
    *,
    options: Iterable[Any],
    values: Iterable[object] = (),
    small: bool = False,
    attrs: Attributes | None = None,
) -> SafeString:
    """Any of ``options`` (see Option)."""
    chosen = {str(value) for value in values or ()}
    kind = classes("govuk-checkboxes", "govuk-checkboxes--small" if small else "")
    return gathered(field, _several("checkbox", field, options, chosen, kind, attrs))


def checkbox(
    field: Field,
    *,
    checked: bool = False,
    value: str = "yes",
    small: bool = False,
    attrs: Attributes | None = None,
) -> SafeString:
    """One box to tick, such as a declaration. Ticked, it sends ``value``; the hint stands below its label."""
    around = field._replace(hint="")
    one = Option(value, SafeString(asked(field)), hint=field.hint)
    body = (
        above(around)
        + f'<div class="{classes("govuk-checkboxes", "govuk-checkboxes--small" if small else "")}"'
        + f'{attributes(attrs)} data-module="govuk-checkboxes">'
        + _item("checkbox", one, field.name, field.anchor, checked=checked, describes=around.described_by())
        + "</div>"
    )
    return group(field, body)


def _several(
    type: str, field: Field, options: Iterable[Any], chosen: set[str], kind: str, attrs: Attributes | None
) -> str:
    """The choices; ``kind`` holds their classes, and the first of them is the script's module too."""
    module = kind.split(" ", 1)[0]
    items = "".join(
        _item(type, one, field.name, _id(field.anchor, number), checked=one.value in chosen)
        for number, one in enumerate(map(option, options), 1)
    )
    return f'<div class="{kind}"{attributes(attrs)} data-module="{module}">{items}</div>'


def _id(anchor: str, number: int) -> str:
    return anchor if number == 1 else f"{anchor}-{number}"


def _item(type: str, one: Option, name: str, id: str, *, checked: bool, describes: str | None = None) -> str:
    block = "govuk-radios" if type == "radio" else "govuk-checkboxes"
    if one.divider:
        return f'<div class="{block}__divider">{inner(one.divider)}</div>'
    id = one.id or id
    pairs = attributes(
        {
            "class": f"{block}__input",
            "id": id,
            "name": one.name or name,
            "type": type,
            "value": one.value,
            "checked": bool(checked),  # a template may give what was posted: "" is no tick
            "disabled": one.disabled,
            "data-aria-controls": f"conditional-{id}" if one.conditional else None,
            "data-behaviour": "exclusive" if one.exclusive else None,
            "aria-describedby": classes(describes or "", f"{id}-item-hint" if one.hint else "") or None,
        }
    )
    hint = (
        f'<div id="{quoted(id)}-item-hint" class="govuk-hint {block}__hint">{inner(one.hint)}</div>'
        if one.hint
        else ""
    )
    label = f'<label class="govuk-label {block}__label" for="{quoted(id)}">{inner(one.text)}</label>'
    item = f'<div class="{block}__item"><input{pairs}>{label}{hint}</div>'
    return item + _conditional(block, one, id, checked=checked)


def _conditional(block: str, one: Option, id: str, *, checked: bool) -> str:
    if not one.conditional:
        return ""
    kind = classes(f"{block}__conditional", "" if checked else f"{block}__conditional--hidden")
    return f'<div class="{kind}" id="conditional-{quoted(id)}">{one.conditional}</div>'
