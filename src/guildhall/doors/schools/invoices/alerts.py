"""What became of the batches that somebody sent. An alert names no supplier."""

from datetime import datetime
from typing import cast

from django.urls import reverse

from guildhall.foundation.texts.queries import say
from guildhall.work.invoices import queries

from ..alerting import Alert, Asking


def answers(asking: Asking) -> list[Alert]:
    """Batches of this person that the council accepted or returned."""
    return [
        Alert(
            say(f"schools.Alert_Invoices_{one.state.title()}", reference=one.reference),
            reverse("schools:invoices-batch", args=[one.reference]),
            cast(datetime, one.closed_at),
            key=f"invoices-{one.pk}-{one.state}",
            more=one.answer,
        )
        for one in queries.answered_to(asking.place.user, asking.place.school_id)
    ]
