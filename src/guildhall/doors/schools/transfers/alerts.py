"""Files that wait to be downloaded. An alert names no pupil."""

from datetime import datetime
from typing import cast

from django.urls import reverse

from guildhall.foundation.texts.queries import say
from guildhall.work.transfers import queries

from ..alerting import MOST, Alert, Asking
from .shown import source_words


def waiting(asking: Asking) -> list[Alert]:
    """Files that came and nobody has downloaded; they stand until somebody does."""
    return [
        Alert(
            say("schools.Alert_Transfer", sender=source_words(one)),
            reverse("schools:transfer", args=[one.pk]),
            cast(datetime, one.claimed_at or one.sent_at),
        )
        for one in queries.waiting_at(asking.holder, asking.place.school_id)[:MOST]
    ]
