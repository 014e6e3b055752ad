"""A file on its way in, on the pages of any room: chosen, looked at row by row, then applied or forgotten."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from guildhall.foundation.access.doors import holder_of
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.pagination import page_of
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.speech import clock, day
from guildhall.foundation.kit.telling import refusals_told
from guildhall.foundation.loading import services, spreadsheets
from guildhall.foundation.loading.models import Loading
from guildhall.foundation.loading.queries import waiting_beside
from guildhall.foundation.loading.staging import Staged
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who

COLOURS = {
    "new": "green",
    "changed": "blue",
    "moved": "purple",
    "same": "grey",
    "here": "grey",
    "wrong": "red",
}
PER_PAGE = 100
Kept = TypeVar("Kept", bound=Loading)
Row = TypeVar("Row", bound=Staged)


def uploaded(request: HttpRequest) -> tuple[str, bytes]:
    """The name and the content of the file, of which no more is read than may be. Raises Refusal."""
    file = request.FILES.get("file")
    if file is None:
        raise Refusal(say("schools.Error_File_Required"), field="file")
    return file.name or "", file.read(spreadsheets.MOST_BYTES + 1)


def read_in(request: HttpRequest, stage: Callable[..., Kept]) -> tuple[Kept | None, dict[str, str]]:
    """What ``stage``, given the name and content of the posted file, keeps of it; or the problems."""
    if request.method != "POST":
        return None, {}
    try:
        return stage(*uploaded(request)), {}
    except Refusal as refusal:
        return None, {"file": refusal.message}


def waiting(loading: Loading, here: str) -> list[tuple[str, str]]:
    """Address and words of what waits beside ``loading``; ``here`` is the route of the page of one."""
    return [
        (
            reverse(here, args=[one.pk]),
            say("shared.Sheets_Read", day=day(one.read_at), time=clock(one.read_at)),
        )
        for one in waiting_beside(loading)
    ]


def looked_over(
    request: HttpRequest,
    loading: Loading,
    rows: Sequence[Row],
    *,
    here: str,
    words: str,
    shown: Callable[[Row], dict[str, Any]],
) -> dict[str, Any]:
    """As ``overview``, of children, whose rows somebody saw."""
    audit.looked(request, about=loading, surface="list", detail={"rows": len(rows)})
    return overview(request, loading, rows, here=here, words=words, shown=shown)


def overview(
    request: HttpRequest,
    loading: Loading,
    rows: Sequence[Row],
    *,
    here: str,
    words: str,
    shown: Callable[[Row], dict[str, Any]],
) -> dict[str, Any]:
    """What the page of a loading shows: how many rows are in which state, and some of them, wrong ones first.

    ``here`` is its route, ``words`` begins the names of what the states are called; ``shown`` is what the
    room says of a row.
    """
    page = page_of(sorted(rows, key=lambda one: one.state != "wrong"), request, PER_PAGE)
    return {
        "loading": loading,
        "waiting": waiting(loading, here),
        "counts": {state: sum(one.state == state for one in rows) for state in COLOURS},
        "page": page,
        "rows": [_row(one, words) | shown(one) for one in page],
    }


def _row(one: Staged, words: str) -> dict[str, Any]:
    return {"one": one, "words": say(f"{words}State_{one.state.title()}"), "colour": COLOURS[one.state]}


@dataclass(frozen=True)
class After:
    """Where the buttons below the rows lead: addresses, or names of routes.

    ``running`` is where it shows how far a worker is that goes on with many rows.
    """

    applied: str
    discarded: str
    refused: str
    running: str = ""


def decided(
    request: HttpRequest, loading: Kept, applies: Callable[..., Kept], *, words: str, after: After
) -> HttpResponse:
    """Apply the rows that are right, or forget them all. ``words`` begins the names of what is said then."""
    acting: dict[str, Any] = {"by": who(request), "now": timezone.now()}
    with refusals_told(request):
        if request.POST.get("act") == "discard":
            services.discard(loading, **acting)
            messages.success(request, say(f"{words}Discarded"))
            return redirect(after.discarded)
        done = applies(loading, holder=holder_of(request), **acting)
        if done.is_running:
            return redirect(after.running)
        messages.success(request, say(f"{words}Done", **done.counts))
        return redirect(after.applied)
    return redirect(after.refused)
