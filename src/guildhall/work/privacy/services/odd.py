"""Going through the readings of a day for odd ones, and what came of each."""

from datetime import date, datetime
from itertools import islice

from django.db import transaction
from django.utils import timezone

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold, hold_name
from guildhall.foundation.kit.refusals import Refusal, Refusals
from guildhall.foundation.texts.queries import say
from guildhall.mail.messages import services as messages
from guildhall.people.accounts.models import User

from .. import odd, queries
from ..models import OddDay, OddReading

MOST_A_DAY = 500


class Reviewed(Refusal):
    """Somebody else said what came of it meanwhile."""


@transaction.atomic
def count_day(on: date, *, now: datetime) -> int:
    """Find the odd readings of ``on`` and keep them; how many. A second call finds nothing."""
    hold_name("privacy:odd")
    if OddDay.objects.filter(on=on).exists():
        return 0
    day = odd.day_of(on)
    found = [
        OddReading(
            rule=each.rule,
            on=on,
            reader=each.reader,
            child=each.child,
            children=each.children,
            count=each.count,
            entry=each.entry,
            found_at=now,
        )
        for each in islice(odd.findings(day), MOST_A_DAY)
    ]
    OddReading.objects.bulk_create(found)
    counted = OddDay.objects.create(on=on, readings=day.readings, counted_at=now)
    audit.record("privacy.odd_counted", by=None, about=counted, now=now, detail={"found": len(found)})
    return len(found)


@transaction.atomic
def tell_of_the_week(*, now: datetime) -> None:
    """Write once a week to whoever reads the audit how many odd readings wait; to nobody while none do."""
    waiting = OddReading.objects.filter(reviewed_at=None).count()
    year, week, _ = timezone.localdate(now).isocalendar()
    for reader in queries.readers_of_the_audit() if waiting else ():
        key = f"odd-week:{year}-{week}:{reader.pk}"
        messages.send_text("OddWeek", to=reader, key=key, now=now, count=waiting)


@transaction.atomic
def review_odd(found: OddReading, *, outcome: str, note: str, by: User, now: datetime) -> OddReading:
    """Say what came of it. Nobody reviews their own readings. Raises Reviewed, and Refusals."""
    found = hold(found)
    if found.reviewed_at:
        raise Reviewed(say("administration.Error_Odd_Reviewed"))
    problems = {}
    if found.reader == by.pk:
        problems["outcome"] = say("administration.Error_Odd_Own")
    elif outcome not in OddReading.Outcome.values:
        problems["outcome"] = say("administration.Error_Odd_Outcome")
    if not note:
        problems["note"] = say("administration.Error_Odd_Note")
    if problems:
        raise Refusals(problems)
    found.outcome, found.note = outcome, note[:2_000]
    found.reviewed_at, found.reviewed_by = now, by
    found.save(update_fields=["outcome", "note", "reviewed_at", "reviewed_by"])
    audit.record("privacy.odd_reviewed", by=by, about=found, now=now, detail={"outcome": outcome})
    return found
