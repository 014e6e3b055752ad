"""The floor plans of one's own school, in the browser and to take away."""

from typing import cast
from uuid import UUID

from csp.constants import HEADER
from csp.utils import build_policy
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.files import kinds
from guildhall.foundation.files import queries as file_queries
from guildhall.foundation.files.views import serve
from guildhall.foundation.kit.typed import number
from guildhall.people.accounts.asking import who
from guildhall.work.downloads import queries, services
from guildhall.work.downloads.models import Plan

from ..showing import current, page

DOOR = door(Permission.USE_SCHOOL, verified=True)
# How wide a picture is drawn, in pixels, at each step of zooming.
ZOOMS = {50: 480, 100: 960, 200: 1920, 400: 3840}
# What the browser's own viewer of PDF files needs. It is shown by pages of this portal only, and the check of
# the files room took none that acts by itself.
VIEWER = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; "


def _plan(request: HttpRequest, pk: UUID) -> Plan:
    """A plan in use of the school that the person works for now; 404 for any other."""
    return get_object_or_404(queries.plans_for(current(request)), pk=pk)


@require_safe
@DOOR
def plans(request: HttpRequest) -> HttpResponse:
    """The plans of the school."""
    found = list(queries.plans_for(current(request)))
    return page(request, "schools/downloads/plans.html", {"plans": found})


@require_safe
@DOOR
def plan(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A plan on the page: a picture that can be made larger, or a PDF in the browser's own viewer."""
    found = _plan(request, pk)
    [line] = file_queries.lines_of([found.file])
    zoom = number(request.GET.get("zoom"), digits=3)
    context = {
        "plan": found,
        "line": line,
        "picture": found.file.kind in kinds.PICTURES,
        "zooms": list(ZOOMS),
        "zoom": zoom if zoom in ZOOMS else 100,
        "width": ZOOMS.get(zoom, ZOOMS[100]),
    }
    answer = page(request, "schools/downloads/plan.html", context)
    own = ["'self'"]
    answer[HEADER] = build_policy(update={"object-src": own, "frame-src": own})
    return answer


@require_safe
@DOOR
def show(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The file of a plan for the browser to show."""
    found = _plan(request, pk)
    services.note_plan_opened(found, by=who(request), now=timezone.now())
    return cast(HttpResponse, _inline(serve(found.file, request=request), found.file.kind))


def _inline(answer: HttpResponseBase, kind: str) -> HttpResponseBase:
    """A file that was found clean, shown rather than kept; what is said instead of a file stays as it is."""
    if answer.status_code != 200:
        return answer
    answer["Content-Disposition"] = answer["Content-Disposition"].replace("attachment", "inline", 1)
    if kind == "pdf":
        answer[HEADER] = f"{VIEWER}frame-ancestors 'self'; base-uri 'none'; form-action 'none'"
        answer["X-Frame-Options"] = "SAMEORIGIN"
    return answer


@require_safe
@DOOR
def download(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The file of a plan to keep."""
    found = _plan(request, pk)
    services.note_plan_opened(found, by=who(request), now=timezone.now())
    return cast(HttpResponse, serve(found.file, request=request))
