"""Linking a portal user of an involvement to a person in the records, after a look at both (SP-349)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guildhall.doors.council.involvement import involvement_crumbs, involvement_page
from guildhall.doors.council.sharing import child_to_share
from guildhall.doors.council.sharing_pages import Card, type_words
from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.holder import Holder
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.telling import refusals_told
from guildhall.foundation.kit.typed import number, one_line
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.records.children.models import Child
from guildhall.records.persons import queries
from guildhall.records.persons.models import Person
from guildhall.records.persons.services import links
from guildhall.work.sharing import queries as sharing
from guildhall.work.sharing.models import PortalUser
from guildhall.work.sharing.rules import may_share

from . import showing

PAGE = require_http_methods(["GET", "HEAD", "POST"])
MOST_FOUND = 20


@PAGE
@door(Permission.SHARE_INFORMATION, verified=True, reads_child=True)
def link(request: HttpRequest, pk: int, entry_id: int) -> HttpResponse:
    """Who in the records this portal user is: suggestions, a search, and the question before it is kept."""
    child, holder = child_to_share(request, pk), holder_of(request)
    entry = get_object_or_404(sharing.people_of(holder, child), pk=entry_id)
    audit.looked(request, about=child, child=child.pk, detail={"tab": "link"})
    asked = number(request.POST.get("person") or request.GET.get("person"))
    chosen = queries.persons_seen_by(holder).filter(pk=asked).first() if asked > 0 else None
    if request.method == "POST" and chosen:
        return _link(request, child, entry, chosen)
    context = _page(holder, child, entry) | {"chosen": chosen}
    if chosen:
        context |= {"chosen_rows": showing.facts(holder, chosen)}
        context |= {"chosen_children": showing.children_lines(chosen)}
        return render(request, "council/persons/link_sure.html", context)
    context |= _found(holder, entry, one_line(request.GET.get("q"))[:200])
    return render(request, "council/persons/link.html", context)


@PAGE
@door(Permission.SHARE_INFORMATION, verified=True, reads_child=True)
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a link back; asked first."""
    holder = holder_of(request)
    rows = queries.links_seen_by(holder)
    found = get_object_or_404(rows if may_share(holder) else rows.none(), pk=pk)
    audit.looked(request, about=found.person, detail={"tab": "link"})
    if request.method == "POST":
        links.undo_link(found, child=None, by=who(request), now=timezone.now())
        messages.success(request, say("children.Link_Undo_Done"))
        return redirect("council:person", found.person_id)
    heading = say("children.Link_Undo_Heading", user=found.user, name=found.person)
    context = {
        "link": found,
        "heading": heading,
        "line": showing.link_lines([found])[0][1],
        "breadcrumbs": showing.trail_of(found.person, (heading, "")),
    }
    return render(request, "council/persons/unlink.html", context)


def _link(request: HttpRequest, child: Child, entry: PortalUser, chosen: Person) -> HttpResponse:
    with refusals_told(request):
        links.link_user(entry.user, person=chosen, child=child.pk, by=who(request), now=timezone.now())
        messages.success(request, say("children.Link_Done", user=entry.user, name=chosen))
    return redirect("council:person-link", child.pk, entry.pk)


def _page(holder: Holder, child: Child, entry: PortalUser) -> dict[str, Any]:
    page = involvement_page(holder, child, "child-sharing")
    heading = say("children.Link_Heading", user=entry.user)
    panel = (say("children.Tab_child-sharing"), reverse("council:child-sharing", args=[child.pk]))
    user_type = sharing.types_of([entry.user_id])[entry.user_id]
    return page | {
        "entry": entry,
        "heading": heading,
        "card": Card(entry.user, type_words(user_type), entry),
        "standing": queries.links_of([entry.user_id]).get(entry.user_id),
        "links": showing.link_lines(queries.links_about([entry.user_id])),
        "breadcrumbs": involvement_crumbs(child, page, panel, (heading, "")),
    }


def _found(holder: Holder, entry: PortalUser, words: str) -> dict[str, Any]:
    suggested = [
        (one.person, showing.short(holder, one.person), _why(one))
        for one in queries.suggestions(holder, entry.user)
    ]
    found = queries.search(holder, words)[:MOST_FOUND] if words else []
    return {
        "suggested": suggested,
        "words": words,
        "found": [(one, showing.short(holder, one), "") for one in found],
    }


def _why(one: queries.Suggestion) -> str:
    if one.email and one.name:
        return say("children.Link_Same_Both")
    return say("children.Link_Same_Email" if one.email else "children.Link_Same_Name")
