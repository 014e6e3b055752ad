"""A person's messages: the list, one of them, and the conversation about a form with its answers."""

import uuid
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from guildhall.foundation.access.doors import door, holder_of, kept_out
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.audit import services as audit
from guildhall.foundation.authority.panels import panel
from guildhall.foundation.authority.queries import setting
from guildhall.foundation.files.views import serve
from guildhall.foundation.kit.pagination import page_of
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.typed import one_line, paragraphs
from guildhall.foundation.texts.queries import say
from guildhall.mail.messages import queries, services
from guildhall.people.accounts.asking import who
from guildhall.work.cases import queries as cases
from guildhall.work.cases import services as case_services
from guildhall.work.cases.models import Case

from .showing import said_in


@require_safe
@door(Permission.READ_OWN_MESSAGES)
@panel("messages")
def inbox(request: HttpRequest) -> HttpResponse:
    """Every message of the person, newest first; what is private shows no subject before the second step."""
    mine = queries.messages_of(who(request))
    context = {
        "page": page_of(mine, request, size=int(setting("messages.per_page"))),
        "unread": queries.unread_count(who(request)),
        "verified": holder_of(request).sees_records,
    }
    return render(request, "inbox/list.html", context)


@require_safe
@door(Permission.READ_OWN_MESSAGES)
@panel("messages")
def message(request: HttpRequest, message_id: uuid.UUID) -> HttpResponse:
    """One message. Opening it marks it as read (audit of reading); a private one needs the second step."""
    found = get_object_or_404(queries.messages_of(who(request)), pk=message_id)
    if found.sensitive and (closed := kept_out(request)):
        return closed
    services.mark_read([found], by=who(request), now=timezone.now())
    if found.sensitive:
        audit.looked(request, about=found, surface="message")
    case = cases.case_of_submitter(who(request), found.about) if found.about else None
    return render(request, "inbox/message.html", {"message": found, **_answering(case)})


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.READ_OWN_MESSAGES, verified=True, reads_child=True)
@panel("messages")
def conversation(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything written about one form of the person, and the box to answer in."""
    case = _case(request, reference)
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            case_services.receive_answer(case, by=who(request), now=timezone.now(), **_answer(request))
        except Refusal as refusal:
            problems = refusal.by_field()
        else:
            messages.success(request, say("messaging.Answer_Sent"))
            return redirect("inbox:conversation", reference)
    said = said_in(queries.conversation_of(who(request), reference))
    services.mark_read([each.message for each in said], by=who(request), now=timezone.now())
    audit.looked(request, about=case, surface="message")
    context = {
        "said": said,
        "problems": problems,
        "typed": _answer(request)["body"],
        **_answering(case),
    }
    return render(request, "inbox/conversation.html", context, status=422 if problems else 200)


@require_safe
@door(Permission.READ_OWN_MESSAGES, verified=True, reads_child=True)
@panel("messages")
def file(request: HttpRequest, reference: str, file_id: uuid.UUID) -> HttpResponse:
    """A file that the person sent with an answer."""
    _case(request, reference)
    said = said_in(queries.conversation_of(who(request), reference))
    stored = next((line.file for each in said for line in each.files if line.file.pk == file_id), None)
    if stored is None:
        raise Http404
    audit.looked(request, about=stored, surface="file")
    return cast(HttpResponse, serve(stored, request=request))


def _case(request: HttpRequest, reference: str) -> Case:
    case = cases.case_of_submitter(who(request), reference)
    if case is None:
        raise Http404
    return case


def _answer(request: HttpRequest) -> dict[str, Any]:
    return {
        "body": paragraphs(request.POST.get("body")),
        "uploads": request.FILES.getlist("files"),
        "key": one_line(request.POST.get("key"))[:40],
    }


def _answering(case: Case | None) -> dict[str, Any]:
    """How the sender of ``case`` may answer now. ``key`` makes a second press of the button harmless."""
    if case is None:
        return {"case": None}
    draft = cases.open_correction(case)
    return {
        "case": case,
        "may_answer": cases.can_answer(case),
        "change": reverse("filling:resume", args=[draft.pk]) if draft else "",
        "key": uuid.uuid4(),
    }
