"""The diagram of the EHC process at either portal: which children somebody may follow, and one of them.

Each page asks anew who is authenticated, so that access that was stopped is gone with the next request.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.audit import services as audit
from guildhall.people.accounts.asking import who
from guildhall.work.ehcprocess import queries

from ..tracker import FAMILY, PROFESSIONAL, tracker_of, where
from .sections import sections_at

READS = door(Permission.READ_SHARED, verified=True, reads_child=True)


@require_safe
@READS
def processes(request: HttpRequest) -> HttpResponse:
    """The children whom the person may follow; the only one is shown at once."""
    entries = queries.followed(who(request))
    if len(entries) == 1:
        return redirect(_address(request, "process", entries[0].involvement_id))
    shown = [entry.involvement.child_id for entry in entries]
    audit.looked(request, about=("children", "list"), surface="list", detail={"shown": shown})
    newest = queries.newest_of(entries)
    lines = [
        (
            entry.involvement.child.name,
            where(newest[entry.involvement_id]) if entry.involvement_id in newest else "",
            _address(request, "process", entry.involvement_id),
        )
        for entry in entries
    ]
    context = {"lines": lines, "sections": sections_at(request, "processes")}
    return render(request, "families/processes.html", context)


@require_safe
@READS
def process(request: HttpRequest, involvement_id: int) -> HttpResponse:
    """Process for EHC needs assessment and EHC plan development, for one child (SP-322)."""
    entry = queries.entry_of(who(request), involvement_id)
    if entry is None:
        raise Http404
    child = entry.involvement.child
    audit.looked(request, about=entry.involvement, child=child.pk, surface="process")
    today = timezone.localdate()
    reader = PROFESSIONAL if _door(request) == "professionals" else FAMILY
    found = [tracker_of(one, today=today, reader=reader) for one in queries.tracked(entry)]
    context = {
        "child": child,
        "trackers": found,
        "tracker": found[0] if found else None,
        "sections": sections_at(request, "processes"),
        "back": _address(request, "processes") if len(queries.followed(who(request))) > 1 else "",
    }
    return render(request, "families/process.html", context)


def _door(request: HttpRequest) -> str:
    return request.resolver_match.namespace if request.resolver_match else "families"


def _address(request: HttpRequest, name: str, *ids: int) -> str:
    """The page called ``name`` at the portal where the person is."""
    return reverse(f"{_door(request)}:{name}", args=ids)
