"""The list of one's own post, and what is done from it to one item or several."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST, require_safe

from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.pagination import page_of, sorting_of
from guildhall.foundation.kit.typed import number
from guildhall.foundation.texts.queries import say
from guildhall.mail.post import queries as post
from guildhall.mail.post import services as posting
from guildhall.mail.post.asked import SORTS, Asked
from guildhall.people.membership.models import SchoolPlace

from ..showing import current, page
from .showing import FILTERS, VIEWS, areas, levels, line, tags, without

ALWAYS = ("Inbox", "Unread", "ToDo", "Archived", "All")
SEVERAL = 100  # at once: the longest page of a list
# What is done from the list, and what takes it back.
CHANGES: dict[str, tuple[Callable[..., list[int]], str]] = {
    "archive": (posting.archive_some, "restore"),
    "restore": (posting.restore_some, "archive"),
    "read": (posting.read_some, ""),
}


@require_safe
@door(Permission.USE_SCHOOL, verified=True)
def inbox(request: HttpRequest) -> HttpResponse:
    """The part of one's post that the address asks for."""
    place, asked = current(request), Asked.read(request.GET)
    found = page_of(post.inbox(place, asked=asked, now=timezone.now()), request, 20)
    query = without(request.GET)
    context = {
        "lines": [line(one, query) for one in found],
        "page": found,
        "sorting": sorting_of(request, among=SORTS, default=asked.sort),
        "views": _views(asked, post.counts(place)),
        "asked": asked,
        "areas": areas(),
        "levels": levels(),
        "sought": "",
        "tags": tags(request.GET, asked),
        "clear": without(request.GET, *FILTERS) or "?",
        "unassigned": post.reach_of(place).empty,
        "query": query,
    }
    return page(request, "schools/post/inbox.html", context)


def _views(asked: Asked, waiting: post.Counts) -> list[dict[str, Any]]:
    """The parts of the post as links, with how many items wait in them."""
    counted = {"Unread": waiting.unread, "ToDo": waiting.to_do}
    shown = "ToDo" if asked.to_do else asked.view.title()
    return [
        {
            "href": reverse("schools:post") + address,
            "title": say(f"schools.PostView_{name}"),
            "count": counted.get(name, 0),
            "here": name == shown,
        }
        for name, address in VIEWS
        if name in {shown, *ALWAYS}
    ]


@require_POST
@door(Permission.USE_SCHOOL, verified=True)
def change(request: HttpRequest) -> HttpResponse:
    """Archive, restore or mark as read what was ticked, and offer to take it back."""
    picked = [number(one) for one in request.POST.getlist("pick")[:SEVERAL]]
    if not make(request, request.POST.get("act", ""), picked) and not picked:
        messages.warning(request, say("schools.Post_NothingPicked"))
    return redirect(reverse("schools:post") + without(QueryDict(request.POST.get("query", "")[1:500])))


def make(request: HttpRequest, act: str, pks: list[int]) -> list[int]:
    """Do ``act`` to items of one's post and tell what became of them; those that were changed by it."""
    if act not in CHANGES:
        raise Http404
    service, back = CHANGES[act]
    place = current(request)
    changed = service(pks, place=place, now=timezone.now())
    if changed:
        words = _changed_words(act, changed, place)
        context = {"words": words, "act": back, "changed": changed}
        messages.success(request, mark_safe(render_to_string("schools/post/undo.html", context, request)))
    return changed


def _changed_words(act: str, changed: list[int], place: SchoolPlace) -> str:
    only = post.item(place, changed[0]) if len(changed) == 1 else None
    if only:
        return say(f"schools.PostDone_{act.title()}One", title=only.posting.title)
    return say(f"schools.PostDone_{act.title()}", count=len(changed))
