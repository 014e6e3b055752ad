"""Who answers for a duty at a school, and who covers for them until when."""

from datetime import date, datetime

from django.db import transaction

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User
from guildhall.people.organisations.models import Establishment

from .. import rules
from ..models import Duty, SchoolPlace
from . import records


class BadDuty(Refusal):
    """The duty cannot be given like this."""


@transaction.atomic
def give_duty(
    place: SchoolPlace,
    *,
    key: str,
    first_on: date,
    last_on: date | None,
    covers: bool,
    holder: Holder,
    by: User | None,
    now: datetime,
) -> Duty:
    """Let ``place`` answer for the duty ``key`` (a Duty.Key) from ``first_on``, until ``last_on`` included.

    Without ``covers`` it is handed over: whoever held it ends. Cover needs a last day. Raises BadDuty.
    """
    Establishment.objects.select_for_update().get(pk=place.school_id)
    place = hold(place)
    if not rules.supervises(holder, place.school_id) or place.membership.ended_at is not None:
        raise BadDuty(texts.say("schools.Error_NotYours"))
    _refuse_dates(first_on, last_on, covers, now.date())
    if not covers:
        held = Duty.objects.filter(school_id=place.school_id, key=key, covers=False, ended_at=None)
        held.update(ended_at=now)
    duty = Duty.objects.create(
        school_id=place.school_id, key=key, place=place, covers=covers, first_on=first_on, last_on=last_on
    )
    records.note(place, "covers" if covers else "duty", by=by, now=now, fields=[key])
    return duty


def _refuse_dates(first_on: date, last_on: date | None, covers: bool, today: date) -> None:
    if covers and last_on is None:
        raise BadDuty(texts.say("schools.Error_Duty_LastOn_Required"), field="last_on")
    if last_on is not None and last_on < max(first_on, today):
        raise BadDuty(texts.say("schools.Error_Duty_LastOn_Early"), field="last_on")


@transaction.atomic
def end_duty(duty: Duty, *, holder: Holder, by: User, now: datetime) -> None:
    """End a duty or a cover before it runs out. Raises BadDuty."""
    duty = hold(duty)
    if not rules.supervises(holder, duty.school_id):
        raise BadDuty(texts.say("schools.Error_NotYours"))
    if duty.ended_at is None:
        Duty.objects.filter(pk=duty.pk).update(ended_at=now)
        records.note(duty.place, "duty_ended", by=by, now=now, fields=[duty.key])
