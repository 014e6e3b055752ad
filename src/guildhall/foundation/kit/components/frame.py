"""What every form field has around its control: label or legend, tooltip, hint, problem."""

from functools import lru_cache
from typing import Any

from django.utils.safestring import SafeString

from ..words import say
from .markup import Attributes, attributes, classes, inner, quoted


def described_by(field: str, *, hint: str = "", tooltip: str = "", problem: str = "", also: str = "") -> str:
    """The ids that describe the control with the id ``field``, in the order of the page."""
    return classes(
        also,
        f"{field}-hint" if hint else "",
        f"{field}-tooltip" if tooltip else "",
        f"{field}-error" if problem else "",
    )


def asked(label: str, *, optional: bool, required: bool = False) -> str:
    """The question as content, with "(optional)" or a star, spoken "(required)", where it is that."""
    if required:
        words = inner(say("Field_Required"))
        star = '<span class="gh-star" aria-hidden="true">*</span>'
        return f'{inner(label)} {star}<span class="govuk-visually-hidden">{words}</span>'
    return f"{inner(label)} {inner(say('Field_Optional'))}" if optional else inner(label)


def label_for(field: str, label: str, *, kind: str = "", page_heading: bool = False) -> str:
    """The label of the control ``field``; ``label`` is content. ``kind`` holds its own classes."""
    drawn = f'<label class="{classes("govuk-label", kind)}" for="{quoted(field)}">{label}</label>'
    return f'<h1 class="govuk-label-wrapper">{drawn}</h1>' if page_heading else drawn


def fieldset(
    legend: str,
    body: str,
    *,
    kind: str = "",
    page_heading: bool = False,
    described: str = "",
    role: str = "",
) -> str:
    """A group of controls under ``legend``, which is content."""
    if page_heading:
        legend = f'<h1 class="govuk-fieldset__heading">{legend}</h1>'
    says = attributes({"role": role or None, "aria-describedby": described or None})
    head = f'<legend class="{classes("govuk-fieldset__legend", kind)}">{legend}</legend>' if legend else ""
    return f'<fieldset class="govuk-fieldset"{says}>{head}{body}</fieldset>'


def tooltip_of(field: str, tooltip: str, label: str) -> str:
    """Information on a field: shown by its ``?`` without a script, and when the field gets focus with one."""
    if not tooltip:
        return ""
    name = inner(say("Tooltip_Open"))
    return (
        f'<details class="gh-tooltip" data-tooltip="{quoted(field)}"><summary class="gh-tooltip__mark">'
        f'<span aria-hidden="true">?</span>'
        f'<span class="govuk-visually-hidden">{name}: {label}</span></summary>'
        f'<div class="gh-tooltip__text" id="{quoted(field)}-tooltip">{inner(tooltip)}</div></details>'
    )


def hint_of(field: str, hint: str) -> str:
    return f'<div id="{quoted(field)}-hint" class="govuk-hint">{inner(hint)}</div>' if hint else ""


def problem_of(field: str, problem: str) -> str:
    if not problem:
        return ""
    error = inner(say("Field_Error"))
    return (
        f'<p id="{quoted(field)}-error" class="govuk-error-message">'
        f'<span class="govuk-visually-hidden">{error}:</span> {inner(problem)}</p>'
    )


def group(
    body: str, *, problem: str = "", tooltip: str = "", kind: str = "", pairs: Attributes | None = None
) -> SafeString:
    """The form group around everything."""
    before = _group_begins(problem=problem, tooltip=tooltip, kind=kind, pairs=pairs)
    return SafeString(f"{before}{body}</div>")


def framed(
    field: str,
    control: str,
    *,
    label: str,
    hint: str,
    tooltip: str,
    problem: str,
    page_heading: bool,
    required: bool = False,
    optional: bool = False,
    label_kind: str | None = None,
    kind: str = "",
    pairs: Attributes | None = None,
) -> SafeString:
    """A field of one ``control``: form group, label, tooltip, hint, problem, and the control itself."""
    said = (
        say("Field_Required") if required else say("Field_Optional") if optional else "",
        say("Tooltip_Open") if tooltip else "",
        say("Field_Error") if problem else "",
    )
    if label_kind is None:
        label_kind = "govuk-label--l" if page_heading else "govuk-label--s"
    marks = (page_heading, required, optional)
    more = tuple(pairs.items()) if pairs else ()
    before = _before(field, label, hint, tooltip, problem, label_kind, kind, marks, more, said)
    return SafeString(f"{before}{control}</div>")


# Kept, because the same questions are drawn on page after page and only what was answered differs. By type
# too: a text that is safe HTML and one that is not are equal, and only one of them may be drawn as it is.
@lru_cache(maxsize=2_000, typed=True)
def _before(
    field: str,
    label: str,
    hint: str,
    tooltip: str,
    problem: str,
    label_kind: str,
    kind: str,
    marks: tuple[bool, bool, bool],
    pairs: tuple[tuple[str, Any], ...],
    said: tuple[str, ...],  # noqa: ARG001 (the kit's own words in it: with other words it is another)
) -> str:
    """Everything of a field that stands before its control."""
    page_heading, required, optional = marks
    return (
        _group_begins(problem=problem, tooltip=tooltip, kind=kind, pairs=dict(pairs))
        + label_for(
            field,
            asked(label, optional=optional, required=required),
            kind=label_kind,
            page_heading=page_heading,
        )
        + tooltip_of(field, tooltip, inner(label))
        + hint_of(field, hint)
        + problem_of(field, problem)
    )


def _group_begins(*, problem: str, tooltip: str, kind: str, pairs: Attributes | None) -> str:
    names = classes(
        "govuk-form-group",
        "govuk-form-group--error" if problem else "",
        "gh-has-tooltip" if tooltip else "",
        kind,
    )
    return f'<div class="{names}"{attributes(pairs)}>'
