"""The incoming children queue, and deciding whose record a child belongs to."""

from collections.abc import Collection
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.typed import number, paragraphs
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.people.accounts.models import User
from guildhall.records.children import queries as children
from guildhall.records.linkage import queries, services
from guildhall.records.linkage.models import Decision, Mention

from .comparing import ALL
from .matching_pages import CHOICE, done_words, mention_page, queue_page, sure_page
from .matching_undo import undo_page
from .matching_walk import walk_in
from .merging_pages import stays_in

ASKED_TWICE = ("add", "reject", "return")
# Where a decision is taken back from that is doubted, and where its officer goes on.
DOUBTS = "doubts"


@require_safe
@door(Permission.MATCH_CHILDREN, verified=True, reads_child=True)
def matching(request: HttpRequest) -> HttpResponse:
    """The children who wait, and those decided about, filtered and sorted as the address asks."""
    page = queue_page(request, walk_in(request.GET))
    shown = [row.mention.pk for row in page["page"]]
    audit.looked(request, about=("linkage.mention", "list"), surface="list", detail={"shown": shown})
    return render(request, "council/matching.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.MATCH_CHILDREN, verified=True, reads_child=True)
def mention(request: HttpRequest, pk: int) -> HttpResponse:
    """A child as written beside the records they may be; a post decides."""
    found = get_object_or_404(queries.mentions_seen_by(holder_of(request)), pk=pk)
    if request.method != "POST":
        return _shown(request, found)
    try:
        decision = _decided(request, found)
    except Refusal as refusal:
        return _shown(request, found, refusal=refusal)
    return _go_on(request, decision)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.MATCH_CHILDREN, verified=True, reads_child=True)
def mention_sure(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Ask once more before a child is added, rejected, or put back into the queue."""
    found = get_object_or_404(queries.mentions_seen_by(holder_of(request)), pk=pk)
    if verb not in ASKED_TWICE:
        raise Http404
    refusal = None
    if request.method == "POST":
        try:
            return _go_on(request, _decided(request, found, verb=verb))
        except Refusal as caught:
            refusal = caught
    audit.looked(request, about=found, child=found.child_id)
    context = sure_page(found, verb, walk_in(request.GET), typed=paragraphs(request.POST.get("reason")))
    context["version"] = request.POST.get("version") or request.GET.get("version") or found.version
    context["problems"] = refusal.by_field() if refusal else {}
    return render(request, "council/mention_sure.html", context, status=422 if refusal else 200)


@require_POST
@door(Permission.MATCH_CHILDREN, verified=True)
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a decision back; where what it changed was changed since, ask first what stays."""
    return _undone(request, _decision(request, pk), keep=None)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.MATCH_CHILDREN, verified=True, reads_child=True)
def undo_since(request: HttpRequest, pk: int) -> HttpResponse:
    """What was changed on a record since a decision, and what of it stays; a post takes the decision back."""
    decision = _decision(request, pk)
    if request.method == "POST":
        return _undone(request, decision, keep=stays_in(request.POST))
    audit.looked(request, about=decision.mention, child=decision.child_id)
    page = undo_page(holder_of(request), decision, walk_in(request.GET), query=request.GET.urlencode())
    return render(request, "council/matching_undo.html", page)


def _undone(request: HttpRequest, decision: Decision, *, keep: Collection[str] | None) -> HttpResponse:
    try:
        services.undo_decision(decision, by=who(request), now=timezone.now(), keep=keep)
    except services.ChangedSince:
        there = reverse("council:undo-since", args=[decision.pk])
        return redirect(f"{there}?{request.GET.urlencode()}")
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, say("matching.Undone", child=decision.mention.name))
    if request.GET.get("from") == DOUBTS:
        return redirect("council:matching-doubts")
    return redirect(walk_in(request.GET).to(decision.mention))


def _decision(request: HttpRequest, pk: int) -> Decision:
    decision = queries.decision_for(holder_of(request), pk)
    if decision is None:
        raise Http404
    return decision


def _shown(request: HttpRequest, found: Mention, *, refusal: Refusal | None = None) -> HttpResponse:
    problems = refusal.by_field() if refusal else {}
    asked = request.POST if refusal else request.GET
    context = mention_page(
        request,
        found,
        walk_in(request.GET),
        child_id=asked.get("child", ""),
        words=asked.get("q", ""),
        chosen=choices_in(request),
        problems=problems,
    )
    beside = context["compared"]
    shown = [candidate.child.pk for candidate in context["candidates"]]
    child = beside.child.pk if beside else found.child_id
    audit.looked(request, about=found, child=child, detail={"shown": shown})
    return render(request, "council/mention.html", context, status=422 if refusal else 200)


def _decided(request: HttpRequest, found: Mention, *, verb: str = "match") -> Decision:
    """Carry out what was posted. Raises the refusals of the services."""
    by, now, version = who(request), timezone.now(), number_of(request.POST.get("version"))
    if verb == "add":
        return services.add_child_for(found, by=by, now=now, version=version)
    if verb == "reject":
        return services.reject_mention(
            found, by=by, now=now, version=version, reason=paragraphs(request.POST.get("reason"))
        )
    if verb == "return":
        return services.return_mention(found, by=by, now=now)
    return _matched(request, found, by=by, now=now, version=version)


def _matched(
    request: HttpRequest, found: Mention, *, by: User, now: datetime, version: int | None
) -> Decision:
    rows = children.children_seen_by(holder_of(request))
    child = get_object_or_404(rows, pk=number_of(request.POST.get("child")) or 0)
    return services.match_mention(
        found,
        child=child,
        choices=choices_in(request),
        by=by,
        now=now,
        version=version,
        confirmed=request.POST.get("confirmed") == "yes",
    )


def choices_in(request: HttpRequest) -> dict[str, str]:
    """What was chosen, by field; ALL: what a link chose for every field that offers it."""
    posted = request.POST.items()
    chosen = {name.removeprefix(CHOICE): str(value) for name, value in posted if name.startswith(CHOICE)}
    return chosen or {ALL: request.GET.get("all", "")}


def _go_on(request: HttpRequest, decision: Decision) -> HttpResponseRedirect:
    """Say what was done, with a way to undo it, and open the next child of the officer's own walk."""
    walk = walk_in(request.GET)
    context = {"decision": decision, "words": done_words(decision), "walk": walk, "key_u": {"data-key": "u"}}
    words = render_to_string("council/matching_done.html", context, request)
    messages.success(request, mark_safe(words))
    if decision.verb == Decision.Verb.RETURNED:
        return redirect(walk.to(decision.mention))
    return redirect(walk.to(walk.following(holder_of(request), decision.mention)))


def number_of(text: str | None) -> int | None:
    """What was posted as the number of something; None when it is none."""
    found = number(text, digits=18)
    return found if found >= 0 else None
