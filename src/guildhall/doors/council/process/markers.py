"""Mediation and tribunal beside a stage (SP-327)."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from guildhall.doors.schools.reviews.pupils import posted
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.work.ehcprocess import services

from ..sharing import child_to_share
from .dates import DOOR, address, asked, process_or_404
from .forms import MarkerForm, marker_from


@require_http_methods(["GET", "HEAD", "POST"])
@DOOR
def add(request: HttpRequest, pk: int, process_id: int) -> HttpResponse:
    """Put a marker beside a stage."""
    child = child_to_share(request, pk)
    one = process_or_404(request, child, process_id)
    form = MarkerForm(posted(request), facts=one.facts)
    made = form.done(lambda: services.add_marker(one, form.marker, by=who(request), now=timezone.now()))
    if made is not None:
        messages.success(request, say("children.Process_Marker_Added"))
        return redirect(address(child, one))
    none = not form.fields["stage"].choices  # type: ignore[attr-defined]
    return asked(request, child, "council/process/marker.html", form, heading="Marker_Heading", none=none)


@require_POST
@DOOR
def remove(request: HttpRequest, pk: int, process_id: int) -> HttpResponse:
    """Take one away. The last change can be taken back, and with it this."""
    child = child_to_share(request, pk)
    one = process_or_404(request, child, process_id)
    marker = marker_from(request.POST.get("marker", ""))
    if marker is None:
        raise Http404
    services.remove_marker(one, marker, by=who(request), now=timezone.now())
    messages.success(request, say("children.Process_Marker_Removed"))
    return redirect(address(child, one))
