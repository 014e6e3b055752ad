"""Sending, the receipt, and what was sent."""

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.audit import services as audit
from guildhall.foundation.documents import Document
from guildhall.foundation.documents import services as documents
from guildhall.foundation.documents.media import MEDIA
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.texts import queries as texts
from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.submissions import queries as submissions
from guildhall.paperwork.submissions.models import Submission
from guildhall.paperwork.submissions.proof import fingerprint
from guildhall.people.accounts.models import User
from guildhall.work.cases import queries as cases
from guildhall.work.intake import services as intake
from guildhall.work.intake.destinations import destination_of
from guildhall.work.intake.promises import promise_for
from guildhall.work.intake.titles import shown_title

from ..answers import sections_of_submission
from ..documents import document_of
from ..entering import entered_page, entered_rows
from ..file_fields import file_row
from ..loading import NoForm, leads_to_receipt, my_draft, my_schools, my_submission, refuse_kept, sent_with
from ..pages import emergency_numbers
from ..places import forms_page
from ..posting import posted_revision
from .checking import show_summary


@require_POST
@door(Permission.FILL_IN_FORMS, verified=True)
@leads_to_receipt
def send(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Send the form; if it cannot go, show the answers again and say why. The receipt follows the commit."""
    refuse_kept(request, draft_id)
    key = _uuid(request.POST.get("key", ""))
    ticked = request.POST.getlist("declarations")
    try:
        submission = intake.submit(
            draft_id,
            sender=request.user,  # type: ignore[arg-type]
            key=key,
            declarations=ticked,
            revision=posted_revision(request),
            language=active_language(),
            schools=my_schools(request),
            now=timezone.now(),
        )
    except intake.NothingToSend as nothing:
        my_draft(request, draft_id)  # tells a colleague who sent it
        raise NoForm from nothing
    except intake.Unfinished as unfinished:
        return show_summary(request, my_draft(request, draft_id), ticked=ticked, gaps=unfinished.gaps)
    except intake.NotAgreed as refusal:
        return show_summary(request, my_draft(request, draft_id), ticked=ticked, missing=refusal.problems)
    except Refusal as refusal:
        return show_summary(request, my_draft(request, draft_id), refused=refusal.message)
    return redirect("filling:sent", submission.key)


@require_safe
@door(Permission.FILL_IN_FORMS, verified=True)
def sent(request: HttpRequest, key: UUID) -> HttpResponse:
    """The receipt (GH-020): only for what the database holds; the same however often it is opened."""
    user = cast(User, request.user)
    submission = sent_with(user, key)
    if submission is None:
        raise Http404
    definition = forms.definition_of(submission.version_id)
    destination = destination_of(definition.destination)
    first = submissions.versions_of(submission)[0]  # the days of a decision count from it
    context = {
        "submission": submission,
        "title": shown_title(definition, active_language()),
        "shares": destination.shares,
        "department": texts.say(destination.department),
        "promise": promise_for(definition, sent_at=first.sent_at, language=active_language()),
        "emergency": emergency_numbers(definition, sent=True),
        "finish_href": entered_page(user, submission)
        or forms_page(submission.version, child_id=submission.family_child_id),
        "entered": entered_rows(submission.key),
    }
    return render(request, "filling/sent.html", context)


@require_safe
@door(Permission.FILL_IN_FORMS, verified=True, reads_child=True)
def submission(request: HttpRequest, pk: int) -> HttpResponse:
    """What was sent, as its sender sees it; it cannot be changed here (SP-089, SP-090)."""
    mine = my_submission(request, pk)
    definition = forms.definition_of(mine.version_id)
    _note_reading(request, mine, surface="page")
    context: dict[str, Any] = {
        "submission": mine,
        "title": shown_title(definition, active_language()),
        "sections": sections_of_submission(mine, definition, active_language()),
        "files": [file_row(file) for file in submissions.files_of_submission(mine)],
        "versions": submissions.versions_of(mine),
        "declarations": mine.texts.get("declarations", []),
        "entered": entered_rows(submissions.versions_of(mine)[0].key),
        "emergency": emergency_numbers(definition, sent=True),
    }
    return render(request, "filling/submission.html", context)


@require_safe
@door(Permission.FILL_IN_FORMS, verified=True, reads_child=True)
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """What was sent as a PDF, with the mark that proves its content (CP-059, GH-020)."""
    return _document(request, pk, "pdf", documents.pdf)


@require_safe
@door(Permission.FILL_IN_FORMS, verified=True, reads_child=True)
def word(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as a Word file."""
    return _document(request, pk, "docx", documents.word)


def _document(request: HttpRequest, pk: int, kind: str, compose: Callable[[Document], bytes]) -> HttpResponse:
    mine = my_submission(request, pk)
    _note_reading(request, mine, surface=kind)
    definition = forms.definition_of(mine.version_id)
    content = compose(document_of(mine, definition, seal=fingerprint(mine)))
    response = HttpResponse(content, content_type=MEDIA[kind])
    response["Content-Disposition"] = f'attachment; filename="{mine.reference}.{kind}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _note_reading(request: HttpRequest, mine: Submission, *, surface: str) -> None:
    case = cases.case_of_submitter(request.user, mine.reference)  # type: ignore[arg-type]
    child = case.mention.child_id if case else None
    audit.looked(request, about=mine, child=child, surface=surface)


def _uuid(written: str) -> UUID:
    try:
        return UUID(written)
    except ValueError as error:
        raise Http404 from error
