"""What a school keeps of its calendar itself."""

from collections.abc import Iterable
from datetime import date, datetime, time
from itertools import pairwise

from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold_name
from guildhall.foundation.kit.meanwhile import refuse_stale, stamp_of
from guildhall.foundation.kit.refusals import Refusal, Refusals
from guildhall.foundation.kit.speech import day as spoken
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.models import User
from guildhall.people.organisations.models import Establishment

from .. import queries, rules
from ..days import Span, bounds_of
from ..models import SessionTimes, TrainingDay

MORNING, AFTERNOON = ("morning_from", "morning_until"), ("afternoon_from", "afternoon_until")


@transaction.atomic
def set_times(
    school: Establishment, *, times: dict[str, time], seen: str | None = None, by: User, now: datetime
) -> SessionTimes:
    """Say when the two sessions of a day begin and end; ``times`` has the four fields of SessionTimes.

    ``seen``: the stamp of those that the page showed, if any. Raises Refusals for times that do not follow
    each other, ChangedMeanwhile.
    """
    order = [*MORNING, *AFTERNOON]
    late = [
        later
        for earlier, later in pairwise(order)
        if times[later] < times[earlier] or (times[later] == times[earlier] and later != AFTERNOON[0])
    ]
    if late:
        raise Refusals({field: say("schools.Error_Times_Order") for field in late})
    hold_name(f"times:{school.pk}")
    refuse_stale(seen, queries.stamp_of_times(queries.times_of(school.pk)), say("shared.Error_Meanwhile"))
    kept, _ = SessionTimes.objects.update_or_create(school=school, defaults=times)
    audit.record("calendars.times_set", by=by, about=school, now=now)
    return kept


@transaction.atomic
def set_training_days(
    school: Establishment,
    *,
    year: int,
    days: Iterable[date],
    seen: str | None = None,
    by: User | None,
    now: datetime,
) -> list[TrainingDay]:
    """Make these the training days of the school in a school year, and no others.

    ``seen``: the stamp of those that the page showed, if any. Raises Refusal for too many, and for one at the
    weekend, on a bank holiday or in another year; ChangedMeanwhile.
    """
    wanted = set(days)
    if len(wanted) > rules.MOST_TRAINING_DAYS:
        raise Refusal(say("schools.Error_Training_Many", most=rules.MOST_TRAINING_DAYS), field="training_1")
    within = Span(*bounds_of(year))
    holidays = queries.bank_holidays(within)
    for day in sorted(wanted):
        if not rules.is_training_day(day, year=year, holidays=frozenset(one.day for one in holidays)):
            raise Refusal(say("schools.Error_Training_Day", day=spoken(day)), field="training_1")
    hold_name(f"training:{school.pk}")
    refuse_stale(seen, stamp_of(queries.training_days(school.pk, within)), say("shared.Error_Meanwhile"))
    TrainingDay.objects.filter(school=school, day__range=(within.first_on, within.last_on)).delete()
    kept = [TrainingDay(school=school, day=day) for day in sorted(wanted)]
    TrainingDay.objects.bulk_create(kept)
    audit.record("calendars.training_set", by=by, about=school, now=now, detail={"year": year})
    return kept
