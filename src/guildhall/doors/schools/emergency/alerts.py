"""That the contacts are missing or old, for whoever keeps them."""

from django.urls import reverse

from guildhall.foundation.texts.queries import say
from guildhall.work.emergency import queries, rules

from ..alerting import Alert, Asking


def old(asking: Asking) -> list[Alert]:
    """One alert that stands until somebody has confirmed the contacts."""
    school_id = asking.place.school_id
    if not queries.keeps(asking.holder, school_id):
        return []
    sheet = queries.sheet_of(school_id)
    confirmed_at = sheet.confirmed_at if sheet else None
    if not rules.is_old(confirmed_at, now=asking.now):
        return []
    since = confirmed_at + rules.CONFIRMED_FOR if confirmed_at else asking.now
    return [Alert(say("schools.Alert_Emergency"), reverse("schools:emergency"), since)]
