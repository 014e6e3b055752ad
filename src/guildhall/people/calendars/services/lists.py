"""The authority's lists: bank holidays, and the reasons for which schools close."""

from datetime import date, datetime

from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.ordering import end_of, swapped
from guildhall.foundation.kit.refusals import Refusal, Refusals
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.models import User

from ..models import BankHoliday, ClosureReason

LONGEST_NAME = 60


class Taken(Refusal):
    """The list has this already."""


def _named(en: str, cy: str) -> dict[str, str]:
    """Both names. Raises Refusals for one that is missing or too long."""
    name = {"en": en, "cy": cy}
    problems = {
        code: say(f"schools.Error_Named_{code}", most=LONGEST_NAME)
        for code, said in name.items()
        if not 0 < len(said) <= LONGEST_NAME
    }
    if problems:
        raise Refusals(problems)
    return name


@transaction.atomic
def add_bank_holiday(day: date, *, en: str, cy: str, by: User, now: datetime) -> BankHoliday:
    """Close every school on ``day``. Raises Refusals for its name, Taken."""
    added, made = BankHoliday.objects.get_or_create(day=day, defaults={"name": _named(en, cy)})
    if not made:
        raise Taken(say("schools.Error_Holiday_Taken", name=added.called), field="day")
    audit.record("calendars.holiday_added", by=by, about=added, now=now)
    return added


@transaction.atomic
def remove_bank_holiday(holiday: BankHoliday, *, by: User, now: datetime) -> None:
    """Let the day count as a school day again, where it is in a term."""
    audit.record("calendars.holiday_removed", by=by, about=holiday, now=now, detail={"day": str(holiday.day)})
    holiday.delete()


@transaction.atomic
def add_reason(*, en: str, cy: str, by: User, now: datetime) -> ClosureReason:
    """Put a reason at the end of the list. Raises Refusals for its name, Taken."""
    added = ClosureReason(name=_reason(en, cy), position=end_of(ClosureReason.objects.all()))
    added.save()
    audit.record("calendars.reason_added", by=by, about=added, now=now)
    return added


@transaction.atomic
def rename_reason(reason: ClosureReason, *, en: str, cy: str, by: User, now: datetime) -> None:
    """Call it otherwise, in closures of the past too. Raises Refusals for its name, Taken."""
    reason = hold(reason)
    reason.name = _reason(en, cy, without=reason)
    reason.save(update_fields=["name"])
    audit.record("calendars.reason_changed", by=by, about=reason, now=now)


def _reason(en: str, cy: str, *, without: ClosureReason | None = None) -> dict[str, str]:
    name = _named(en, cy)
    others = ClosureReason.objects.exclude(pk=without.pk if without else 0)
    if en.lower() in {one["en"].lower() for one in others.values_list("name", flat=True)}:
        raise Taken(say("schools.Error_Reason_Taken"), field="en")
    return name


@transaction.atomic
def retire_reason(reason: ClosureReason, *, by: User, now: datetime) -> None:
    """Offer it no more; closures keep it."""
    if ClosureReason.objects.filter(pk=reason.pk, retired_at=None).update(retired_at=now):
        audit.record("calendars.reason_retired", by=by, about=reason, now=now)


@transaction.atomic
def bring_back_reason(reason: ClosureReason, *, by: User, now: datetime) -> None:
    """Offer it again."""
    if ClosureReason.objects.filter(pk=reason.pk, retired_at__isnull=False).update(retired_at=None):
        audit.record("calendars.reason_back", by=by, about=reason, now=now)


@transaction.atomic
def move_reason(reason: ClosureReason, *, up: bool, by: User, now: datetime) -> None:
    """Let it change places with its neighbour; the first and the last stay where they are."""
    if moved := swapped(ClosureReason.objects.all(), reason, up=up):
        ClosureReason.objects.bulk_update(moved, ["position"])
        audit.record("calendars.reason_moved", by=by, about=reason, now=now)
