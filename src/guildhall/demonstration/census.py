"""Census returns of the demonstration's schools: one with errors, one with queries and one authorised."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from guildhall.people.membership import services as membership
from guildhall.people.membership.models import SchoolPlace
from guildhall.people.membership.queries import holder_for
from guildhall.work.returns import collections, services, tasks
from guildhall.work.returns.collections import Collection
from guildhall.work.returns.models import Found, Return

from .cast import Cast
from .census_files import Plan, pupil, whole, xml
from .responsibilities import place_of

SENDERS = (
    ("nerys@ysgol.example.org", 990001, "elin@ysgol.example.org"),
    ("tracey@school.example.org", 990009, "harri@school.example.org"),
)
"""Who sends, at which school, and the approver who lets them."""

ODD = {"PupilStatus": {"NCyearActual": "3"}}
WRONG = [
    {"PupilIdentifiers": {"Surname": None}},
    {"PupilIdentifiers": {"UPN": "A123"}},
    {"PupilStatus": {"PartTime": "1"}},
]


@transaction.atomic
def send_censuses(cast: Cast, *, now: datetime) -> None:
    """Let two schools send what is live now, and one have its return of the term before authorised."""
    for email, urn, approver in SENDERS:
        by = place_of(approver, urn).user
        how: dict[str, Any] = {"holder": holder_for(by, verified=True), "by": by}
        place = place_of(email, urn)
        membership.choose_services(place, ["data-collections"], now=now - timedelta(days=100), **how)
    nerys, tracey = (place_of(email, urn) for email, urn, _approver in SENDERS)
    elin = place_of("elin@ysgol.example.org", 990001)
    today = timezone.localdate(now)
    come = [one for one in collections.near(today) if one.is_school_census and one.live_from < now]
    if not come:
        return
    last, earlier = come[-1], collections.before(come[-1])
    _authorised(cast, nerys, elin, earlier)
    at = last.live_from + timedelta(hours=2)
    _sent(nerys, last, [ODD], at)
    _sent(tracey, last, WRONG, at)


def _authorised(cast: Cast, sender: SchoolPlace, head: SchoolPlace, one: Collection) -> None:
    """A return that went all the way, with a query explained that comes again."""
    at = one.live_from + timedelta(hours=3)
    own = _sent(sender, one, [ODD], at)
    for found in Found.objects.filter(of=own, is_error=False):
        services.explain(found, "Checked with the class teacher and the office.", place=sender, now=at)
    own = services.submit(own, place=sender, now=at)
    own = services.approve(own, place=head, now=at + timedelta(hours=1))
    joe = cast.staff["joe"]
    how: dict[str, Any] = {"holder": holder_for(joe, verified=True), "by": joe}
    services.authorise(own, now=at + timedelta(days=1), **how)


def _sent(place: SchoolPlace, one: Collection, changes: list[Any], at: datetime) -> Return:
    """A file that was uploaded and checked, as the worker would."""
    school = place.school
    estab = school.number or "2001"
    plan = Plan(one.key, one.year, school.urn, school.name, school.la_code or "936", estab, one.census_on)
    more = "".join(
        xml("PupilOnRoll", pupil(plan, 40 + number, change)) for number, change in enumerate(changes, start=1)
    )
    content = whole(plan, 40).replace(b"</PupilsOnRoll>", more.encode() + b"</PupilsOnRoll>")
    own = services.upload_file(place, one, Return.Area.LIVE, f"{one.key}-{one.year}.xml", content, now=at)
    assert own.upload is not None
    tasks.check_file({"upload": own.upload.pk}, task_key="", now=at)
    return Return.objects.get(pk=own.pk)
