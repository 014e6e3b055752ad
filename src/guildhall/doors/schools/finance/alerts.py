"""New statements, and returns that wait. An alert names no amount."""

from datetime import datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone

from guildhall.foundation.texts.queries import say
from guildhall.work.schoolfinance import queries
from guildhall.work.schoolfinance.wording import month_words

from ..alerting import Alert, Asking

RECENTLY = timedelta(days=30)


def published(asking: Asking) -> list[Alert]:
    """Statements that were published or corrected of late."""
    rows = queries.newest_of(asking.holder, asking.place.school_id, since=asking.now - RECENTLY)
    return [
        Alert(
            say(
                "schools.Alert_FinanceCorrected" if one.version > 1 else "schools.Alert_FinancePublished",
                month=month_words(one.month),
            ),
            reverse("schools:finance-statement", args=[one.pk]),
            one.published_at,
            key=f"finance-{one.pk}",
        )
        for one in rows
    ]


def waiting(asking: Asking) -> list[Alert]:
    """Returns that the school has not sent, or must correct; they stand until they are sent."""
    today = timezone.localdate(asking.now)
    found = queries.waiting_at(asking.holder, asking.place.school_id)
    return [
        Alert(
            say(f"schools.Alert_Finance{queries.state_of(one, today=today).title()}", title=one.asked.called),
            reverse("schools:finance-return", args=[one.pk]),
            min(asking.now, timezone.make_aware(datetime.combine(one.asked.due_on, time())))
            if one.asked.due_on < today
            else one.asked.asked_at,
        )
        for one in found
    ]
