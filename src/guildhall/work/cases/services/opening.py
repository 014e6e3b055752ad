"""How a case comes in, is opened, given to somebody and passed to another team."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from guildhall.foundation.authority import queries as authority
from guildhall.foundation.kit.again import again_when_crossed
from guildhall.foundation.texts import queries as texts
from guildhall.paperwork.submissions.models import Submission
from guildhall.people.accounts.models import User
from guildhall.records.linkage.models import Mention
from guildhall.work.keying import queries as keyed

from ..models import Case
from ..moves import Move
from ..rules import PASSES_TO
from .moving import NotAllowed, demand, hold_case, note, step
from .telling import tell_notice_address, tell_team


@transaction.atomic
def open_case(submission: Submission, *, mention: Mention, team: str, now: datetime) -> Case:
    """Put a sealed submission in the list of ``team`` (a Team's key) as a form nobody has opened yet."""
    case = Case(
        reference=submission.reference,
        submission=submission,
        mention=mention,
        team=team,
        received_at=submission.sent_at,
        **listed(submission),
    )
    case.save()
    note(case, "received", by=submission.sender, now=now)
    tell_notice_address(case, now=now)
    if team in authority.setting("cases.alert_teams"):
        tell_team(case, "FormWaiting", key=f"case-waiting:{case.pk}", now=now)
    return case


def listed(submission: Submission) -> dict[str, Any]:
    """The columns of a case that repeat ``submission`` for the list."""
    title = submission.version.definition["title"]
    subject = submission.subject
    born_on = subject.get("born_on")
    names = (subject.get(part) for part in ("forename", "midname", "surname"))
    return {
        "form_code": submission.version.form.code,
        "form_title": title["en"][:200],
        "form_title_cy": title.get("cy", title["en"])[:200],
        "submitter_name": (keyed.name_without_account(submission.key) or str(submission.sender))[:200],
        "child_name": " ".join(name for name in names if name)[:200],
        "child_born_on": date.fromisoformat(born_on) if born_on else None,
    }


@again_when_crossed
def open_first(case: Case, *, by: User, now: datetime) -> Case:
    """Note that an officer opened ``case``: the first time it becomes Opened, and an answer counts as read.

    Called while its page is shown: this is audit of reading, the one thing a GET may write. A case that
    is open already is returned as it is.
    """
    if case.status != Case.Status.NOT_OPENED and case.answered_at is None:
        return case
    case = hold_case(case)
    case.answered_at = None
    if case.status != Case.Status.NOT_OPENED:
        case.save(update_fields=["answered_at"])
        return case
    case.opened_at = case.opened_at or now
    step(case, Move.OPEN, by=by, now=now)
    return case


@again_when_crossed
def assign_case(case: Case, *, to: User | None, by: User, now: datetime) -> Case:
    """Make ``to`` (an officer, or None for nobody) the one who works on ``case`` and is told of answers."""
    case = hold_case(case)
    if case.owner_id == (to.pk if to else None):
        return case
    case.owner = to
    note(case, "assign", by=by, now=now, owner=to.pk if to else None, name=str(to or ""))
    return case


@again_when_crossed
def take_up(case: Case, *, by: User, now: datetime, seen: int | None = None) -> Case:
    """Make a rejected form, or one whose sender was asked for more, actionable again.

    Raises NotAllowed in any other state, ChangedMeanwhile when the case is no longer at version ``seen``.
    """
    case = hold_case(case, seen=seen)
    demand(case, Move.TAKE_UP)
    case.decided_at = None
    step(case, Move.TAKE_UP, by=by, now=now)
    return case


@again_when_crossed
def move_to_team(
    case: Case, *, team: str, note: str, by: User, now: datetime, seen: int | None = None
) -> Case:
    """Pass a form that came to the wrong team to ``team``, with a note for its officers (CP-064).

    It starts there as Not Opened, keeps its reference and history, and nobody needs to send it again.
    Raises NotAllowed when the form may not go to ``team`` or is decided.
    """
    case = hold_case(case, seen=seen)
    demand(case, Move.MOVE_TEAM)
    if team not in PASSES_TO.get(case.team, ()):
        raise NotAllowed(texts.say("send.Error_ChooseTeam"), field="team")
    if not note.strip():
        raise NotAllowed(texts.say("send.Error_TeamNote"), field="note")
    before, case.team, case.owner = case.team, team, None
    step(case, Move.MOVE_TEAM, by=by, now=now, from_team=before, to_team=team, note=note.strip())
    tell_team(case, "FormWaiting", key=f"case-waiting:{case.pk}:{case.version}", now=now)
    return case
