"""Census days that the authority sets itself (SY-060)."""

from datetime import date, datetime

from django.db import transaction

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold_name
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User

from .. import rules
from ..census import days
from ..models import Changed


class NotSetting(Refusal):
    """Only an administrator of the authority sets census days."""


@transaction.atomic
def set_day(key: str, year: int, day: date | None, *, holder: Holder, by: User, now: datetime) -> None:
    """Set the census day of a collection; None goes back to the day worked out.

    Raises NotSetting, and a Refusal with the field ``day``.
    """
    if not rules.sets_days(holder):
        raise NotSetting(texts.say("schools.Error_Returns_NotSetting"))
    if day is not None and days.school_year(day) != year:
        raise Refusal(texts.say("schools.Error_Returns_DayYear"), field="day")
    if day is not None and day.weekday() > days.FRIDAY:
        raise Refusal(texts.say("schools.Error_Returns_DayWeekend"), field="day")
    hold_name(f"returns-day:{key}:{year}")
    if day is None or day == days.census_day(key, year):
        Changed.objects.filter(key=key, year=year).delete()
    else:
        told = {"census_on": day, "by": by, "at": now}
        Changed.objects.update_or_create(key=key, year=year, defaults=told)
    detail = {"collection": f"{key} {year}", "day": str(day or "")}
    audit.record("returns.day_set", by=by, about=("returns.collection", key), now=now, detail=detail)
