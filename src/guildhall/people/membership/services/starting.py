"""Starting a school off: the council adds its first supervisor, who adds everybody else."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from guildhall.foundation.access.holder import Holder
from guildhall.people.accounts.models import User
from guildhall.people.organisations.models import Establishment

from ..models import SchoolPlace
from . import places, seats


@transaction.atomic
def start_person(
    given: places.Given,
    *,
    school: Establishment,
    supervises: bool,
    holder: Holder,
    by: User,
    now: datetime,
) -> SchoolPlace:
    """Add somebody to ``school``; ``supervises``: as its supervisor, with whom a school starts off.

    Raises places.NotYours, places.AlreadyHere, seats.NoSeat, seats.MayNotAppoint.
    """
    added = places.add_person(replace(given, schools=frozenset([school.pk])), holder=holder, by=by, now=now)
    if not supervises:
        return added[0]
    return seats.appoint_supervisor(added[0], holder=holder, by=by, now=now)
