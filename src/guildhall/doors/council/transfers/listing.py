"""Every file, filtered; and how the transfers stand (SY-049)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from guildhall.doors.schools.transfers import shown
from guildhall.foundation.access.doors import holder_of
from guildhall.foundation.access.holder import Holder
from guildhall.foundation.kit.pagination import page_of, sorting_of
from guildhall.foundation.kit.typed import number, one_line
from guildhall.foundation.texts.queries import say
from guildhall.work.transfers import naming, queries
from guildhall.work.transfers.models import Transfer

from .team import HERE, crumbs, of_the_team

COUNCIL, ASKING, CHASED = "council", "asking", "chased"


@require_safe
@HERE
@of_the_team
def transfers(request: HttpRequest) -> HttpResponse:
    """Files by state, kind, school and words, with the figures above them."""
    holder = holder_of(request)
    sorting = sorting_of(request, among=tuple(queries.SORTS), default="-sent")
    found = queries.every(holder, sort=sorting.current)
    state, kind = request.GET.get("state", ""), request.GET.get("kind", "")
    school = number(request.GET.get("school"), otherwise=0)
    words = one_line(request.GET.get("words"))[:100]
    if state == Transfer.State.SENT:
        found = queries.to_download(found)
    elif state in Transfer.State.values:
        found = found.filter(state=state)
    elif state == CHASED:
        found = found.filter(state=Transfer.State.SENT, chased_at__isnull=False)
    elif state == COUNCIL:
        found = found.filter(towards=Transfer.Towards.COUNCIL)
    if kind in naming.KINDS:
        found = found.filter(kind=kind)
    if school:
        found = queries.at_school(found, school)
    if words:
        found = queries.among(found, words)
    listed = page_of(found, request, shown.PER_PAGE)
    context = {
        "page": listed,
        "rows": [shown.row(one) for one in listed],
        "sorting": sorting,
        "state": state,
        "kind": kind,
        "school": str(school or ""),
        "words": words,
        "filtered": bool(state or kind or school or words),
        "asking": [shown.row(one) | _late(one) for one in queries.asking(holder)],
        "breadcrumbs": crumbs(),
    }
    return render(request, "council/transfers/list.html", context | _choices(holder))


def _choices(holder: Holder) -> dict[str, Any]:
    """The figures, and what there is to filter by."""
    every = [(one, say(f"schools.TransferCouncil_{one.title()}")) for one in (COUNCIL, CHASED)]
    schools = [(str(one.pk), one.name) for one in queries.schools_with(holder)]
    return {
        "figures": queries.figures(holder, today=timezone.localdate()),
        "states": [*shown.states(), *every],
        "kinds": [
            ("", say("schools.TransferCouncil_AnyKind")),
            *((one, say(f"schools.Transfer_Kind_{one}")) for one in naming.KINDS),
        ],
        "schools": [("", say("schools.TransferCouncil_AnySchool")), *schools],
    }


def _late(one: Transfer) -> dict[str, Any]:
    """By when a school expects its numbers."""
    due = shown.expected_on(timezone.localdate(one.sent_at))
    return {"due": due, "late": due < timezone.localdate()}
