"""What officers decide about a form, each with a message to the person who sent it."""

from datetime import datetime

from django.db import transaction

from guildhall.foundation.kit.faults import fault_point
from guildhall.foundation.kit.refusals import Refusals
from guildhall.foundation.texts import queries as texts
from guildhall.mail.messages import services as messages
from guildhall.paperwork.submissions import services as submissions
from guildhall.people.accounts.models import User
from guildhall.records.chronology import services as chronology
from guildhall.records.linkage import services as linkage

from ..models import Case, CaseEvent
from ..moves import DECIDED, Move
from ..rules import asks_about_sharing
from .moving import NotAllowed, attach, demand, hold_case, note, step
from .telling import tell_sender

LONGEST_SUBJECT = 200
LONGEST_BODY = 20_000
RETURNED = messages.Notice(
    "messaging.EmailSubject_FormReturned", "text-blocks.Email_FormReturned", "/forms/submitted"
)


class MessageIncomplete(Refusals):
    """The message of a decision lacks something; ``problems`` names the fields."""


@transaction.atomic
def approve(
    case: Case,
    *,
    by: User,
    subject: str,
    body: str,
    now: datetime,
    share: bool | None = None,
    may_answer: bool = True,
    seen: int | None = None,
) -> Case:
    """Approve a form whose child is matched: it shows on the child's chronology and its sender is told.

    ``share`` is the answer to the sharing question, or None to ask it afterwards (``answer_sharing``).
    Raises NotAllowed (state or matching), Changed (not at version ``seen``), MessageIncomplete.
    """
    case = _decide(
        case, Move.APPROVE, by=by, subject=subject, body=body, may_answer=may_answer, seen=seen, now=now
    )
    fault_point("cases.approve.told")
    chronology.show_entry("submission", str(case.submission_id), now=now)
    fault_point("cases.approve.shown")
    if share is not None:
        case = answer_sharing(case, share=share, by=by, now=now)
    return case


@transaction.atomic
def reject(
    case: Case,
    *,
    by: User,
    subject: str,
    body: str,
    now: datetime,
    may_answer: bool = True,
    seen: int | None = None,
) -> Case:
    """Tell the sender that no further action will be taken; ``may_answer`` False closes the way to reply."""
    case = _decide(
        case, Move.REJECT, by=by, subject=subject, body=body, may_answer=may_answer, seen=seen, now=now
    )
    fault_point("cases.reject.told")
    return case


@transaction.atomic
def request_information(
    case: Case,
    *,
    by: User,
    subject: str,
    body: str,
    now: datetime,
    reason: str = "",
    reopen: bool = False,
    may_answer: bool = True,
    seen: int | None = None,
) -> Case:
    """Return a form to its sender for more information.

    ``reason`` is the main reason in words (CP-052). With ``reopen`` the sender gets a draft of the form
    with the earlier answers, to change and send again; answering in the portal is open in any case.
    """
    sends = {"by": by, "subject": subject, "body": body, "may_answer": True, "seen": seen, "now": now}
    notice = messages.WAITING if case.team == "send" else RETURNED
    case = _decide(case, Move.REQUEST, **sends, notice=notice, reason=reason, reopen=reopen)
    fault_point("cases.request-information.told")
    if reopen:
        submissions.reopen(case.submission, now=now)
    fault_point("cases.request-information.reopened")
    return case


@transaction.atomic
def resubmit_to_matching(
    case: Case,
    *,
    by: User,
    subject: str,
    body: str,
    now: datetime,
    may_answer: bool = True,
    seen: int | None = None,
) -> Case:
    """Put a child rejected in matching back in the incoming children queue, and tell the sender (SP-201)."""
    case = _decide(
        case, Move.RESUBMIT, by=by, subject=subject, body=body, may_answer=may_answer, seen=seen, now=now
    )
    fault_point("cases.resubmit.told")
    linkage.return_mention(case.mention, by=by, now=now)
    fault_point("cases.resubmit.returned")
    return case


@transaction.atomic
def write_message(
    case: Case,
    *,
    by: User,
    subject: str,
    body: str,
    now: datetime,
    may_answer: bool = True,
    seen: int | None = None,
) -> Case:
    """Write to the sender without deciding anything."""
    case = hold_case(case, seen=seen)
    _demand_words(subject, body)
    key = f"case:{case.pk}:write:{case.version}"
    event = note(case, "write", by=by, now=now, may_answer=may_answer)
    attach(
        event, tell_sender(case, by=by, subject=subject, body=body, key=key, may_answer=may_answer, now=now)
    )
    return case


@transaction.atomic
def answer_sharing(case: Case, *, share: bool, by: User, now: datetime) -> Case:
    """Keep whether an approved form is shared with the people on the child's involvement (SP-192, SP-204).

    The first answer stands. Raises NotAllowed for a form that is not approved or that has nobody to share with.
    """
    case = hold_case(case)
    if case.status != Case.Status.APPROVED or not asks_about_sharing(case):
        raise NotAllowed(texts.say("send.Error_SharingNotAsked"))
    approval = CaseEvent.objects.filter(case=case, verb=Move.APPROVE).order_by("-version").first()
    after = approval.version if approval else 0
    if not CaseEvent.objects.filter(case=case, verb="sharing", version__gt=after).exists():
        note(case, "sharing", by=by, now=now, share=share)
    return case


def _decide(
    case: Case,
    move: Move,
    *,
    by: User,
    subject: str,
    body: str,
    may_answer: bool,
    seen: int | None,
    now: datetime,
    notice: messages.Notice = messages.WAITING,
    **detail: str | bool,
) -> Case:
    case = hold_case(case, seen=seen)
    demand(case, move)
    _demand_words(subject, body)
    key = f"case:{case.pk}:{move}:{case.version}"
    case.answered_at = None
    event = step(case, move, by=by, now=now, may_answer=may_answer, **detail)
    if case.status in DECIDED:
        case.decided_at = now
        case.save(update_fields=["decided_at"])
    fault_point(f"cases.{move}.moved")
    sends = {"by": by, "subject": subject.strip(), "body": body.strip(), "may_answer": may_answer}
    attach(event, tell_sender(case, **sends, key=key, notice=notice, now=now))
    return case


def _demand_words(subject: str, body: str) -> None:
    problems = {}
    if not subject.strip():
        problems["subject"] = texts.say("send.Error_MessageSubject")
    elif len(subject.strip()) > LONGEST_SUBJECT:
        problems["subject"] = texts.say("send.Error_MessageSubjectLong", most=LONGEST_SUBJECT)
    if not body.strip():
        problems["body"] = texts.say("send.Error_MessageBody")
    elif len(body.strip()) > LONGEST_BODY:
        problems["body"] = texts.say("send.Error_MessageBodyLong", most=f"{LONGEST_BODY:,}")
    if problems:
        raise MessageIncomplete(problems)
