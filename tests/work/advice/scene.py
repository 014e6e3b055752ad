"""A child on whose involvement a teacher is authenticated, and requests of them."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from guildhall.people.accounts.models import User
from guildhall.records.children.models import Child
from guildhall.records.chronology.models import Entry
from guildhall.work.advice import services
from guildhall.work.advice.models import Requested
from guildhall.work.advice.told import Told
from guildhall.work.sharing.models import PortalUser
from guildhall.work.sharing.services import Details
from tests.standing import NOON, a_professional, an_officer
from tests.work.sharing.scene import an_entry, child_of, on_involvement

TODAY = NOON.date()
DUE = TODAY + timedelta(days=20)
TEACHER = Details("SENCO", authenticated=True, reason="The school confirmed the account")
DETAILS = "Your advice on how she reads."


def a_teacher_on(entry: Entry, details: Details = TEACHER) -> PortalUser:
    return on_involvement(entry, a_professional(), details)


def told(**changes: Any) -> Told:
    values: dict[str, Any] = {"details": DETAILS, "due_on": DUE}
    return Told(**values | changes)


def a_request(
    entry: PortalUser | None = None,
    *,
    child: Child | None = None,
    by: User | None = None,
    now: datetime = NOON,
    **changes: Any,
) -> Requested:
    """Asked of ``entry``, by default the teacher of a child of its own, who was told of it today."""
    if entry is None and child is None:
        entry = a_teacher_on(an_entry())
    child = child or (entry and entry.involvement.child)
    assert child is not None
    asked = told(**{"portal_user": entry, "notified_on": TODAY} | changes)
    return services.add_request(child, asked, key=uuid4(), by=by or an_officer(), now=now)


def a_request_without_account(**changes: Any) -> Requested:
    """Asked by letter of a doctor who has no account."""
    return a_request(child=child_of(an_entry()), **{"name": "Dr Okafor", "role": "Paediatrician"} | changes)


def at(day: date) -> datetime:
    """Nine in the morning of a day."""
    return NOON.replace(year=day.year, month=day.month, day=day.day, hour=9)
