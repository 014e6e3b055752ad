"""The one way to a child's record at this door. Whoever has no work with the child is asked why first."""

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from guildhall.foundation.access.doors import holder_of
from guildhall.records.children import queries as children
from guildhall.records.children.models import Child
from guildhall.work.privacy.caseload import is_open_to

# What somebody began to write while the record was open to them may still be sent for so long.
STILL_SENT = timedelta(hours=8)


class ReasonNeeded(Exception):
    """The officer has no work with the child and gave no reason to open the record."""

    def __init__(self, child: Child) -> None:
        super().__init__(f"record {child.pk}")
        self.child = child


class ReasonMiddleware:
    """Leads whoever a record is not open to, to the page that asks why."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, ReasonNeeded):
            return None
        asks = reverse("council:child-why", args=[exception.child.pk])
        return redirect(f"{asks}?{urlencode({'next': request.get_full_path()})}")


def child_or_404(request: HttpRequest, pk: int) -> Child:
    """The record, if the officer may open it. Raises ReasonNeeded."""
    found = get_object_or_404(children.children_seen_by(holder_of(request)), pk=pk)
    demand_reason(request, found)
    return found


def demand_reason(request: HttpRequest, child: Child) -> None:
    """Let go on who has work with ``child`` or said why they open the record. Raises ReasonNeeded."""
    longer = STILL_SENT if request.method == "POST" else timedelta()
    if not is_open_to(holder_of(request), child, now=timezone.now(), longer=longer):
        raise ReasonNeeded(child)
