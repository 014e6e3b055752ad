"""What every form field has around its control: label or legend, tooltip, hint, problem."""

from functools import lru_cache
from typing import Any, NamedTuple

from django.utils.safestring import SafeString

from ..words import say
from .markup import Attributes, attributes, classes, inner, quoted


class Field(NamedTuple):
    """What a field asks and all that is said around its control, or around its several controls.

    ``label`` is their legend where there are several. ``label_kind`` holds its own classes, instead of the
    usual size. ``required`` puts a star beside it, ``optional`` says that it may be left out.
    """

    name: str
    label: str
    hint: str = ""
    tooltip: str = ""
    problem: str = ""
    required: bool = False
    optional: bool = False
    page_heading: bool = False
    label_kind: str | None = None
    id: str = ""

    @property
    def anchor(self) -> str:
        """The id of the control, or of the first of several, so that errors lead to it."""
        return self.id or self.name

    def described_by(self, also: str = "") -> str | None:
        """The ids that describe the control, in the order of the page; None when nothing does."""
        anchor = self.anchor
        ids = classes(
            also,
            f"{anchor}-hint" if self.hint else "",
            f"{anchor}-tooltip" if self.tooltip else "",
            f"{anchor}-error" if self.problem else "",
        )
        return ids or None

    def if_wrong(self, kind: str) -> str:
        """The class ``kind`` while there is a problem."""
        return kind if self.problem else ""


def asked(field: Field) -> str:
    """The question as content, with "(optional)" or a star, spoken "(required)", where it is that."""
    if field.required:
        words = inner(say("Field_Required"))
        star = '\N{NO-BREAK SPACE}<span class="gh-star" aria-hidden="true">*</span>'
        return f'{inner(field.label)}{star}<span class="govuk-visually-hidden">{words}</span>'
    return f"{inner(field.label)} {inner(say('Field_Optional'))}" if field.optional else inner(field.label)


def label_for(anchor: str, label: str, *, kind: str = "", page_heading: bool = False) -> str:
    """The label of the control with the id ``anchor``; ``label`` is content, ``kind`` its own classes."""
    drawn = f'<label class="{classes("govuk-label", kind)}" for="{quoted(anchor)}">{label}</label>'
    return f'<h1 class="govuk-label-wrapper">{drawn}</h1>' if page_heading else drawn


def above(field: Field) -> str:
    """What stands between the label of a field and its control: tooltip, hint and problem."""
    return tooltip(field) + _hint(field) + _problem(field)


def tooltip(field: Field) -> SafeString:
    """Information on a field: shown by its ``?`` without a script, and when the field gets focus with one."""
    if not field.tooltip:
        return SafeString("")
    anchor, opens = quoted(field.anchor), f"{inner(say('Tooltip_Open'))}: {inner(field.label)}"
    return SafeString(
        f'<details class="gh-tooltip" data-tooltip="{anchor}"><summary class="gh-tooltip__mark">'
        f'<span aria-hidden="true">?</span><span class="govuk-visually-hidden">{opens}</span></summary>'
        f'<div class="gh-tooltip__text" id="{anchor}-tooltip">{inner(field.tooltip)}</div></details>'
    )


def group(field: Field, body: str) -> SafeString:
    """The form group of ``field`` around everything."""
    return SafeString(f"{_group_begins(field, '', None)}{body}</div>")


def framed(field: Field, control: str, *, kind: str = "", pairs: Attributes | None = None) -> SafeString:
    """A field of one ``control``: form group, label, tooltip, hint, problem, and the control itself."""
    said = (
        say("Field_Required") if field.required else say("Field_Optional") if field.optional else "",
        say("Tooltip_Open") if field.tooltip else "",
        say("Field_Error") if field.problem else "",
    )
    more = tuple(pairs.items()) if pairs else ()
    return SafeString(f"{_before(field, tuple(map(type, field[1:5])), kind, more, said)}{control}</div>")


def gathered(field: Field, controls: str, *, role: str = "", within: bool = False) -> SafeString:
    """A field of several ``controls`` under one legend; ``within``: one of them says the problem itself."""
    own = field._replace(problem="") if within else field
    kind = classes("govuk-fieldset__legend", _size(field, "govuk-fieldset__legend"))
    legend = asked(field)
    if field.page_heading:
        legend = f'<h1 class="govuk-fieldset__heading">{legend}</h1>'
    says = attributes({"role": role or None, "aria-describedby": own.described_by()})
    head = f'<legend class="{kind}">{legend}</legend>' if legend else ""
    return group(field, f'<fieldset class="govuk-fieldset"{says}>{head}{above(own)}{controls}</fieldset>')


# Kept, because the same questions are drawn on page after page and only what was answered differs. By what
# is safe too: a text that is safe HTML and one that is not are equal, and only one may be drawn as it is.
@lru_cache(maxsize=2_000)
def _before(
    field: Field,
    words: tuple[type[str], ...],  # noqa: ARG001 (which words of the field are safe HTML)
    kind: str,
    pairs: tuple[tuple[str, Any], ...],
    said: tuple[str, ...],  # noqa: ARG001 (the kit's own words in it: with other words it is another)
) -> str:
    """Everything of a field that stands before its control."""
    label = label_for(
        field.anchor, asked(field), kind=_size(field, "govuk-label"), page_heading=field.page_heading
    )
    return _group_begins(field, kind, dict(pairs)) + label + above(field)


def _size(field: Field, block: str) -> str:
    """The classes of a label or legend besides ``block`` itself."""
    if field.label_kind is not None:
        return field.label_kind
    return f"{block}--l" if field.page_heading else f"{block}--s"


def _group_begins(field: Field, kind: str, pairs: Attributes | None) -> str:
    names = classes(
        "govuk-form-group",
        field.if_wrong("govuk-form-group--error"),
        "gh-has-tooltip" if field.tooltip else "",
        kind,
    )
    return f'<div class="{names}"{attributes(pairs)}>'


def _hint(field: Field) -> str:
    if not field.hint:
        return ""
    return f'<div id="{quoted(field.anchor)}-hint" class="govuk-hint">{inner(field.hint)}</div>'


def _problem(field: Field) -> str:
    if not field.problem:
        return ""
    return (
        f'<p id="{quoted(field.anchor)}-error" class="govuk-error-message">'
        f'<span class="govuk-visually-hidden">{inner(say("Field_Error"))}:</span> {inner(field.problem)}</p>'
    )
