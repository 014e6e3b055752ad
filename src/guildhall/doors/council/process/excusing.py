"""Exceptions from limits on a process: recorded, and withdrawn (GH-004)."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from guildhall.doors.schools.reviews.pupils import posted
from guildhall.foundation.access.doors import holder_of
from guildhall.foundation.kit.typed import key_of
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.work.ehcprocess import queries, services

from ..sharing import child_to_share
from .dates import DOOR, address, asked, process_or_404
from .forms import ExcuseForm


@require_http_methods(["GET", "HEAD", "POST"])
@DOOR
def add(request: HttpRequest, pk: int, process_id: int) -> HttpResponse:
    """Record an exception, with its evidence and who decided."""
    child = child_to_share(request, pk)
    one = process_or_404(request, child, process_id)
    key = key_of(request.POST.get("key"))
    begun = {"decided_by": str(who(request)), "decided_on": timezone.localdate()}
    form = ExcuseForm(posted(request), process=one, initial=begun)
    made = form.done(
        lambda: services.record_excuse(one, form.told, key=key, by=who(request), now=timezone.now())
    )
    if made is not None:
        messages.success(request, say("children.Process_Excuse_Recorded"))
        return redirect(address(child, one))
    return asked(request, child, "council/process/excuse.html", form, heading="Excuse_Heading", key=key)


@require_POST
@DOOR
def withdraw(request: HttpRequest, pk: int, excuse_id: int) -> HttpResponse:
    """Withdraw one that was recorded by mistake; it stays in the list."""
    child = child_to_share(request, pk)
    excuse = queries.excuse_of(holder_of(request), child, excuse_id)
    if excuse is None:
        raise Http404
    services.withdraw_excuse(excuse, by=who(request), now=timezone.now())
    messages.success(request, say("children.Process_Excuse_Withdrawn"))
    return redirect(address(child, excuse.process))
