"""What a school asks to have changed in its list, until a supervisor and the council have decided."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.audit import services as audit
from guildhall.foundation.authority.queries import setting
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.refusals import Refusal, Refusals
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User
from guildhall.people.membership.models import SchoolPlace
from guildhall.people.responsibilities import queries as responsibilities

from .. import queries, rules
from ..details import Details, changed_fields, details_of, problems_of
from ..models import Amendment, Pupil
from ..moves import MOVES, Move
from . import telling
from .lists import OnAList, Origin, add_pupil, change_pupil, on_the_list, refuse_strangers, take_off

Kind, State = Amendment.Kind, Amendment.State
LONGEST_REASON = 500


class NotTheirs(Refusal):
    """The person has no part in this amendment, or in the list."""


class NothingChanged(Refusal):
    """What is asked is what the list says."""


class AlreadyAsked(Refusal):
    """Something about the pupil is asked already, and not decided."""


class Decided(Refusal):
    """The amendment is no longer where this could be done."""


@dataclass(frozen=True)
class Wanted:
    """What a school asks. ``pupil``: who is on the list; ``details``: what it should say."""

    kind: Amendment.Kind
    reason: str
    pupil: Pupil | None = None
    details: Details | None = None


@transaction.atomic
def ask_amendment(
    place: SchoolPlace, wanted: Wanted, *, holder: Holder, by: User, now: datetime
) -> Amendment:
    """Ask, for the school of ``place``, that the list is changed.

    It goes to the school's supervisors, or to the council at once where nobody else has to authorise it.
    Raises NotTheirs, GoneFromList, AlreadyAsked, OnAList, NothingChanged, and Refusals by field.
    """
    place = hold(place)
    if place.user_id != by.pk or not queries.sees_list(holder, place.school_id):
        raise NotTheirs(texts.say("schools.Error_Meals_NotTheirs"))
    before = _before(wanted, place.school_id)
    _refuse_wrong(wanted, before, place.school_id, now)
    others = responsibilities.other_supervisors(place)
    own = place.is_supervisor and not others
    asks = bool(setting("meals.authorised")) and not own
    amendment = Amendment.objects.create(
        school_id=place.school_id,
        pupil=wanted.pupil,
        kind=wanted.kind,
        before=before.as_json() if before else {},
        details=wanted.details.as_json() if wanted.details else {},
        reason=wanted.reason.strip(),
        state=State.WAITING if asks else State.SENT,
        asked_by=by,
        asked_at=now,
        sent_at=None if asks else now,
        **({"authorised_by": by, "authorised_at": now} if own else {}),
    )
    _record("asked", amendment, by=by, now=now)
    if asks:
        telling.tell_supervisors(amendment, others, now=now)
    else:
        telling.tell_team(amendment, now=now)
    return amendment


def _before(wanted: Wanted, school_id: int) -> Details | None:
    if wanted.pupil is None:
        return None
    pupil = on_the_list(wanted.pupil)
    if pupil.school_id != school_id:
        raise NotTheirs(texts.say("schools.Error_Meals_NotTheirs"))
    if Amendment.objects.filter(pupil=pupil, state__in=Amendment.OPEN).exists():
        raise AlreadyAsked(texts.say("schools.Error_Meals_AlreadyAsked"))
    return details_of(pupil)


def _is_on_list(upn: str, school_id: int) -> bool:
    return bool(upn) and Pupil.objects.filter(upn=upn, school_id=school_id, removed_at=None).exists()


def _refuse_wrong(wanted: Wanted, before: Details | None, school_id: int, now: datetime) -> None:
    wrong = problems_of(wanted.details, today=timezone.localdate(now)) if wanted.details else {}
    problems = {name: texts.say(f"schools.Error_Meals_{what}") for name, what in wrong.items()}
    if not 0 < len(wanted.reason.strip()) <= LONGEST_REASON:
        problems["reason"] = texts.say("schools.Error_Meals_Reason")
    if problems:
        raise Refusals(problems)
    if wanted.kind == Kind.ADD and wanted.details and _is_on_list(wanted.details.upn, school_id):
        raise OnAList(texts.say("schools.Error_Meals_OnAList"), field="upn")
    if wanted.kind == Kind.CHANGE and wanted.details == before:
        raise NothingChanged(texts.say("schools.Error_Meals_Same"))


@transaction.atomic
def authorise_amendment(amendment: Amendment, *, holder: Holder, by: User, now: datetime) -> Amendment:
    """A supervisor lets the amendment go to the council. Raises NotTheirs, Decided."""
    amendment = _moved(amendment, Move.AUTHORISE)
    _refuse_others(amendment, holder)
    amendment.authorised_by, amendment.authorised_at, amendment.sent_at = by, now, now
    amendment.save()
    _record("authorised", amendment, by=by, now=now)
    telling.tell_team(amendment, now=now)
    return amendment


@transaction.atomic
def accept_amendment(amendment: Amendment, *, holder: Holder, by: User, now: datetime) -> Amendment:
    """The council changes the list as the school asked. Raises NotYours, Decided, GoneFromList, OnAList."""
    refuse_strangers(holder)
    amendment = _moved(amendment, Move.ACCEPT)
    if amendment.kind == Kind.ADD:
        details, origin = Details.from_json(amendment.details), Origin(Pupil.Source.SCHOOL)
        amendment.pupil = add_pupil(amendment.school_id, details, origin, by=by, now=now)
    elif amendment.kind == Kind.CHANGE:
        change_pupil(_pupil_of(amendment), _as_asked(amendment), by=by, now=now)
    else:
        take_off(_pupil_of(amendment), by=by, now=now)
    return _closed(amendment, by=by, now=now)


@transaction.atomic
def refuse_amendment(
    amendment: Amendment, *, reason: str, holder: Holder, by: User, now: datetime
) -> Amendment:
    """A supervisor, or then the council, refuses it and says why. Raises NotTheirs, NotYours, Decided,
    and Refusals with the field ``answer``.
    """
    waits = hold(amendment).state == State.WAITING
    amendment = _moved(amendment, Move.REFUSE)
    if waits:
        _refuse_others(amendment, holder)
    else:
        refuse_strangers(holder)
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise Refusals({"answer": texts.say("schools.Error_Meals_Answer")})
    amendment.answer = reason.strip()
    return _closed(amendment, by=by, now=now)


@transaction.atomic
def withdraw_amendment(amendment: Amendment, *, by: User, now: datetime) -> Amendment:
    """Take back what one asked oneself and nobody has decided. Raises NotTheirs, Decided."""
    amendment = hold(amendment)
    if amendment.is_open and not rules.may_withdraw(amendment, by):
        raise NotTheirs(texts.say("schools.Error_Meals_NotTheirs"))
    return _closed(_moved(amendment, Move.WITHDRAW), by=by, now=now)


def _moved(amendment: Amendment, move: Move) -> Amendment:
    """The amendment, held, in the state that ``move`` leads to; not yet kept."""
    amendment = hold(amendment)
    after = MOVES[amendment.state].get(move)
    if after is None:
        raise Decided(texts.say("schools.Error_Meals_Decided"))
    amendment.state = after
    return amendment


def _refuse_others(amendment: Amendment, holder: Holder) -> None:
    if not queries.may_authorise(holder, amendment):
        raise NotTheirs(texts.say("schools.Error_Meals_NotTheirs"))


def _pupil_of(amendment: Amendment) -> Pupil:
    assert amendment.pupil  # the table has it so
    return amendment.pupil


def _as_asked(amendment: Amendment) -> Details:
    """What the list says now, with just what the school asked to have changed."""
    before, after = Details.from_json(amendment.before), Details.from_json(amendment.details)
    changes = {name: getattr(after, name) for name in changed_fields(before, after)}
    return replace(details_of(on_the_list(_pupil_of(amendment))), **changes)


def _closed(amendment: Amendment, *, by: User, now: datetime) -> Amendment:
    amendment.closed_by, amendment.closed_at = by, now
    amendment.save()
    _record(amendment.state, amendment, by=by, now=now)
    if amendment.asked_by_id != by.pk:
        telling.tell_asker(amendment, now=now)
    return amendment


def _record(what: str, amendment: Amendment, **how: Any) -> None:
    child = amendment.pupil.child_id if amendment.pupil else None
    detail = {"kind": amendment.kind, "school": amendment.school_id}
    audit.record(f"meals.amendment_{what}", about=amendment, child=child, detail=detail, **how)
