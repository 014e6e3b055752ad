"""Lists: problems, answers, tasks, breadcrumbs, pages of a long list, sortable headings."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.safestring import SafeString

from ..pagination import Page, Sorting
from ..refusals import Refusal
from ..words import say
from .markup import attributes, classes, inner, quoted


def error_summary(problems: Mapping[str, str], *, title: str = "") -> SafeString:
    """Every problem of the page, linked to its field. ``problems``: field id → message; "" has no link."""
    if not problems:
        return SafeString("")
    lines = "".join(f"<li>{_problem(field, message)}</li>" for field, message in problems.items())
    return SafeString(
        '<div class="govuk-error-summary" data-module="govuk-error-summary"><div role="alert">'
        f'<h2 class="govuk-error-summary__title">{inner(title or say("Problems_Heading"))}</h2>'
        '<div class="govuk-error-summary__body">'
        f'<ul class="govuk-list govuk-error-summary__list">{lines}</ul></div></div></div>'
    )


def problems_of(given: Any) -> Mapping[str, str]:
    """What to list for ``given``: a mapping as it is, a Refusal by its field, nothing for nothing."""
    return given.by_field() if isinstance(given, Refusal) else given or {}


def _problem(field: str, message: str) -> str:
    if not field:
        return inner(message)
    href = field if field.startswith(("/", "#")) else f"#{field}"
    return f'<a href="{quoted(href)}">{inner(message)}</a>'


def summary_list(*, rows: Iterable[Mapping[str, Any]], card: str = "", plain: bool = False) -> SafeString:
    """Answers beside their questions.

    A row has key, value (text, safe HTML, or a list of lines), and optionally href, action (its text, default
    "Change"), hidden (what is changed, for people who hear it; default the key). ``plain`` draws no lines.
    """
    rows = list(rows)
    some_actions = any(row.get("href") for row in rows)
    body = "".join(_summary_row(row, some_actions) for row in rows)
    kind = classes("govuk-summary-list", "govuk-summary-list--no-border" if plain else "")
    drawn = f'<dl class="{kind}">{body}</dl>'
    if card:
        drawn = (
            '<div class="govuk-summary-card"><div class="govuk-summary-card__title-wrapper">'
            f'<h2 class="govuk-summary-card__title">{inner(card)}</h2></div>'
            f'<div class="govuk-summary-card__content">{drawn}</div></div>'
        )
    return SafeString(drawn)


def _summary_row(row: Mapping[str, Any], some_actions: bool) -> str:
    kind = "govuk-summary-list__row"
    if some_actions and not row.get("href"):
        kind += " govuk-summary-list__row--no-actions"
    action = ""
    if row.get("href"):
        hidden = f'<span class="govuk-visually-hidden"> {inner(row.get("hidden") or row["key"])}</span>'
        words = inner(row.get("action") or say("Change"))
        link = f'<a class="govuk-link" href="{quoted(row["href"])}">{words}{hidden}</a>'
        action = f'<dd class="govuk-summary-list__actions">{link}</dd>'
    return (
        f'<div class="{kind}"><dt class="govuk-summary-list__key">{inner(row["key"])}</dt>'
        f'<dd class="govuk-summary-list__value">{_lines(row.get("value"))}</dd>{action}</div>'
    )


def _lines(value: Any) -> str:
    """Text as content; several lines, or a list, one below the other."""
    if isinstance(value, SafeString):
        return value
    lines = value if isinstance(value, list | tuple) else str("" if value is None else value).splitlines()
    return "<br>".join(inner(line) for line in lines)


def task_list(*, items: Iterable[Mapping[str, Any]], id: str = "task-list") -> SafeString:
    """Things to do with their state. An item has title, href (optional), hint, status, colour (of a tag)."""
    drawn = "".join(_task(item, f"{id}-{number}") for number, item in enumerate(items, 1))
    return SafeString(f'<ul class="govuk-task-list">{drawn}</ul>')


def _task(item: Mapping[str, Any], id: str) -> str:
    hint = item.get("hint") or ""
    says = classes(f"{id}-hint" if hint else "", f"{id}-status")
    if item.get("href"):
        own = attributes({"href": item["href"], "aria-describedby": says})
        title = f'<a class="govuk-link govuk-task-list__link"{own}>{inner(item["title"])}</a>'
    else:
        title = f"<div>{inner(item['title'])}</div>"
    kind = classes("govuk-task-list__item", "govuk-task-list__item--with-link" if item.get("href") else "")
    below = f'<div id="{id}-hint" class="govuk-task-list__hint">{inner(hint)}</div>' if hint else ""
    status = inner(item.get("status", ""))
    if colour := item.get("colour"):
        status = f'<strong class="govuk-tag govuk-tag--{quoted(colour)}">{status}</strong>'
    return (
        f'<li class="{kind}"><div class="govuk-task-list__name-and-hint">{title}{below}</div>'
        f'<div class="govuk-task-list__status" id="{id}-status">{status}</div></li>'
    )


def breadcrumb_list(*, items: Sequence[tuple[str, str]]) -> SafeString:
    """The way down to this page, as (text, href); an empty href is this page."""
    drawn = "".join(_crumb(text, href) for text, href in items)
    kind = "govuk-breadcrumbs govuk-breadcrumbs--collapse-on-mobile"
    own = attributes({"class": kind, "aria-label": say("Breadcrumbs")})
    return SafeString(f'<nav{own}><ol class="govuk-breadcrumbs__list">{drawn}</ol></nav>')


def _crumb(text: str, href: str) -> str:
    if not href:
        return f'<li class="govuk-breadcrumbs__list-item" aria-current="page">{inner(text)}</li>'
    link = f'<a class="govuk-breadcrumbs__link" href="{quoted(href)}">{inner(text)}</a>'
    return f'<li class="govuk-breadcrumbs__list-item">{link}</li>'


def pager(*, page: Page[Any]) -> SafeString:
    """The links between the pages of a long list; nothing when all of it is shown."""
    if page.count == 1:
        return SafeString("")
    before = _arrow("prev", page.link(page.number - 1)) if page.number > 1 else ""
    after = _arrow("next", page.link(page.number + 1)) if page.number < page.count else ""
    numbers = "".join(_number(page, number) for number in page.shown)
    return SafeString(
        f'<nav class="govuk-pagination" aria-label="{quoted(say("Pager"))}">{before}'
        f'<ul class="govuk-pagination__list">{numbers}</ul>{after}</nav>'
    )


_ARROWS = {
    "prev": "m6.5938-0.0078125-6.7266 6.7266 6.7441 6.4062 1.377-1.449-4.1856-3.9768h12.896v-2h-12.984"
    "l4.2931-4.293-1.414-1.414z",
    "next": "m8.107-0.0078125-1.4136 1.414 4.2926 4.293h-12.986v2h12.896l-4.1855 3.9766 1.377 1.4492"
    " 6.7441-6.4062-6.7246-6.7266z",
}


def _arrow(way: str, href: str) -> str:
    icon = (
        f'<svg class="govuk-pagination__icon govuk-pagination__icon--{way}" '
        'xmlns="http://www.w3.org/2000/svg" '
        'height="13" width="15" aria-hidden="true" focusable="false" viewBox="0 0 15 13">'
        f'<path d="{_ARROWS[way]}"></path></svg>'
    )
    key = "Pager_Previous" if way == "prev" else "Pager_Next"
    words = (
        f'<span class="govuk-pagination__link-title">{inner(say(key))}'
        f'<span class="govuk-visually-hidden"> {inner(say(key + "_Hidden"))}</span></span>'
    )
    content = icon + words if way == "prev" else words + icon
    return (
        f'<div class="govuk-pagination__{way}"><a class="govuk-link govuk-pagination__link" '
        f'href="{quoted(href)}" rel="{way}">{content}</a></div>'
    )


def _number(page: Page[Any], number: int | None) -> str:
    if number is None:
        return '<li class="govuk-pagination__item govuk-pagination__item--ellipsis">&ctdot;</li>'
    here = number == page.number
    kind = classes("govuk-pagination__item", "govuk-pagination__item--current" if here else "")
    own = attributes(
        {
            "href": page.link(number),
            "aria-label": say("Pager_Page", number=number),
            "aria-current": "page" if here else None,
        }
    )
    return f'<li class="{kind}"><a class="govuk-link govuk-pagination__link"{own}>{number}</a></li>'


def sortable(sorting: Sorting, *, heading: str, key: str, numeric: bool = False) -> SafeString:
    """The heading cell of a column that sorts the list by ``key``, and says in words which way it does."""
    way = sorting.way(key)
    kind = classes("govuk-table__header", "govuk-table__header--numeric" if numeric else "", "gh-sortable")
    own = attributes({"scope": "col", "class": kind, "aria-sort": way or "none"})
    mark = {"ascending": "▲", "descending": "▼", "": "↕"}[way]
    said = inner(say("Sorted_" + way.title())) if way else ""
    hidden = f'<span class="govuk-visually-hidden">, {said}</span>' if way else ""
    link = f'<a class="govuk-link gh-sortable__link" href="{quoted(sorting.link(key))}">'
    sign = f'<span class="gh-sortable__mark" aria-hidden="true">{mark}</span>'
    return SafeString(f"<th{own}>{link}{inner(heading)}{sign}{hidden}</a></th>")


def menu(*, links: Sequence[tuple[str, str, int, str]]) -> SafeString:
    """The menu of a door: (href, text, how many wait, "page" for this page or "true" for one above it)."""
    if not links:
        return SafeString("")
    words = inner(say("Menu"))
    items = "".join(_menu_item(*link) for link in links)
    return SafeString(
        '<div class="govuk-service-navigation gh-menu" data-module="govuk-service-navigation">'
        '<div class="govuk-width-container"><div class="govuk-service-navigation__container">'
        f'<nav aria-label="{quoted(words)}" class="govuk-service-navigation__wrapper">'
        '<button type="button" class="govuk-service-navigation__toggle govuk-js-service-navigation-toggle" '
        f'aria-controls="navigation" hidden aria-hidden="true">{words}</button>'
        f'<ul class="govuk-service-navigation__list" id="navigation">{items}</ul></nav></div></div></div>'
    )


def _menu_item(href: str, text: str, count: int, here: str) -> str:
    kind = classes("govuk-service-navigation__item", "govuk-service-navigation__item--active" if here else "")
    words = inner(text)
    if here:
        words = f'<strong class="govuk-service-navigation__active-fallback">{words}</strong>'
    if count:
        said = inner(say("Menu_Waiting", count=count))
        words += (
            f' <span class="gh-count"><span aria-hidden="true">{count}</span>'
            f'<span class="govuk-visually-hidden">{said}</span></span>'
        )
    own = attributes({"class": "govuk-service-navigation__link", "href": href, "aria-current": here or None})
    return f'<li class="{kind}"><a{own}>{words}</a></li>'
