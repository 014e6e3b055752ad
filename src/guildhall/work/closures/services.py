"""What a school tells of a closure, kept and told to the officers in one transaction."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts.queries import say
from guildhall.mail.messages import services as messages
from guildhall.people.accounts.models import User
from guildhall.people.calendars import services as calendars
from guildhall.people.calendars.models import Closure, ClosureChange
from guildhall.people.organisations.models import Establishment

from . import queries
from .form import told_in
from .wording import dates_of

Act = ClosureChange.Act


@transaction.atomic
def report(school: Establishment, *, told: calendars.Told, key: UUID, by: User, now: datetime) -> Closure:
    """Keep that the school must close. Raises what calendars.report_closure raises."""
    closure = calendars.report_closure(school, told=told, key=key, by=by, now=now)
    return _tell(closure, Act.REPORTED, now)


@transaction.atomic
def extend(closure: Closure, *, last_on: date, until_midday: bool, by: User, now: datetime) -> Closure:
    """Let it last longer. Raises what calendars.extend_closure raises."""
    longer = calendars.extend_closure(closure, last_on=last_on, until_midday=until_midday, by=by, now=now)
    return _tell(longer, Act.EXTENDED, now)


@transaction.atomic
def end(closure: Closure, *, last_on: date, until_midday: bool, by: User, now: datetime) -> Closure:
    """Let the school open sooner. Raises what calendars.end_closure raises."""
    ended = calendars.end_closure(closure, last_on=last_on, until_midday=until_midday, by=by, now=now)
    return _tell(ended, Act.ENDED, now)


@transaction.atomic
def withdraw(closure: Closure, *, by: User, now: datetime) -> Closure:
    """Say that it was reported by mistake. Raises what calendars.withdraw_closure raises."""
    return _tell(calendars.withdraw_closure(closure, by=by, now=now), Act.WITHDRAWN, now)


def report_form(
    school_id: int | None, *, answers: Mapping[str, Any], key: UUID, by: User, now: datetime
) -> Closure | None:
    """Keep the closure that a school reported with its form, if the form is that one (SC-097).

    None also where the calendar cannot take it, because the school reported it before or is closed on those
    days anyway: the form goes its way all the same.
    """
    told = told_in(answers)
    if school_id is None or told is None:
        return None
    school = Establishment.objects.get(pk=school_id)
    try:
        return report(school, told=told, key=key, by=by, now=now)
    except Refusal:
        return None


def _tell(closure: Closure, act: str, now: datetime) -> Closure:
    """Write to every officer who keeps the calendars, once about each change."""
    change = f"{closure.pk}:{act}:{closure.last_on}:{closure.until_midday}"
    for officer in queries.officers():
        language = officer.language
        messages.send_text(
            "SchoolClosure",
            to=officer,
            key=f"closure:{change}:{officer.pk}",
            now=now,
            sensitive=False,
            school=closure.school.name,
            what=say(f"schools.ClosureTold_{act}", language),
            dates=dates_of(closure, language),
            extent=say(f"schools.Closure_{'Part' if closure.part else 'Whole'}", language),
            reason=closure.reason.name[language],
            link=reverse("administration:closures"),
        )
    return closure
