"""The person's forms: saved for later, returned, and sent."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.audit import services as audit
from guildhall.foundation.authority import queries as authority
from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.kit.telling import refusals_told
from guildhall.foundation.kit.typed import number
from guildhall.foundation.texts import queries as texts
from guildhall.mail.messages.models import Message
from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.forms.definition import Definition
from guildhall.paperwork.submissions import queries as submission_queries
from guildhall.paperwork.submissions import services as submissions
from guildhall.paperwork.submissions.models import Draft
from guildhall.paperwork.submissions.rules import days_left
from guildhall.paperwork.submissions.versions import Left, answers_left, changes_between
from guildhall.people.accounts.asking import who
from guildhall.work.cases import queries as cases
from guildhall.work.intake.titles import account_name
from guildhall.work.many import services as many

from ..answers import in_words
from ..loading import my_draft, my_schools, own_draft
from ..names import shown_names
from ..pages import emergency_numbers, walk_of
from ..places import place_address

_RECENT = timedelta(days=30)


@require_safe
@door(Permission.FILL_IN_FORMS, verified=True, reads_child=True, draft=True)
def saved(request: HttpRequest) -> HttpResponse:
    """Recover a Saved Form (CP-044, CP-045)."""
    now = timezone.now()
    schools = my_schools(request)
    drafts = [
        draft
        for draft in submission_queries.saved_forms_to_name(request.user)  # type: ignore[arg-type]
        if draft.school_id is None or draft.school_id in schools
    ]
    names = _names(request, drafts)
    rows = [
        {
            "number": number,
            "draft": draft,
            "started": _started(draft.started_at),
            "title": account_name(forms.definition_of(draft.version_id), active_language()),
            "name": names[draft.pk],
            "newer": forms.newer_than(draft.version_id),
            "days": days_left(draft.expires_at, now) if draft.expires_at else None,
        }
        for number, draft in enumerate(drafts, 1)
    ]
    shown = [str(draft.pk) for draft in drafts]
    audit.looked(request, about=("submissions", "saved"), surface="list", detail={"shown": shown})
    return render(request, "filling/saved.html", {"rows": rows, "days": authority.setting("drafts.days")})


def _names(request: HttpRequest, drafts: list[Draft]) -> dict[UUID, str]:
    """Who each form is about, so that the right one is found: the child of the family, or what was typed."""
    family = [draft.family_child for draft in drafts if draft.family_child]
    known = {shown.id: shown.name for shown in shown_names(who(request), family)} if family else {}
    return {draft.pk: known.get(draft.family_child_id) or _typed_name(draft) for draft in drafts}  # type: ignore[arg-type]


def _typed_name(draft: Draft) -> str:
    if not draft.answers:
        return ""
    return subject_name(walk_of(draft, forms.definition_of(draft.version_id)).subject())


def _started(moment: datetime) -> str:
    """ "13 Jan 2023 11:29 AM" (CP-045)."""
    local = timezone.localtime(moment)
    half = "Morning" if local.hour < 12 else "Afternoon"
    return texts.say(f"send.Saved_{half}", at=date_format(local, "j M Y g:i"))


@require_POST
@door(Permission.FILL_IN_FORMS, verified=True)
def extend(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Keep a saved form for another 30 days (CP-048)."""
    with refusals_told(request):
        draft = submissions.extend_draft(own_draft(request, draft_id), by=request.user, now=timezone.now())  # type: ignore[arg-type]
        left = days_left(draft.expires_at, timezone.now()) if draft.expires_at else 0
        messages.success(request, texts.say("send.Saved_Extended", days=left))
    return redirect("filling:saved")


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.DELETE_FORMS, verified=True)
def delete(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Delete a saved form, after a page that says what will be gone."""
    draft = own_draft(request, draft_id)
    if request.method != "POST":
        definition = forms.definition_of(draft.version_id)
        context = {
            "draft": draft,
            "title": account_name(definition, active_language()),
            "file_count": len(submission_queries.files_of_draft(draft)),
            "emergency": emergency_numbers(definition),
        }
        return render(request, "filling/delete.html", context)
    submissions.delete_draft(draft, by=request.user, now=timezone.now())  # type: ignore[arg-type]
    messages.success(request, texts.say("send.Saved_Deleted"))
    return redirect("filling:saved")


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.FILL_IN_FORMS, verified=True)
def upgrade(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """The newer version of a form that is being filled in: what changed, and moving to it (GH-019)."""
    draft = my_draft(request, draft_id)
    newer = forms.newer_than(draft.version_id)
    if newer is None:
        return redirect("filling:resume", draft.pk)
    older, definition = forms.definition_of(draft.version_id), forms.definition_of(newer)
    seen = number(request.POST.get("to"), otherwise=newer)
    if request.method == "POST" and seen == newer:
        many.upgrade_draft(draft, by=request.user, now=timezone.now())  # type: ignore[arg-type]
        messages.success(request, texts.say("send.Upgrade_Done"))
        return redirect(_came_from(request, draft, definition) or reverse("filling:resume", args=[draft.pk]))
    back = _came_from(request, draft, older)
    left = [
        _left_row(each) for each in answers_left(older, definition, draft.answers, today=timezone.localdate())
    ]
    if seen != newer:
        messages.info(request, texts.say("send.Upgrade_NewerStill"))
    context = {
        "draft": draft,
        "newer": newer,
        "title": account_name(definition, active_language()),
        "changes": [
            (texts.say(f"send.Upgrade_{change.what}"), change.question.text.in_(active_language()))
            for change in changes_between(older, definition)
        ],
        "again": [row for row in left if row["again"]],
        "gone": [row for row in left if not row["again"]],
        "back": back or reverse("filling:saved"),
        "stay": back or reverse("filling:resume", args=[draft.pk]),
        "emergency": emergency_numbers(definition),
    }
    return render(request, "filling/upgrade.html", context)


def _came_from(request: HttpRequest, draft: Draft, definition: Definition) -> str:
    """The page of the form on which the newer version was offered, as far as ``definition`` has it."""
    place = request.GET.get("place", "")
    known = place == "summary" or place in definition.group_by_key
    return place_address(draft.pk, place) if known else ""


def _left_row(left: Left) -> dict[str, Any]:
    """An answer that the newer version does not take as it is, for a summary list."""
    question = left.question
    return {
        "key": question.text.in_(active_language()),
        "value": in_words(question, left.value),
        "again": left.again,
    }


@require_safe
@door(Permission.FILL_IN_FORMS, verified=True, reads_child=True)
def submitted(request: HttpRequest) -> HttpResponse:
    """Submitted Forms: those that were returned first, then recent, then older ones (CP-051 to CP-061)."""
    user = request.user
    since = timezone.now() - _RECENT
    responses = cases.responses_to(user)  # type: ignore[arg-type]
    sent = submission_queries.current_submissions_of(user)  # type: ignore[arg-type]
    rows = [
        {
            "submission": each,
            "title": account_name(forms.definition_of(each.version_id), active_language()),
            "name": subject_name(each.subject),
            "response": responses.get(each.reference),
            "response_href": _message_address(responses.get(each.reference)),
            "recent": each.sent_at >= since,
        }
        for each in sent
    ]
    shown = [each.pk for each in sent]
    audit.looked(request, about=("submissions", "list"), surface="list", detail={"shown": shown})
    returned = [
        {
            "one": each,
            "title": account_name(forms.definition_of(each.previous.version_id), active_language()),
            "name": subject_name(each.previous.subject),
        }
        for each in cases.returned_to(user)  # type: ignore[arg-type]
    ]
    context = {
        "returned": returned,
        "recent": [row for row in rows if row["recent"]],
        "older": [row for row in rows if not row["recent"]],
    }
    return render(request, "filling/submitted.html", context)


def _message_address(message: Message | None) -> str:
    return reverse("inbox:message", args=[message.pk]) if message else ""


def subject_name(subject: dict[str, str]) -> str:
    """The child's name as written on the form."""
    return " ".join(part for key in ("forename", "surname") if (part := subject.get(key)))
