"""A second opinion on an incoming child: asking for one, giving it, withdrawing the question."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.kit.telling import refusals_told
from guildhall.foundation.kit.typed import paragraphs
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.records.children import queries as children
from guildhall.records.linkage import opinions, queries, services
from guildhall.records.linkage.models import Mention, Opinion
from guildhall.work.cases import queries as cases

from .matching import number_of
from .matching_pages import crumbs
from .matching_walk import Walk, walk_in

MOST_RECORDS = 5


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.MATCH_CHILDREN, verified=True, reads_child=True)
def opinion_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask a colleague by name, or anybody of one's team, what they think of a child who waits."""
    found = get_object_or_404(queries.mentions_seen_by(holder_of(request)), pk=pk)
    walk, refusal, whom = walk_in(request.GET), None, request.POST.get("whom", "")
    if request.method == "POST":
        try:
            services.ask_opinion(
                found,
                question=paragraphs(request.POST.get("question")),
                colleague=number_of(whom.removeprefix("person-")),
                team=whom.removeprefix("team-") if whom.startswith("team-") else "",
                by=who(request),
                now=timezone.now(),
            )
        except Refusal as caught:
            refusal = caught
        else:
            messages.success(request, say("matching.Opinion_Asked"))
            return redirect(walk.to(walk.following(holder_of(request), found)))
    audit.looked(request, about=found, child=found.child_id, detail={"tab": "opinion"})
    page = _ask_page(request, found, walk, refusal.by_field() if refusal else {}, whom)
    return render(request, "council/matching_opinion_ask.html", page, status=422 if refusal else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.MATCH_CHILDREN, verified=True, reads_child=True)
def opinion_give(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what one would do, with a note. It decides nothing."""
    opinion = _opinion(request, pk)
    found, refusal, view = opinion.mention, None, request.POST.get("view", "")
    if request.method == "POST":
        try:
            services.give_opinion(opinion, **_given(request, view), by=who(request), now=timezone.now())
        except Refusal as caught:
            refusal = caught
        else:
            messages.success(request, say("matching.Opinion_Given", name=opinion.asked_by))
            return redirect(walk_in(request.GET).to(found))
    audit.looked(request, about=found, child=found.child_id, detail={"tab": "opinion"})
    page = _give_page(opinion, walk_in(request.GET), refusal.by_field() if refusal else {}, view)
    page["typed"] = request.POST.get("answer", "")
    return render(request, "council/matching_opinion_give.html", page, status=422 if refusal else 200)


@require_POST
@door(Permission.MATCH_CHILDREN, verified=True)
def opinion_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask no longer."""
    opinion = _opinion(request, pk)
    with refusals_told(request):
        services.withdraw_opinion(opinion, by=who(request), now=timezone.now())
        messages.success(request, say("matching.Opinion_Withdrawn"))
    return redirect(walk_in(request.GET).to(opinion.mention))


def _opinion(request: HttpRequest, pk: int) -> Opinion:
    opinion = opinions.opinion_for(holder_of(request), pk)
    if opinion is None:
        raise Http404
    return opinion


def _given(request: HttpRequest, view: str) -> dict[str, Any]:
    """The view that was posted: match-<number of the record>, add, reject or unsure."""
    kind, _, record = view.partition("-")
    child = children.children_seen_by(holder_of(request)).filter(pk=number_of(record) or 0).first()
    return {"view": kind, "child": child, "answer": paragraphs(request.POST.get("answer"))}


def _ask_page(
    request: HttpRequest, found: Mention, walk: Walk, problems: dict[str, str], whom: str
) -> dict[str, Any]:
    holder, language = holder_of(request), active_language()
    teams = [
        (f"team-{key}", say("matching.Opinion_Anybody", team=cases.team_name(key, language)))
        for key in sorted(holder.teams)
    ]
    people = [(f"person-{each.pk}", str(each)) for each in opinions.colleagues_of(holder.user_id)]
    return {
        "mention": found,
        "walk": walk,
        "whom": [("", say("matching.Opinion_Choose")), *teams, *people],
        "chosen": whom,
        "typed": request.POST.get("question", ""),
        "problems": problems,
        "breadcrumbs": crumbs((found.name or say("matching.NoName"), walk.to(found))),
    }


def _give_page(opinion: Opinion, walk: Walk, problems: dict[str, str], view: str) -> dict[str, Any]:
    found = opinion.mention
    near = queries.candidates_for(queries.identity_in(found), limit=MOST_RECORDS)
    views = [
        (
            f"match-{each.child.pk}",
            say("matching.View_match", child=each.child.name, reference=each.child.reference),
        )
        for each in near
    ]
    views += [(each, say(f"matching.View_{each}")) for each in ("add", "reject", "unsure")]
    return {
        "opinion": opinion,
        "mention": found,
        "walk": walk,
        "views": views,
        "view": view,
        "problems": problems,
        "breadcrumbs": crumbs((found.name or say("matching.NoName"), walk.to(found))),
    }
