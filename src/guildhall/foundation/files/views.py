"""Giving a file to somebody whom a view let in."""

import structlog
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from . import kinds, queries, services, storage
from .models import StoredFile

log = structlog.get_logger(__name__)


def serve(file: StoredFile, *, request: HttpRequest) -> HttpResponseBase:
    """The file as a download, or a page that says why not. The view records in the audit who looked.

    Only a file that was found clean (or accepted in a demonstration), and whose bytes are still those
    that were kept, ever leaves. One that was scanned with older signatures is scanned again first.
    """
    if queries.may_be_served(file) and not storage.sound(file.storage_key, file.sha256):
        log.error("files.bytes_damaged", file=str(file.pk))
        return _unavailable(request, file)
    try:
        file = services.check_again(file, now=timezone.now())
    except services.CannotCheckAgain as refusal:
        return _unavailable(request, file, waits_for=refusal.message)
    if not queries.may_be_served(file):
        return _unavailable(request, file)
    response = FileResponse(
        storage.path_of(file.storage_key).open("rb"),
        as_attachment=True,
        filename=file.name,
        content_type=kinds.media_type(file.kind),
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "no-store, private"
    return response


def _unavailable(request: HttpRequest, file: StoredFile, *, waits_for: str = "") -> HttpResponse:
    waits = bool(waits_for) or file.state == StoredFile.State.QUARANTINED
    context = {"waits": waits, "state_words": waits_for or queries.state_words(file)}
    response = render(request, "files/unavailable.html", context, status=409 if waits else 404)
    response["Cache-Control"] = "no-store, private"
    return response
