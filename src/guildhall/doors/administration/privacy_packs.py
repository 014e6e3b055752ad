"""The pack of a request: checking what may be about somebody else, and downloading it."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.telling import refusals_told
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.work.privacy import packing, queries, services
from guildhall.work.privacy.models import Pack, Request
from guildhall.work.privacy.wording import called, heading_of

from .privacy import OFFICER, named, request_or_404, trail

READER = door(Permission.MANAGE_PRIVACY, verified=True, reads_child=True)
CHECKABLE = {Pack.State.READY, Pack.State.CHECKED}


@require_http_methods(["GET", "HEAD", "POST"])
@OFFICER
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose which of the marked fields stay in; whatever is not chosen is taken out."""
    found = request_or_404(request, pk)
    if found.pack.state not in CHECKABLE:
        raise Http404
    marked = queries.marked_in(found.pack)
    if request.method == "POST":
        kept = [name for name in request.POST.getlist("kept") if name in marked]
        with refusals_told(request):
            services.check_pack(found.pack, kept=kept, by=who(request), now=timezone.now())
            messages.success(request, say("administration.Privacy_Checked"))
        return redirect("administration:privacy-request", pk)
    context = {
        "found": found,
        "options": [_option(name, count) for name, count in sorted(marked.items())],
        "kept": found.pack.kept,
        "breadcrumbs": trail(
            (named(found), reverse("administration:privacy-request", args=[pk])),
            (say("administration.Privacy_Check"), ""),
        ),
    }
    return render(request, "administration/privacy_check.html", context)


def _option(name: str, count: int) -> tuple[str, str]:
    model, _, part = name.rpartition(".")
    where = f"{heading_of(model)}, {called(part)}"
    return name, say("administration.Privacy_MarkedIn", where=where, count=count)


@require_safe
@READER
def whole(request: HttpRequest, pk: int) -> HttpResponse:
    """The pack for whoever checks it: everything, with marks."""
    found = request_or_404(request, pk)
    if found.pack.state not in CHECKABLE:
        raise Http404
    return _download(request, found, whole=True)


@require_safe
@READER
def pack(request: HttpRequest, pk: int) -> HttpResponse:
    """The pack that was released, until its time is over."""
    found = request_or_404(request, pk)
    expires = found.pack.expires_at
    if found.pack.state != Pack.State.RELEASED or expires is None or expires <= timezone.now():
        raise Http404
    return _download(request, found, whole=False)


def _download(request: HttpRequest, found: Request, *, whole: bool) -> HttpResponse:
    child = found.subject_id if found.subject_kind == Request.Subject.CHILD else None
    detail: dict[str, Any] = {"whole": whole, "account": found.subject_id if child is None else None}
    audit.looked(request, about=found.pack, child=child, surface="export", detail=detail)
    file = packing.written(found.pack, whole=whole)
    name = f"request-{found.pk}{'-to-check' if whole else ''}.zip"
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")  # type: ignore[return-value]
