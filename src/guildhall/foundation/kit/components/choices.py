"""Fields with several controls under one legend: radios, checkboxes; and a checkbox alone."""

from collections.abc import Iterable
from typing import Any

from django.utils.safestring import SafeString

from .frame import asked, described_by, fieldset, group, hint_of, problem_of, tooltip_of
from .markup import Attributes, attributes, classes, inner, quoted
from .options import Option, option


def radios_field(
    *,
    name: str,
    legend: str,
    options: Iterable[Any],
    value: object = "",
    problem: str = "",
    hint: str = "",
    tooltip: str = "",
    inline: bool = False,
    small: bool = False,
    page_heading: bool = False,
    optional: bool = False,
    required: bool = False,
    id: str = "",
    legend_kind: str | None = None,
    attrs: Attributes | None = None,
) -> SafeString:
    """One of ``options`` (see Option). The first radio has the id of the field, so that errors lead to it."""
    chosen = {"" if value is None else str(value)} - {""}
    return _several(
        "radio",
        name=name,
        legend=legend,
        options=options,
        chosen=chosen,
        problem=problem,
        hint=hint,
        tooltip=tooltip,
        kind=classes(
            "govuk-radios", "govuk-radios--inline" if inline else "", "govuk-radios--small" if small else ""
        ),
        page_heading=page_heading,
        optional=optional,
        required=required,
        field=id or name,
        legend_kind=legend_kind,
        attrs=attrs,
    )


def checkboxes_field(
    *,
    name: str,
    legend: str,
    options: Iterable[Any],
    values: Iterable[object] = (),
    problem: str = "",
    hint: str = "",
    tooltip: str = "",
    small: bool = False,
    page_heading: bool = False,
    optional: bool = False,
    required: bool = False,
    id: str = "",
    legend_kind: str | None = None,
    attrs: Attributes | None = None,
) -> SafeString:
    """Any of ``options`` (see Option)."""
    return _several(
        "checkbox",
        name=name,
        legend=legend,
        options=options,
        chosen={str(value) for value in values or ()},
        problem=problem,
        hint=hint,
        tooltip=tooltip,
        kind=classes("govuk-checkboxes", "govuk-checkboxes--small" if small else ""),
        page_heading=page_heading,
        optional=optional,
        required=required,
        field=id or name,
        legend_kind=legend_kind,
        attrs=attrs,
    )


def checkbox(
    *,
    name: str,
    label: str,
    checked: bool = False,
    problem: str = "",
    hint: str = "",
    tooltip: str = "",
    value: str = "yes",
    id: str = "",
    small: bool = False,
    required: bool = False,
    attrs: Attributes | None = None,
) -> SafeString:
    """One box to tick, such as a declaration. Ticked, it sends ``value``."""
    field = id or name
    describes = described_by(field, tooltip=tooltip, problem=problem)
    one = Option(value, SafeString(asked(label, optional=False, required=required)), hint=hint)
    body = (
        tooltip_of(field, tooltip, inner(label))
        + problem_of(field, problem)
        + f'<div class="{classes("govuk-checkboxes", "govuk-checkboxes--small" if small else "")}"'
        + f'{attributes(attrs)} data-module="govuk-checkboxes">'
        + _item("checkbox", one, name=name, field=field, checked=checked, describes=describes)
        + "</div>"
    )
    return group(body, problem=problem, tooltip=tooltip)


def _several(
    type: str,
    *,
    name: str,
    legend: str,
    options: Iterable[Any],
    chosen: set[str],
    problem: str,
    hint: str,
    tooltip: str,
    kind: str,
    page_heading: bool,
    optional: bool,
    required: bool,
    field: str,
    legend_kind: str | None,
    attrs: Attributes | None,
) -> SafeString:
    text = asked(legend, optional=optional, required=required)
    if legend_kind is None:
        legend_kind = "govuk-fieldset__legend--l" if page_heading else "govuk-fieldset__legend--s"
    module = kind.split(" ", 1)[0]
    items = "".join(
        _item(
            type,
            one,
            name=name,
            field=_id(field, number),
            checked=one.value in chosen,
        )
        for number, one in enumerate(map(option, options), 1)
    )
    body = (
        tooltip_of(field, tooltip, inner(legend))
        + hint_of(field, hint)
        + problem_of(field, problem)
        + f'<div class="{kind}"{attributes(attrs)} data-module="{module}">{items}</div>'
    )
    described = described_by(field, hint=hint, tooltip=tooltip, problem=problem)
    drawn = fieldset(text, body, kind=legend_kind, page_heading=page_heading, described=described)
    return group(drawn, problem=problem, tooltip=tooltip)


def _id(field: str, number: int) -> str:
    return field if number == 1 else f"{field}-{number}"


def _item(type: str, one: Option, *, name: str, field: str, checked: bool, describes: str = "") -> str:
    block = "govuk-radios" if type == "radio" else "govuk-checkboxes"
    if one.divider:
        return f'<div class="{block}__divider">{inner(one.divider)}</div>'
    field = one.id or field
    pairs = attributes(
        {
            "class": f"{block}__input",
            "id": field,
            "name": one.name or name,
            "type": type,
            "value": one.value,
            "checked": checked,
            "disabled": one.disabled,
            "data-aria-controls": f"conditional-{field}" if one.conditional else None,
            "data-behaviour": "exclusive" if one.exclusive else None,
            "aria-describedby": classes(describes, f"{field}-item-hint" if one.hint else "") or None,
        }
    )
    hint = (
        f'<div id="{quoted(field)}-item-hint" class="govuk-hint {block}__hint">{inner(one.hint)}</div>'
        if one.hint
        else ""
    )
    label = f'<label class="govuk-label {block}__label" for="{quoted(field)}">{inner(one.text)}</label>'
    item = f'<div class="{block}__item"><input{pairs}>{label}{hint}</div>'
    return item + _conditional(block, one, field=field, checked=checked)


def _conditional(block: str, one: Option, *, field: str, checked: bool) -> str:
    if not one.conditional:
        return ""
    kind = classes(f"{block}__conditional", "" if checked else f"{block}__conditional--hidden")
    return f'<div class="{kind}" id="conditional-{quoted(field)}">{one.conditional}</div>'
