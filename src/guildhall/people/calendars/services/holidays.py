"""The bank holidays of the authority."""

from datetime import date, datetime

from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.lists import services as lists
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.models import User

from ..models import BankHoliday


class IsHoliday(Refusal):
    """The day is a bank holiday already."""


@transaction.atomic
def add_bank_holiday(day: date, *, en: str, cy: str, by: User, now: datetime) -> BankHoliday:
    """Close every school on ``day``. Raises Refusals for its name, IsHoliday."""
    added, made = BankHoliday.objects.get_or_create(
        day=day, defaults={"name": lists.named({"en": en, "cy": cy})}
    )
    if not made:
        raise IsHoliday(say("schools.Error_Holiday_Taken", name=added.called), field="day")
    audit.record("calendars.holiday_added", by=by, about=added, now=now)
    return added


@transaction.atomic
def remove_bank_holiday(holiday: BankHoliday, *, by: User, now: datetime) -> None:
    """Let the day count as a school day again, where it is in a term."""
    audit.record("calendars.holiday_removed", by=by, about=holiday, now=now, detail={"day": str(holiday.day)})
    holiday.delete()
