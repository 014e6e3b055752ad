"""Notices of schools: those that wait, those that were reported, and deciding about one (SC-092)."""

from collections.abc import Callable
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from guildhall.doors.schools.long_forms import WHOLE
from guildhall.doors.schools.notices.showing import facts_of, row_of
from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.files.views import serve
from guildhall.foundation.kit.pagination import page_of, sorting_of
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.typed import one_line, paragraphs
from guildhall.foundation.texts.queries import say
from guildhall.people.membership.asking import acting
from guildhall.work.notices import queries, rules, services
from guildhall.work.notices.models import Notice
from guildhall.work.notices.moves import Move

DOOR = door(Permission.MODERATE_NOTICES, verified=True)
PER_PAGE = 50
DECIDING = (Move.APPROVE, Move.REFUSE, Move.REMOVE)
LEAVE = "leave"


def _crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    here = (say("schools.NoticesCouncil_Heading"), reverse("council:notices") if more else "")
    return [(say("shared.Menu_Home"), reverse("council:home")), here, *more]


@require_safe
@DOOR
def notices(request: HttpRequest) -> HttpResponse:
    """The notices that wait, or with ?show others, by words and sorted."""
    today, asked = timezone.localdate(), request.GET.get("show", "")
    show = asked if asked in queries.SHOWS else queries.SHOWS[0]
    words = one_line(request.GET.get("find"))[:100]
    sorting = sorting_of(request, among=tuple(queries.SORTS), default="-new")
    rows = queries.for_council(holder_of(request), today, show=show, words=words, sort=sorting.current)
    found = page_of(rows, request, PER_PAGE)
    context = {
        "rows": [row_of(one, today) for one in found],
        "page": found,
        "sorting": sorting,
        "words": words,
        "show": show,
        "shows": [(one, say(f"schools.NoticesCouncil_Show_{one.title()}")) for one in queries.SHOWS],
        "moderated": queries.moderated(),
        "breadcrumbs": _crumbs(),
    }
    return render(request, "council/notices/list.html", context)


def _notice(request: HttpRequest, pk: UUID) -> Notice:
    return get_object_or_404(queries.seen_by(holder_of(request)), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@DOOR
def notice(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One notice with what was told of it: approve, refuse, take down, or leave it as it is."""
    found, today = _notice(request, pk), timezone.localdate()
    typed = paragraphs(request.POST.get("reason"))
    problems: dict[str, str] = {}
    if request.method == "POST":
        name = request.POST.get("act", "")
        try:
            _act(found, name, typed, request)
        except Refusal as refusal:
            problems = refusal.by_field(WHOLE)
        else:
            messages.success(request, say(f"schools.NoticesCouncil_Done_{name.title()}"))
            return redirect("council:notices")
    reports = list(queries.reports_about(found))
    context = row_of(found, today) | {
        "facts": facts_of(found),
        "picture_href": reverse("council:notice-picture", args=[pk]),
        "can": [move for move in DECIDING if rules.takes(found, move, today)],
        "told_of": reports,
        "leaves": any(one.settled_at is None for one in reports),
        "typed": typed,
        "problems": problems,
        "breadcrumbs": _crumbs((found.title, "")),
    }
    return render(request, "council/notices/notice.html", context, status=422 if problems else 200)


def _act(notice: Notice, name: str, reason: str, request: HttpRequest) -> None:
    how = acting(request)
    plain: dict[str, Callable[..., object]] = {
        Move.APPROVE: services.approve_notice,
        LEAVE: services.settle_reports,
    }
    against: dict[str, Callable[..., object]] = {
        Move.REFUSE: services.refuse_notice,
        Move.REMOVE: services.remove_notice,
    }
    if name in plain:
        plain[name](notice, **how)
    elif name in against:
        against[name](notice, reason=reason, **how)
    else:
        raise Http404


@require_safe
@DOOR
def picture(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The picture of a notice, before it is shown too."""
    found = _notice(request, pk).picture
    if found is None:
        raise Http404
    return cast(HttpResponse, serve(found, request=request))
