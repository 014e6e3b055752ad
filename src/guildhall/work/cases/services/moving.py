"""What every change of a case does: lock, look again, move, log."""

from datetime import datetime
from typing import Any

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.meanwhile import ChangedMeanwhile
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts import queries as texts
from guildhall.mail.messages.models import Message
from guildhall.people.accounts.models import User

from ..models import Case, CaseEvent
from ..moves import DECISIONS, MOVES, Move
from ..rules import Matching, matching_of, may_move

AUDITED = {
    Move.OPEN: "cases.opened",
    Move.APPROVE: "cases.approved",
    Move.REJECT: "cases.rejected",
    Move.REQUEST: "cases.information_requested",
    Move.RESUBMIT: "cases.resubmitted",
    Move.ANSWER: "cases.answered",
    Move.CORRECT: "cases.corrected",
    Move.TAKE_UP: "cases.taken_up",
    Move.MOVE_TEAM: "cases.team_changed",
    "received": "cases.received",
    "assign": "cases.assigned",
    "write": "cases.written_to",
    "sharing": "cases.sharing_answered",
    "infected-file": "cases.file_infected",
}


class NotAllowed(Refusal):
    """The case is not in a state in which this can be done."""


def hold_case(case: Case, *, seen: int | None = None) -> Case:
    """The case and its mention as they are now, locked until the transaction ends.

    ``seen`` is the version of the case that the person decided on; raises ChangedMeanwhile if it is
    no longer that.
    """
    held = hold(case)
    held.mention = hold(held.mention)
    if seen is not None and seen != held.version:
        raise ChangedMeanwhile(texts.say("send.Error_CaseChanged"))
    return held


def demand(case: Case, move: Move) -> None:
    """Raise NotAllowed, in words for an officer, unless ``move`` can be made now."""
    if may_move(case, move):
        return
    if move in DECISIONS and move in MOVES[Case.Status(case.status)]:
        matched = matching_of(case.mention)
        key = "Error_ChildRejected" if matched == Matching.REJECTED else "Error_MatchFirst"
        raise NotAllowed(texts.say(f"send.{key}"))
    raise NotAllowed(texts.say("send.Error_CaseState", status=texts.say(f"send.Status_{case.status}")))


def step(case: Case, move: Move, *, by: User | None, now: datetime, **detail: Any) -> CaseEvent:
    """Make ``move`` on a held case, save it with its other changed columns, and log it."""
    before, case.status = case.status, MOVES[Case.Status(case.status)][move]
    return note(case, move, by=by, now=now, **detail, **{"from": before})


def note(case: Case, verb: str, *, by: User | None, now: datetime, **detail: Any) -> CaseEvent:
    """Save a held case with one event called ``verb``, in its history and in the audit."""
    event = CaseEvent.objects.create(
        case=case,
        verb=str(verb),
        by=by,
        at=now,
        version=case.version,
        submission_id=case.submission_id,
        detail=detail,
    )
    case.version += 1
    case.save()
    audit.record(
        AUDITED[verb],
        by=by,
        about=case,
        child=case.mention.child_id,
        now=now,
        detail={key: value for key, value in detail.items() if key != "note"},
    )
    return event


def attach(event: CaseEvent, message: Message) -> CaseEvent:
    """Keep with ``event`` the message as it was sent."""
    event.message = message
    event.save(update_fields=["message"])
    return event
