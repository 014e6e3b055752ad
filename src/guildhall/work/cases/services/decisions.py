"""What officers decide about a form, each with a message to the person who sent it."""

from dataclasses import replace
from datetime import datetime

from guildhall.foundation.kit.again import again_when_crossed
from guildhall.foundation.kit.faults import fault_point
from guildhall.foundation.texts import queries as texts
from guildhall.mail.messages import services as messages
from guildhall.paperwork.submissions import services as submissions
from guildhall.people.accounts.models import User
from guildhall.records.chronology import services as chronology
from guildhall.records.linkage import services as linkage

from ..models import Case, CaseEvent
from ..moves import DECIDED, MOVES, Move
from ..rules import asks_about_sharing
from .moving import NotAllowed, attach, demand, hold_case, note, step
from .telling import Letter, tell_sender

RETURNED = messages.Notice(
    "messaging.EmailSubject_FormReturned", "text-blocks.Email_FormReturned", "/forms/submitted"
)


@again_when_crossed
def approve(
    case: Case,
    letter: Letter,
    *,
    by: User,
    now: datetime,
    seen: int | None = None,
) -> Case:
    """Approve a form whose child is matched: it shows on the child's chronology and its sender is told.

    Whether it is shared is asked afterwards (``answer_sharing``). Like every decision raises NotAllowed (by
    state or matching), ChangedMeanwhile (not at version ``seen``) and MessageIncomplete.
    """
    case = _decide(case, Move.APPROVE, letter, by=by, seen=seen, now=now)
    fault_point("cases.approve.told")
    chronology.show_entry("submission", str(case.submission_id), now=now)
    fault_point("cases.approve.shown")
    return case


@again_when_crossed
def reject(
    case: Case,
    letter: Letter,
    *,
    by: User,
    now: datetime,
    seen: int | None = None,
) -> Case:
    """Tell the sender that no further action will be taken."""
    case = _decide(case, Move.REJECT, letter, by=by, seen=seen, now=now)
    fault_point("cases.reject.told")
    return case


@again_when_crossed
def request_information(
    case: Case,
    letter: Letter,
    *,
    by: User,
    now: datetime,
    reason: str = "",
    reopen: bool = False,
    seen: int | None = None,
) -> Case:
    """Return a form to its sender for more information.

    ``reason`` is the main reason in words (CP-052). With ``reopen`` the sender gets a draft of the form
    with the earlier answers, to change and send again; answering in the portal is open in any case.
    """
    if case.team != "send":
        letter = replace(letter, notice=RETURNED)
    case = _decide(case, Move.REQUEST, letter, by=by, seen=seen, now=now, reason=reason, reopen=reopen)
    fault_point("cases.request-information.told")
    if reopen:
        submissions.reopen(case.submission, now=now)
    fault_point("cases.request-information.reopened")
    return case


@again_when_crossed
def resubmit_to_matching(
    case: Case,
    letter: Letter,
    *,
    by: User,
    now: datetime,
    seen: int | None = None,
) -> Case:
    """Put a child rejected in matching back in the incoming children queue, and tell the sender (SP-201)."""
    case = _decide(case, Move.RESUBMIT, letter, by=by, seen=seen, now=now)
    fault_point("cases.resubmit.told")
    linkage.return_mention(case.mention, by=by, now=now)
    fault_point("cases.resubmit.returned")
    return case


@again_when_crossed
def write_message(
    case: Case,
    letter: Letter,
    *,
    by: User,
    now: datetime,
    seen: int | None = None,
) -> Case:
    """Write to the sender without deciding anything."""
    case = hold_case(case, seen=seen)
    letter.demand_words()
    key = f"case:{case.pk}:write:{case.version}"
    event = note(case, "write", by=by, now=now, may_answer=letter.may_answer)
    attach(event, tell_sender(case, letter, by=by, key=key, now=now))
    return case


@again_when_crossed
def answer_sharing(case: Case, *, share: bool, by: User, now: datetime) -> bool:
    """Keep whether an approved form is shared with the people on the child's involvement (SP-192, SP-204).

    The first answer stands: False for another. Raises NotAllowed for a form that is not approved, or not a
    SEND form.
    """
    case = hold_case(case)
    if case.status != Case.Status.APPROVED or not asks_about_sharing(case):
        raise NotAllowed(texts.say("send.Error_SharingNotAsked"))
    approval = CaseEvent.objects.filter(case=case, verb=Move.APPROVE).order_by("-version").first()
    after = approval.version if approval else 0
    if CaseEvent.objects.filter(case=case, verb="sharing", version__gt=after).exists():
        return False
    note(case, "sharing", by=by, now=now, share=share)
    return True


def _decide(
    case: Case, move: Move, letter: Letter, *, by: User, seen: int | None, now: datetime, **detail: str | bool
) -> Case:
    case = hold_case(case, seen=seen)
    demand(case, move)
    letter.demand_words()
    key = f"case:{case.pk}:{move}:{case.version}"
    case.answered_at = None
    case.decided_at = now if MOVES[Case.Status(case.status)][move] in DECIDED else None
    event = step(case, move, by=by, now=now, may_answer=letter.may_answer, **detail)
    fault_point(f"cases.{move}.moved")
    attach(event, tell_sender(case, letter, by=by, key=key, now=now))
    return case
