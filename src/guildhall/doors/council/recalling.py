"""Withdrawing a message that went to the wrong person."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.typed import paragraphs
from guildhall.foundation.texts.queries import say
from guildhall.mail.messages import queries, services
from guildhall.mail.messages.models import Message
from guildhall.people.accounts.asking import who
from guildhall.work.cases import queries as cases
from guildhall.work.cases.models import Case

from .review import case_for
from .showing import case_address, crumbs


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.REVIEW_FORMS, verified=True, reads_child=True)
def recall(request: HttpRequest, reference: str, message_id: UUID) -> HttpResponse:
    """Ask why, and withdraw the message; of one that was withdrawn, what it had said and why it went."""
    case = case_for(request, reference)
    message = _message_or_404(case, message_id)
    audit.looked(request, about=case, child=case.mention.child_id)
    reason = paragraphs(request.POST.get("reason"))
    problems: dict[str, str] = {}
    if request.method == "POST":
        child, now = case.mention.child_id, timezone.now()
        try:
            services.recall(message, reason=reason, child=child, by=who(request), now=now)
        except Refusal as refusal:
            problems = {"reason": refusal.message}
        else:
            messages.success(request, say("send.Recall_Done"))
            return redirect(f"{case_address(case)}#message-{message.pk}")
    context = {
        "case": case,
        "message": message,
        "recall": queries.recall_of(message),
        "reason": reason,
        "problems": problems,
        "back": f"{case_address(case)}#message-{message.pk}",
        "breadcrumbs": crumbs((case.reference, case_address(case)), (say("send.Recall_Heading"), "")),
    }
    return render(request, "council/recall.html", context, status=422 if problems else 200)


def _message_or_404(case: Case, message_id: UUID) -> Message:
    sent = (each for each in cases.conversation_of(case) if each.to_id is not None)
    found = next((each for each in sent if each.pk == message_id), None)
    if found is None:
        raise Http404
    return found
