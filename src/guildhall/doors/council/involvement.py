"""The pages of a child's EHCP Assessment Involvement: one table, drawn on each of them by one include.

``council/_involvement.html`` draws ``involvement_pages``. A page of the involvement begins with
``involvement_page(holder, child, here)`` and is added to ``PAGES``.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.urls import reverse

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.texts.queries import say
from guildhall.records.children.models import Child
from guildhall.work.sharing.rules import may_share

from .children_pages import SHARING_TAB, record_page


class InvolvementPage(NamedTuple):
    """A page of the involvement: its address with the record's number, its name, and who opens it."""

    view: str
    words: str
    may: Callable[[Holder], bool]


PAGES = (
    InvolvementPage("child-sharing", "children.Tab_child-sharing", may_share),
    InvolvementPage("advice", "children.Tab_advice", may_share),
    InvolvementPage("child-process", "children.Tab_child-process", may_share),
    InvolvementPage("child-log", "send.Communication_Heading", may_share),
)


def involvement_page(holder: Holder, child: Child, here: str) -> dict[str, Any]:
    """What every page of the involvement shows; ``here`` is the address of the page, as in PAGES."""
    return record_page(holder, child, SHARING_TAB) | {"involvement_pages": _links(holder, child, here)}


def involvement_crumbs(child: Child, page: dict[str, Any], *more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way to a page below one of the involvement: the record, then ``more``."""
    return [*page["breadcrumbs"][:-1], (child.name, reverse("council:child", args=[child.pk])), *more]


def _links(holder: Holder, child: Child, here: str) -> list[tuple[str, str, bool]]:
    return [
        (reverse(f"council:{page.view}", args=[child.pk]), say(page.words), page.view == here)
        for page in PAGES
        if page.may(holder)
    ]
