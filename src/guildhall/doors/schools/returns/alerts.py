"""What waits for somebody about their school's returns. An alert names no pupil."""

from django.urls import reverse
from django.utils import timezone

from guildhall.foundation.texts.queries import say
from guildhall.work.returns import queries, rules
from guildhall.work.returns.models import Return
from guildhall.work.returns.wording import collection_name

from ..alerting import Alert, Asking

State = Return.State


def waiting(asking: Asking) -> list[Alert]:
    """Returns that wait for this headteacher's approval, and those that the council returned."""
    today = timezone.localdate(asking.now)
    approves = rules.approves(asking.place, today=today)
    sends = rules.sends(asking.place)
    wanted = [State.SUBMITTED] * approves + [State.RETURNED] * sends
    rows = queries.returns_of(asking.place, today=today).filter(state__in=wanted) if wanted else []
    return [
        Alert(
            say(f"schools.Alert_Returns_{one.state.title()}", collection=collection_name(one.key, one.year)),
            reverse("schools:returns-return", args=[one.pk]),
            one.changed_at,
            more=one.answer,
        )
        for one in rows
    ]
