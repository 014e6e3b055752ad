"""Who keeps the catalogue, and what is offered when. Pure."""

from datetime import date

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.access.permissions import Permission

from .models import Service


def keeps_catalogue(holder: Holder) -> bool:
    """Whether ``holder`` keeps what the council sells to schools, and answers what they ask."""
    return holder.may(Permission.KEEP_TRADED_SERVICES)


def is_offered(service: Service, today: date) -> bool:
    """Whether schools find the service: it is not retired, and its last day is not over."""
    return service.retired_at is None and (service.last_on is None or service.last_on >= today)
