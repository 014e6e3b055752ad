"""Who loads the lists, and when schools see offers. Pure."""

from datetime import date

from guildhall.foundation.access.holder import Holder

from .models import Round

SYSTEM = "online-admissions"
TEAM = "admissions"
YEARS_KEPT = 2
"""After the school year in which the places began."""


def loads_lists(holder: Holder) -> bool:
    """Whether ``holder`` is of the council's team that loads the lists."""
    return TEAM in holder.services


def shows_offers(found: Round, *, today: date) -> bool:
    """Whether schools see what was offered, not only who applied."""
    return found.offers_on is None or found.offers_on <= today
