"""Asking for other responsibilities, and what a supervisor answers."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.refusals import Refusal, Refusals
from guildhall.foundation.kit.typed import paragraphs
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User
from guildhall.people.membership.models import SchoolPlace

from .. import queries
from ..models import ChangeRequest, Level, Responsibility, Wish
from .giving import NotTheirs, refuse_others, settle, tell

Outcome = ChangeRequest.Outcome
REMIND_AFTER = timedelta(days=7)
MOST_AT_ONCE = 500
LONGEST_REASON = 500
END, NO = "end", "no"


class NothingAsked(Refusal):
    """What is asked is what the person has."""


class AlreadyClosed(Refusal):
    """The request was decided or taken back before."""


@transaction.atomic
def ask_for_change(
    place: SchoolPlace, *, wanted: Mapping[int, str], by: User, now: datetime
) -> ChangeRequest:
    """Ask the supervisors that ``by``, whose ``place`` it is, has just the ``wanted`` responsibilities.

    ``wanted``: responsibility id → the Level, or "" for the one held now or, of a new one, the supervisor's
    choice. It takes the place of what they asked before. Raises NotTheirs, NothingAsked.
    """
    place = hold(place)
    if place.user_id != by.pk or place.membership.ended_at is not None:
        raise NotTheirs(texts.say("schools.Error_Responsibilities_NotTheirs"))
    wishes = _differing(wanted, queries.levels_of(place))
    if not wishes:
        raise NothingAsked(texts.say("schools.Error_Responsibilities_Same"), field="wanted")
    ChangeRequest.objects.filter(place=place, closed_at=None).update(
        outcome=Outcome.WITHDRAWN, closed_at=now, closed_by=by
    )
    asked = ChangeRequest.objects.create(place=place, asked_at=now)
    for wish in wishes:
        wish.request = asked
    Wish.objects.bulk_create(wishes)
    audit.record("responsibilities.asked", by=by, about=asked, now=now)
    for supervisor in queries.other_supervisors(place):
        tell(supervisor.user, "Asked", key=str(asked.pk), now=now)
    return asked


def _differing(wanted: Mapping[int, str], held: Mapping[int, str]) -> list[Wish]:
    """What is wished otherwise than it is ``held``, in the order of the ids."""
    offered = {one.pk for one in queries.offered()}
    asked = {pk: level for pk, level in wanted.items() if pk in offered and level != held.get(pk)}
    new = [
        Wish(responsibility_id=pk, wanted=True, level=level)
        for pk, level in asked.items()
        if level in Level.values or pk not in held
    ]
    ending = [Wish(responsibility_id=pk, wanted=False) for pk in held if pk not in wanted]
    return sorted([*new, *ending], key=lambda wish: wish.responsibility_id)


@transaction.atomic
def withdraw_request(asked: ChangeRequest, *, by: User, now: datetime) -> None:
    """Take back what one asked oneself. Raises NotTheirs, AlreadyClosed."""
    asked = _open(asked)
    if asked.place.user_id != by.pk:
        raise NotTheirs(texts.say("schools.Error_Responsibilities_NotTheirs"))
    _close(asked, Outcome.WITHDRAWN, by=by, now=now)


@transaction.atomic
def decide_request(
    asked: ChangeRequest,
    *,
    answers: Mapping[int, str],
    reason: str,
    holder: Holder,
    by: User,
    now: datetime,
) -> list[Responsibility]:
    """Approve a request, all or in part, or refuse it.

    ``answers``: id of each wish → the Level for what is wanted, END for what is given up, or NO. Unless all
    of it is approved as it was asked, ``reason`` says why. Returns what assign returns. Raises NotTheirs,
    AlreadyClosed, and Refusals with the fields ``wish-<id>`` and ``reason``.
    """
    asked = _open(asked)
    place = hold(asked.place)
    refuse_others(place, holder)
    wishes = list(asked.wishes.select_related("responsibility"))
    _refuse_gaps(wishes, answers, reason)
    levels = queries.levels_of(place)
    for wish in wishes:
        wish.granted = answers[wish.pk] != NO
        if wish.granted and wish.wanted:
            levels[wish.responsibility_id] = answers[wish.pk]
        elif wish.granted:
            levels.pop(wish.responsibility_id, None)
    Wish.objects.bulk_update(wishes, ["granted"])
    _close(asked, _outcome(wishes, answers), reason=paragraphs(reason), by=by, now=now)
    crowded = settle(place, levels, by=by, now=now)
    if not any(wish.granted for wish in wishes):
        tell(place.user, "Refused", key=str(asked.pk), now=now)
    return crowded


def _open(asked: ChangeRequest) -> ChangeRequest:
    asked = hold(asked)
    if asked.closed_at is not None:
        raise AlreadyClosed(texts.say("schools.Error_Responsibilities_Closed"))
    return asked


def _refuse_gaps(wishes: list[Wish], answers: Mapping[int, str], reason: str) -> None:
    problems = {
        f"wish-{wish.pk}": texts.say("schools.Error_Wish", name=wish.responsibility.called)
        for wish in wishes
        if answers.get(wish.pk) not in ({*Level.values, NO} if wish.wanted else {END, NO})
    }
    least = 0 if all(_as_asked(wish, answers.get(wish.pk, "")) for wish in wishes) else 1
    if not problems and not least <= len(paragraphs(reason)) <= LONGEST_REASON:
        problems["reason"] = texts.say("schools.Error_Wish_Reason")
    if problems:
        raise Refusals(problems)


def _as_asked(wish: Wish, answer: str) -> bool:
    return answer != NO and wish.level in {"", answer}


def _outcome(wishes: list[Wish], answers: Mapping[int, str]) -> str:
    if all(_as_asked(wish, answers[wish.pk]) for wish in wishes):
        return Outcome.APPROVED
    return Outcome.PARTLY if any(wish.granted for wish in wishes) else Outcome.REFUSED


def _close(asked: ChangeRequest, outcome: str, *, reason: str = "", by: User, now: datetime) -> None:
    ChangeRequest.objects.filter(pk=asked.pk).update(
        outcome=outcome, reason=reason, closed_at=now, closed_by=by
    )
    audit.record("responsibilities.decided", by=by, about=asked, now=now, detail={"outcome": outcome})


@transaction.atomic
def remind_of_requests(*, now: datetime) -> int:
    """Tell supervisors of requests that have waited for seven days, and again every seven; says how many."""
    waiting = list(queries.undecided_since(now - REMIND_AFTER)[:MOST_AT_ONCE])
    for asked in waiting:
        for supervisor in queries.other_supervisors(asked.place):
            tell(supervisor.user, "Waiting", key=f"{asked.pk}:{now:%Y-%m-%d}", now=now)
    ChangeRequest.objects.filter(pk__in=[one.pk for one in waiting]).update(reminded_at=now)
    return len(waiting)
