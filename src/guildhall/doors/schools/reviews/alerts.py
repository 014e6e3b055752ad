"""What waits for whoever keeps the school's annual reviews. An alert names no pupil."""

from datetime import datetime, time, timedelta
from typing import cast

from django.urls import reverse
from django.utils import timezone

from guildhall.foundation.kit import speech
from guildhall.foundation.texts.queries import say
from guildhall.work.annualreviews import queries, rules

from ..alerting import MOST, Alert, Asking

RECENTLY = timedelta(days=30)


def due(asking: Asking) -> list[Alert]:
    """Reviews due within eight weeks, or overdue, with no meeting planned; reports that are due."""
    today = timezone.localdate(asking.now)
    found = []
    for one in queries.due_at(asking.holder, asking.place.school_id, today=today)[:MOST]:
        late = "Overdue" if one.due_on < today else "Due"
        words = say(f"schools.Alert_SenReview_{late}", day=speech.day(one.due_on))
        since = one.due_on - rules.AHEAD
        found.append(Alert(words, _address(one.pk), _at(since)))
    for one in queries.reports_late_at(asking.holder, asking.place.school_id, today=today)[:MOST]:
        by = one.meeting_on + rules.REPORT
        words = say("schools.Alert_SenReview_Report", day=speech.day(by))
        found.append(Alert(words, _address(one.pk), _at(by)))
    return found


def decided(asking: Asking) -> list[Alert]:
    """What the authority decided of late."""
    since = timezone.localdate(asking.now - RECENTLY)
    rows = queries.decided_at(asking.holder, asking.place.school_id, since=since)
    return [
        Alert(
            say("schools.Alert_SenReview_Decided"),
            _address(one.plan_id),
            cast(datetime, one.decided_at),
            key=f"sen-review-{one.pk}-{int(cast(datetime, one.decided_at).timestamp())}",
        )
        for one in rows[:MOST]
    ]


def _address(plan: int) -> str:
    return reverse("schools:review-pupil", args=[plan])


def _at(day: object) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9)))  # type: ignore[arg-type]
