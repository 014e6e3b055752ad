"""Reporting that a school must close, and what becomes of it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold, hold_name
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.speech import day as spoken
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.models import User
from guildhall.people.organisations.models import Establishment

from .. import queries, rules
from ..days import SATURDAY, Span, Unpublished
from ..models import Closure, ClosureChange, ClosureReason

Act = ClosureChange.Act


class Overlaps(Refusal):
    """The school reported another closure for some of these days."""


class NoSession(Refusal):
    """No session is lost: the school is closed on these days anyway."""


class NotOpen(Refusal):
    """It is over, or was withdrawn, and cannot change any more."""


@dataclass(frozen=True)
class Told:
    """What a school says of a closure; the names are the fields of Closure."""

    first_on: date
    last_on: date
    reason: ClosureReason
    part: str = ""
    words: str = ""
    from_afternoon: bool = False
    until_midday: bool = False


@transaction.atomic
def report_closure(school: Establishment, *, told: Told, key: UUID, by: User, now: datetime) -> Closure:
    """Note that the school must close; the same ``key`` again returns what was reported then.

    Raises Refusal for days that cannot be, NoSession, Overlaps.
    """
    hold_name(f"closures:{school.pk}")
    if known := Closure.objects.filter(key=key, school=school).first():
        return known
    _refuse_days(told.first_on, told.last_on, today=timezone.localdate(now))
    closure = Closure(key=key, school=school, sessions=0, reported_by=by, reported_at=now, **vars(told))
    _settle(closure)
    closure.save()
    return _note(closure, Act.REPORTED, by=by, now=now)


@transaction.atomic
def extend_closure(
    closure: Closure, *, last_on: date, until_midday: bool, by: User, now: datetime
) -> Closure:
    """Let it last longer; it may do so already. Raises NotOpen, Refusal, Overlaps."""
    closure, today = _held(closure), timezone.localdate(now)
    if (closure.last_on, closure.until_midday) == (last_on, until_midday):
        return closure
    if not rules.may_extend(closure, today):
        raise NotOpen(say("schools.Error_Closure_Over"))
    if (last_on, not until_midday) < (closure.last_on, not closure.until_midday):
        told = say("schools.Error_Closure_NotLater", day=spoken(closure.last_on))
        raise Refusal(told, field="closure_last")
    _refuse_days(closure.first_on, last_on, today=today, late=False)
    closure.last_on, closure.until_midday = last_on, until_midday
    _settle(closure)
    closure.save(update_fields=["last_on", "until_midday", "sessions"])
    return _note(closure, Act.EXTENDED, by=by, now=now)


@transaction.atomic
def end_closure(closure: Closure, *, last_on: date, until_midday: bool, by: User, now: datetime) -> Closure:
    """Let it be over after ``last_on``; it may be so already. Raises NotOpen, Refusal, NoSession."""
    closure, today = _held(closure), timezone.localdate(now)
    if closure.ended_at and (closure.last_on, closure.until_midday) == (last_on, until_midday):
        return closure
    if not rules.may_end(closure, today):
        raise NotOpen(say("schools.Error_Closure_Over"))
    if (last_on, not until_midday) > (closure.last_on, not closure.until_midday):
        raise Refusal(say("schools.Error_Closure_NotEarlier", day=spoken(closure.last_on)), field="opens_on")
    if last_on < closure.first_on:
        raise Refusal(say("schools.Error_Closure_Before", day=spoken(closure.first_on)), field="opens_on")
    closure.last_on, closure.until_midday = last_on, until_midday
    closure.ended_at, closure.ended_by = now, by
    _settle(closure)
    closure.save(update_fields=["last_on", "until_midday", "sessions", "ended_at", "ended_by"])
    return _note(closure, Act.ENDED, by=by, now=now)


@transaction.atomic
def withdraw_closure(closure: Closure, *, by: User, now: datetime) -> Closure:
    """Say that it was reported by mistake; it may be said already. Raises NotOpen."""
    closure = _held(closure)
    if closure.withdrawn_at is not None:
        return closure
    if not rules.may_withdraw(closure, timezone.localdate(now)):
        raise NotOpen(say("schools.Error_Closure_Over"))
    closure.withdrawn_at, closure.withdrawn_by = now, by
    closure.save(update_fields=["withdrawn_at", "withdrawn_by"])
    return _note(closure, Act.WITHDRAWN, by=by, now=now)


def _held(closure: Closure) -> Closure:
    hold_name(f"closures:{closure.school_id}")
    return hold(closure)


def _refuse_days(first_on: date, last_on: date, *, today: date, late: bool = True) -> None:
    if late and not today - rules.LATE_REPORT <= first_on <= today + rules.EARLY_REPORT:
        raise Refusal(say("schools.Error_Closure_Far"), field="closure_first")
    if last_on < first_on:
        raise Refusal(say("schools.Error_Closure_Order"), field="closure_last")
    if last_on - first_on > rules.LONGEST_CLOSURE:
        raise Refusal(say("schools.Error_Closure_Long"), field="closure_last")


def _settle(closure: Closure) -> None:
    """Count the sessions that are lost. Raises Overlaps, NoSession."""
    span = closure.span
    others = Closure.objects.filter(school=closure.school_id, withdrawn_at=None).exclude(pk=closure.pk)
    if other := others.filter(first_on__lte=span.last_on, last_on__gte=span.first_on).first():
        dates = {"first": spoken(other.first_on), "last": spoken(other.last_on)}
        raise Overlaps(say("schools.Error_Closure_Overlaps", **dates), field="closure_first")
    closure.sessions = sum(map(closure.lost, _school_days(closure.school_id, span)))
    if not closure.sessions:
        raise NoSession(say("schools.Error_Closure_NoSession"), field="closure_first")


def _school_days(school_id: int, span: Span) -> list[date]:
    """The days on which the school would be open; every weekday while its dates are not published."""
    try:
        open_ = queries.days_of(school_id, span, closures=False)
        return [day for day in span if day in open_]
    except Unpublished:
        return [day for day in span if day.weekday() < SATURDAY]


def _note(closure: Closure, act: str, *, by: User, now: datetime) -> Closure:
    ClosureChange.objects.create(
        closure=closure,
        act=act,
        last_on=closure.last_on,
        until_midday=closure.until_midday,
        sessions=closure.sessions,
        by=by,
        at=now,
    )
    audit.record(f"calendars.closure_{act}", by=by, about=closure, now=now)
    return closure
