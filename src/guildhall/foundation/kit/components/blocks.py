"""Blocks that are no form field: buttons, links, tags, panels, notes."""

from django.utils.safestring import SafeString

from ..words import say
from .markup import Attributes, attributes, classes, inner, quoted

COLOURS = ("grey", "green", "teal", "blue", "purple", "magenta", "red", "orange", "yellow")


def button(
    *,
    text: str,
    name: str = "",
    value: str = "",
    href: str = "",
    secondary: bool = False,
    warning: bool = False,
    inverse: bool = False,
    start: bool = False,
    type: str = "submit",
    form: str = "",
    once: bool = True,
    disabled: bool = False,
    hidden_text: str = "",
    id: str = "",
    kind: str = "",
    attrs: Attributes | None = None,
) -> SafeString:
    """A button, or with ``href`` a link that looks like one.

    ``once``: a second press within a second is ignored. ``hidden_text`` tells buttons of one text apart.
    """
    names = classes(
        "govuk-button",
        "govuk-button--secondary" if secondary else "",
        "govuk-button--warning" if warning else "",
        "govuk-button--inverse" if inverse else "",
        "govuk-button--start" if start else "",
        kind,
    )
    words = inner(text) + _hidden(hidden_text) + (_ARROW if start else "")
    own = attributes({"class": names, "data-module": "govuk-button", "id": id or None} | dict(attrs or {}))
    if href:
        return SafeString(f'<a href="{quoted(href)}" role="button" draggable="false"{own}>{words}</a>')
    sends = attributes(
        {
            "type": type,
            "value": value or None,
            "name": name or None,
            "form": form or None,
            "disabled": disabled,
            "aria-disabled": "true" if disabled else None,
            "data-prevent-double-click": "true" if once and type == "submit" else None,
        }
    )
    return SafeString(f"<button{sends}{own}>{words}</button>")


_ARROW = (
    '<svg class="govuk-button__start-icon" xmlns="http://www.w3.org/2000/svg" width="17.5" height="19" '
    'viewBox="0 0 33 40" aria-hidden="true" focusable="false">'
    '<path fill="currentColor" d="M0 0h13l20 20-20 20H0l20-20z"/></svg>'
)


def back_link(*, href: str, text: str = "") -> SafeString:
    """The way back to the page before, on the steps of a form."""
    return SafeString(f'<a href="{quoted(href)}" class="govuk-back-link">{inner(text or say("Back"))}</a>')


def tag_label(*, text: str, colour: str = "") -> SafeString:
    """A state in a coloured tag; ``colour`` is one of COLOURS, or empty for the brand's own."""
    kind = classes("govuk-tag", f"govuk-tag--{colour}" if colour else "")
    return SafeString(f'<strong class="{quoted(kind)}">{inner(text)}</strong>')


def panel(*, title: str, body: str = "") -> SafeString:
    """The confirmation panel of a receipt: its title is the heading of the page."""
    below = f'<div class="govuk-panel__body">{inner(body)}</div>' if body else ""
    return SafeString(
        '<div class="govuk-panel govuk-panel--confirmation">'
        f'<h1 class="govuk-panel__title">{inner(title)}</h1>{below}</div>'
    )


def inset(body: str) -> SafeString:
    """Text set off from what is around it."""
    return SafeString(f'<div class="govuk-inset-text">{inner(body)}</div>')


def warning(*, text: str) -> SafeString:
    """Something with consequences."""
    return SafeString(
        '<div class="govuk-warning-text"><span class="govuk-warning-text__icon" aria-hidden="true">!</span>'
        '<strong class="govuk-warning-text__text">'
        f'<span class="govuk-visually-hidden">{inner(say("Warning"))}</span> {inner(text)}</strong></div>'
    )


def details(body: str, *, summary: str, id: str = "", open: bool = False) -> SafeString:
    """Help that stays folded until it is asked for."""
    own = attributes({"id": id or None, "open": open})
    return SafeString(
        f'<details class="govuk-details"{own}><summary class="govuk-details__summary">'
        f'<span class="govuk-details__summary-text">{inner(summary)}</span></summary>'
        f'<div class="govuk-details__text">{inner(body)}</div></details>'
    )


def notification(body: str, *, success: bool = False, title: str = "", id: str = "gh-notice") -> SafeString:
    """What just happened, once, above the page. ``body`` may be safe HTML with an undo form in it."""
    kind = classes("govuk-notification-banner", "govuk-notification-banner--success" if success else "")
    title = title or say("Notice_Success" if success else "Notice_Important")
    words = inner(body)
    if not isinstance(body, SafeString):
        words = f'<p class="govuk-notification-banner__heading">{words}</p>'
    return SafeString(
        f'<div class="{kind}" role="{"alert" if success else "region"}" aria-labelledby="{quoted(id)}"'
        ' data-module="govuk-notification-banner"><div class="govuk-notification-banner__header">'
        f'<h2 class="govuk-notification-banner__title" id="{quoted(id)}">{inner(title)}</h2></div>'
        f'<div class="govuk-notification-banner__content">{words}</div></div>'
    )


def reference(*, text: str) -> SafeString:
    """A reference as people read it aloud, with a button that copies it where scripts run (copy.js)."""
    own = attributes({"data-copy": text, "data-copied": say("Copy_Done")})
    words = inner(say("Copy")) + _hidden(say("Copy_Hidden"))
    return SafeString(
        f'<span class="gh-reference">{inner(text)}</span>'
        f'<button type="button" class="gh-link-button gh-copy" hidden{own}>{words}</button>'
    )


def _hidden(text: str) -> str:
    return f'<span class="govuk-visually-hidden"> {inner(text)}</span>' if text else ""
