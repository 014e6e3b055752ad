"""People's past decisions that the weights in use would doubt now: undo them, or keep them."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.pagination import Page, page_of
from guildhall.foundation.kit.telling import refusals_told
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.records.linkage import doubts, services
from guildhall.records.linkage.merges import kept_for
from guildhall.records.linkage.models import Decision, SecondLook

from .matching_pages import crumbs, done_words
from .waterfall import signed


@dataclass(frozen=True)
class Line:
    """A decision that is doubted. ``beside`` compares the child with the record that the doubt is about."""

    look: SecondLook
    words: str
    why: str
    weight: str
    beside: str
    merge: str


@require_safe
@door(Permission.MATCH_CHILDREN, verified=True, reads_child=True)
def matching_doubts(request: HttpRequest) -> HttpResponse:
    """The decisions to look at again, newest first."""
    page = page_of(doubts.doubted_by(holder_of(request)), request)
    shown = [look.decision.mention_id for look in page]
    audit.looked(request, about=("linkage.secondlook", "list"), surface="list", detail={"shown": shown})
    context: dict[str, Any] = {
        "page": Page(
            [_line(look) for look in page], page.number, page.count, page.total, page.size, page.query
        ),
        "breadcrumbs": crumbs((say("matching.Doubts_Heading"), "")),
    }
    return render(request, "council/matching_doubts.html", context)


@require_POST
@door(Permission.MATCH_CHILDREN, verified=True)
def doubt_keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a decision that was doubted."""
    look = get_object_or_404(doubts.looks_seen_by(holder_of(request)), pk=pk)
    with refusals_told(request):
        services.keep_decision(look, by=who(request), now=timezone.now())
        messages.success(request, say("matching.Doubt_Kept", words=done_words(look.decision)))
    return redirect("council:matching-doubts")


def _line(look: SecondLook) -> Line:
    decision = look.decision
    mention = reverse("council:mention", args=[decision.mention_id])
    child = look.child.name if look.child else ""
    own = kept_for(decision.child_id) if decision.child_id and look.doubt == "added" else None
    return Line(
        look=look,
        words=done_words(decision),
        why=say(f"matching.Doubt_{look.doubt}", child=child),
        weight=signed(look.weight) if look.weight is not None else "",
        beside=f"{mention}?child={look.child_id}#compare" if look.child_id else mention,
        merge=reverse("council:child-merge-with", args=[own, look.child_id])
        if own and look.child_id and decision.verb == Decision.Verb.ADDED
        else "",
    )
