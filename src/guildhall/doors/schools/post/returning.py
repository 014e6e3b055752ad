"""A file that the school returns to the council from an item of post."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.files.views import serve
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts.queries import say
from guildhall.mail.post import queries as post
from guildhall.mail.post import services as posting

from ..showing import current
from .items import openable, show
from .showing import own


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.USE_SCHOOL, verified=True)
def return_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Return a file, or replace what was returned while the council has not accepted it."""
    found, upload = own(request, pk), request.FILES.get("file")
    if request.method != "POST":
        return redirect("schools:post-item", pk)
    if upload is None:
        return show(request, found, {"file": say("schools.Error_PostReturn_NoFile")})
    try:
        posting.return_file(found.posting, place=current(request), upload=upload, now=timezone.now())
    except Refusal as refusal:
        return show(request, found, refusal.by_field("file"))
    messages.success(request, say("schools.PostReturn_Done"))
    return redirect("schools:post-item", pk)


@require_safe
@door(Permission.USE_SCHOOL, verified=True)
def returned(request: HttpRequest, pk: int, returned_id: UUID) -> HttpResponse:
    """A file that the school returned, as it was sent."""
    openable(request, pk)
    found = post.returned_file(current(request), returned_id)
    if found is None or found.posting_id != pk:
        raise Http404
    posting.note_download(found.posting, file=found.file, place=current(request), now=timezone.now())
    return cast(HttpResponse, serve(found.file, request=request))
