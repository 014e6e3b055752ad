"""Files that a page's script sends in parts: begin, how far, the next part, cancel."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.files import queries as file_queries
from guildhall.foundation.files import services as files
from guildhall.foundation.files.models import Arriving
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.typed import number, one_line
from guildhall.foundation.texts import queries as texts
from guildhall.paperwork.submissions import services as submissions
from guildhall.paperwork.submissions.models import Draft

from ..loading import my_draft
from ..posting import spot_of
from .filing import listing_of

CHUNK = 256 * 1024
"""How much the script sends at a time. More than four times that is refused."""


@require_POST
@door(Permission.FILL_IN_FORMS, verified=True)
def begin(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Where to send the parts of a file and from which byte on; 422 with why it would not be taken."""
    draft, post = my_draft(request, draft_id), request.POST
    spot = spot_of(draft, post.get("place", ""), post.get("row", ""))
    question = next((one for one in spot.group.questions if one.field_id == post.get("field")), None)
    size = number(post.get("size"), digits=12)
    if question is None or size < 0:
        return JsonResponse({"message": texts.say("send.Error_ChooseFile")}, status=422)
    try:
        upload = submissions.begin_file(
            draft,
            question=question.code,
            row=spot.row_id,
            name=one_line(post.get("name"))[:1_000],
            size=size,
            fingerprint=one_line(post.get("fingerprint")),
            by=request.user,  # type: ignore[arg-type]
            now=timezone.now(),
        )
    except Refusal as refusal:
        return JsonResponse({"message": refusal.message}, status=422)
    return JsonResponse(_state(draft, upload), status=201)


@require_http_methods(["GET", "HEAD", "POST", "DELETE"])
@door(Permission.FILL_IN_FORMS, verified=True)
def part(request: HttpRequest, draft_id: UUID, upload_id: UUID) -> HttpResponse:
    """GET: how much has arrived. POST ``?offset=``: the next part. DELETE: never mind."""
    draft = my_draft(request, draft_id)
    upload = file_queries.arriving_of(request.user, upload_id, kind="draft", key=draft.pk)
    if upload is None:
        raise Http404
    if request.method == "DELETE":
        files.forget_upload(upload)
        return HttpResponse(status=204)
    if request.method == "POST":
        return _take(request, draft, upload)
    return _done(request, draft, upload) if upload.became else JsonResponse(_state(draft, upload))


def _take(request: HttpRequest, draft: Draft, upload: Arriving) -> HttpResponse:
    """409 with the wanted offset for a part that does not fit; 201 with the list after the last one."""
    content = request.read(4 * CHUNK + 1)
    if len(content) > 4 * CHUNK:
        return JsonResponse(_state(draft, upload), status=413)
    offset = number(request.GET.get("offset"), digits=12)
    try:
        upload = files.take_chunk(upload, offset=offset, content=content, now=timezone.now())
        if upload.became is None and upload.arrived == upload.bytes:
            submissions.add_arrived(draft, upload, by=request.user, now=timezone.now())  # type: ignore[arg-type]
            return _done(request, draft, upload)
    except Refusal as refusal:
        files.forget_upload(upload)
        return JsonResponse({"message": refusal.message}, status=422)
    if upload.became:
        return _done(request, draft, upload)
    fits = offset >= 0 and upload.arrived == offset + len(content)
    return JsonResponse(_state(draft, upload), status=200 if fits else 409)


def _state(draft: Draft, upload: Arriving) -> dict[str, Any]:
    href = reverse("filling:part", args=[draft.pk, upload.pk])
    return {"href": href, "offset": upload.arrived, "chunk": CHUNK}


def _done(request: HttpRequest, draft: Draft, upload: Arriving) -> HttpResponse:
    return JsonResponse({"listing": listing_of(request, draft, upload.question, upload.row)}, status=201)
