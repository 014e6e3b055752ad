"""Files of a draft: adding and taking away, with a script or without, and opening one's own."""

from typing import cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.audit import services as audit
from guildhall.foundation.files import queries as file_queries
from guildhall.foundation.files import services as files
from guildhall.foundation.files.views import serve
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts import queries as texts
from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.submissions import queries as submission_queries
from guildhall.paperwork.submissions import services as submissions
from guildhall.paperwork.submissions.models import Draft

from ..file_fields import file_row
from ..loading import my_draft, my_schools
from ..posting import Spot, spot_of


@require_POST
@door(Permission.FILL_IN_FORMS, verified=True)
def upload(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Files sent by the page's script as ``q-<code>``: 201 with the question's files drawn, or 422."""
    draft = my_draft(request, draft_id)
    spot = spot_of(draft, request.POST.get("place", ""), request.POST.get("row", ""))
    question = next((each for each in spot.group.questions if each.field_id in request.FILES), None)
    if question is None:
        return JsonResponse({"message": texts.say("send.Error_ChooseFile")}, status=422)
    if refused := take_posted(request, spot, question.code):
        return JsonResponse({"message": refused.message}, status=422)
    return JsonResponse({"listing": listing_of(request, draft, question.code, spot.row_id)}, status=201)


def listing_of(request: HttpRequest, draft: Draft, code: str, row: str) -> str:
    """The files of one question, drawn."""
    question = forms.definition_of(draft.version_id).question_by_code.get(code)
    if question is None:  # the draft was moved meanwhile to a version that does not ask for it
        raise Http404
    kept = [
        file_row(file)
        for file in submission_queries.files_of_draft(draft)
        if file.question == code and file.row == row
    ]
    return render_to_string("filling/files.html", {"files": kept, "question": question}, request)


@require_safe
@door(Permission.FILL_IN_FORMS, verified=True, reads_child=True)
def file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A file of a form that the person is filling in or sent, once it was found clean."""
    stored = submission_queries.file_of(request.user, pk, schools=my_schools(request))  # type: ignore[arg-type]
    if stored is None:
        raise Http404
    audit.looked(request, about=stored, surface="file")
    return cast(HttpResponse, serve(stored, request=request))


def take_posted(request: HttpRequest, spot: Spot, code: str) -> Refusal | None:
    """Keep every file posted for the question; what could not be kept and why."""
    question = next((each for each in spot.group.questions if each.code == code), None)
    sent = request.FILES.getlist(question.field_id) if question else []
    if not sent:
        return Refusal(texts.say("send.Error_ChooseFile"), field=code)
    for each in sent:
        try:
            submissions.add_file(
                spot.draft,
                upload=each,
                question=code,
                row=spot.row_id,
                by=request.user,  # type: ignore[arg-type]
                now=timezone.now(),
            )
        except Refusal as refusal:
            return Refusal(refusal.message, field=code)
    return None


def take_chosen(request: HttpRequest, spot: Spot) -> Refusal | None:
    """Keep what was chosen beside other buttons than the one that was pressed: no script has sent it yet."""
    pressed = request.POST.get("upload")
    codes = [
        one.code for one in spot.group.questions if one.field_id in request.FILES and one.code != pressed
    ]
    refused = (take_posted(request, spot, code) for code in codes)
    return next((one for one in refused if one), None)


def remove_posted(request: HttpRequest, spot: Spot, file_id: str) -> Refusal | None:
    """Take a file out of the draft; one that is gone already is no problem."""
    try:
        submissions.remove_file(spot.draft, file_id=file_id, by=request.user, now=timezone.now())  # type: ignore[arg-type]
    except submissions.NoSuchFile:
        return None
    except Refusal as refusal:
        return refusal
    return None


def bring_back(request: HttpRequest, spot: Spot) -> Refusal | None:
    """Undo the last removal of a file; why not, where it cannot be undone any more."""
    try:
        submissions.restore_file(spot.draft, by=request.user, now=timezone.now())  # type: ignore[arg-type]
    except Refusal as refusal:
        return refusal
    return None


def forget_posted(spot: Spot, upload_id: str) -> None:
    """Never mind a file of which only a part arrived; one that is gone already is no problem."""
    for upload in file_queries.arriving_for("draft", spot.draft.pk):
        if str(upload.pk) == upload_id:
            files.forget_upload(upload)
