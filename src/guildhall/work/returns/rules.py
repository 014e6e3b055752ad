"""Who sends, approves and handles returns, and what bounds there are."""

from datetime import date, timedelta

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.access.permissions import Permission
from guildhall.people.membership import school_queries, secure
from guildhall.people.membership.models import Duty, SchoolPlace

SERVICE = "data-collections"
MOST_BYTES = 60 * 1024 * 1024
KEPT = timedelta(days=365 * 2)
SHORTEST_NOTE = 5


def sends(place: SchoolPlace) -> bool:
    """Whether the person of ``place`` sends their school's returns."""
    return SERVICE in secure.services_of(place)


def approves(place: SchoolPlace, *, today: date) -> bool:
    """Whether they approve them: the headteacher, or whoever answers for that duty today."""
    if place.kind == SchoolPlace.Kind.HEADTEACHER:
        return True
    answering = school_queries.answering(place.school_id, Duty.Key.HEADTEACHER, on=today)
    return any(one.pk == place.pk for one in answering)


def reads(place: SchoolPlace, *, today: date) -> bool:
    return sends(place) or approves(place, today=today)


def handles(holder: Holder) -> bool:
    """Whether ``holder`` sees and authorises the returns of every school for the council."""
    return holder.may(Permission.HANDLE_RETURNS)


def sets_days(holder: Holder) -> bool:
    """Whether ``holder`` may set a census day: an administrator of the authority."""
    return holder.may(Permission.EDIT_SETTINGS)
