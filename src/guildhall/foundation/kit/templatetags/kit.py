"""The page components as template tags, and the filters of the pages. Built in: no ``{% load %}``."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from .. import components
from ..markdown import dialled, to_html, to_letter
from ..pagination import Sorting
from ..speech import clock as speak_clock
from ..speech import day as speak_day
from ..speech import filesize as speak_filesize
from ..speech import sentence
from ..words import say

register = template.Library()
register.filter(sentence)

for _component in (
    components.breadcrumb_list,
    components.button,
    components.notification,
    components.pager,
    components.panel,
    components.reference,
    components.summary_list,
    components.tag_label,
    components.task_list,
    components.warning,
):
    register.simple_tag(_component)


def _tag_of_field(draw: Callable[..., SafeString]) -> Callable[..., SafeString]:
    """A tag that takes the parts of a Field beside the other arguments; the label may be called legend."""

    def tag(**given: Any) -> SafeString:
        named = {_FIELD[name]: given.pop(name) for name in _FIELD.keys() & given.keys()}
        return draw(components.Field(**named), **given)

    return tag


_FIELD = {name: name for name in components.Field._fields} | {"legend": "label", "legend_kind": "label_kind"}

for _draw_field in (
    components.checkbox,
    components.checkboxes_field,
    components.date_field,
    components.file_field,
    components.password_field,
    components.radios_field,
    components.select_field,
    components.text_field,
    components.textarea_field,
    components.tooltip,
):
    register.simple_tag(_tag_of_field(_draw_field), name=_draw_field.__name__)


@register.simple_tag
def back_link(*, href: str, text: str = "") -> SafeString:
    """The way back, as a landmark of its own, because it stands before the main part of the page."""
    link = components.back_link(href=href, text=text)
    return format_html('<nav aria-label="{}">{}</nav>', say("Back"), link)


@register.simple_tag
def error_summary(problems: Any = None) -> SafeString:
    """Draws a view's ``problems`` ({field id: message}, or a Refusal)."""
    return components.error_summary(components.problems_of(problems))


@register.simple_tag(takes_context=True)
def draw_header(context: Context, language_form: str = "") -> SafeString:
    """The header and menu; the language buttons send the form with the id ``language_form``, if any."""
    return context["shell"].header(language_form)


@register.simple_tag(takes_context=True)
def sortable(context: Context, *, heading: str, key: str, numeric: bool = False) -> SafeString:
    """The heading cell of a column; the view's ``sorting`` says how the list is sorted, else the address."""
    query = context["request"].GET
    sorting = context.get("sorting") or Sorting(query.get("sort", ""), query)
    return components.sortable(sorting, heading=heading, key=key, numeric=numeric)


@register.simple_block_tag
def inset(content: str) -> SafeString:
    return components.inset(content)


@register.simple_block_tag
def details(content: str, *, summary: str, id: str = "", open: bool = False) -> SafeString:
    return components.details(content, summary=summary, id=id, open=open)


@register.filter
def clock(moment: datetime | None) -> str:
    return speak_clock(moment) if moment else ""


@register.filter
def day(when: date | datetime | None) -> str:
    return speak_day(when) if when else ""


@register.filter
def filesize(size: int | None) -> str:
    return speak_filesize(size or 0)


@register.filter
def markdown(text: str) -> SafeString:
    return to_html(text or "")


@register.filter
def letter(text: str) -> SafeString:
    return to_letter(text or "")


@register.filter
def dial(number: str) -> str:
    return dialled(number or "")
