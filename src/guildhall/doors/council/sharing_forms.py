"""Sharing a form of the chronology with people who are authenticated, and stopping it."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.audit import services as audit
from guildhall.foundation.files.views import serve
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.kit.typed import number
from guildhall.foundation.texts.queries import say
from guildhall.paperwork.submissions import queries as submissions
from guildhall.people.accounts.asking import who
from guildhall.records.chronology import queries as chronology
from guildhall.records.chronology.models import Entry
from guildhall.work.sharing import queries, services
from guildhall.work.sharing.preview import Preview
from guildhall.work.sharing.showing import title_of

from .opening import child_or_404
from .sharing import child_to_share
from .sharing_pages import share_page, sure_page
from .told import readable


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.SHARE_INFORMATION, verified=True, reads_child=True)
def share(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose who reads a form, look at exactly what they will read, and share it (SP-246)."""
    entry = _entry(request, pk)
    child = child_to_share(request, cast(int, entry.mention.child_id))
    chosen = [number(each) for each in request.POST.getlist("people")]
    preview = queries.preview(child, entry, chosen)
    if preview is None:
        raise Http404
    audit.looked(request, about=entry, child=child.pk, detail={"tab": "sharing"})
    if request.method != "POST":
        return render(request, "council/share_form.html", share_page(holder_of(request), preview, []))
    if not preview.people:
        return _again(request, preview, chosen, say("children.Sharing_Error_Nobody"))
    if request.POST.get("do") != "share":
        return render(request, "council/share_sure.html", sure_page(holder_of(request), preview))
    try:
        services.share_form(
            entry,
            child=child,
            people=chosen,
            seen=request.POST.get("seen", ""),
            by=who(request),
            now=timezone.now(),
        )
    except Refusal as refusal:
        return _again(request, preview, chosen, refusal.message)
    messages.success(request, say("children.Sharing_Shared"))
    return redirect(reverse("council:child-sharing", args=[child.pk]) + "#forms")


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.SHARE_INFORMATION, verified=True, reads_child=True)
def stop(request: HttpRequest, shared_id: UUID) -> HttpResponse:
    """Ask, and then end what one person reads."""
    shared = queries.form_shared_by_council(holder_of(request), shared_id)
    form = queries.form_behind(shared.entry) if shared else None
    if shared is None or form is None:
        raise Http404
    child = child_to_share(request, shared.recipient.involvement.child_id)
    audit.looked(request, about=child, child=child.pk, detail={"tab": "sharing"})
    if request.method != "POST":
        title = title_of(form, active_language())
        back = reverse("council:child-sharing", args=[child.pk])
        context = {"shared": shared, "child": child, "title": title, "back": back}
        return render(request, "council/share_stop.html", context)
    services.stop_sharing(shared, by=who(request), now=timezone.now())
    messages.success(request, say("children.Sharing_Stopped"))
    return redirect(reverse("council:child-sharing", args=[child.pk]) + "#forms")


@require_safe
@door(Permission.READ_CHILDREN, verified=True, reads_child=True)
def entry_file(request: HttpRequest, pk: int, file_id: UUID) -> HttpResponse:
    """A file of a form on the chronology, to keep outside the portal (SP-347)."""
    entry = _entry(request, pk)
    child = child_or_404(request, cast(int, entry.mention.child_id))
    form = queries.form_behind(entry)
    stored = submissions.files_of_submission(form) if form else []
    file = next((each for each in stored if each.pk == file_id), None)
    if file is None:
        raise Http404
    audit.looked(request, about=file, child=child.pk, surface="file")
    return cast(HttpResponse, serve(file, request=request))


def _entry(request: HttpRequest, pk: int) -> Entry:
    """An event that the officer may read."""
    found = chronology.entry_with(pk)
    if found is None or not readable(holder_of(request), [found]):
        raise Http404
    return found


def _again(request: HttpRequest, preview: Preview, chosen: list[int], problem: str) -> HttpResponse:
    page = share_page(holder_of(request), preview, chosen) | {"problems": {"people": problem}}
    return render(request, "council/share_form.html", page, status=422)
