"""The people of the demonstration's schools, their duties, and what its schools' site says."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from guildhall.people.accounts.models import User
from guildhall.people.membership import services as membership
from guildhall.people.membership.models import Duty, JobTitle, SchoolPlace
from guildhall.people.membership.queries import holder_for
from guildhall.people.organisations.models import Establishment
from guildhall.people.schoolsite import services as site

from .cast import Cast, script


@transaction.atomic
def fill_schools(cast: Cast, *, now: datetime) -> None:
    """Let people work at several of the schools; some work at two, or come to other doors besides."""
    council = cast.staff["owen"]
    places = {(row[0], row[3]): _place(row, council, now) for row in script()["school_people"]}
    _duties(places["nerys@ysgol.example.org", 990001], places["mair@ysgol.example.org", 990001], council, now)
    membership.record_account(
        places["elin@ysgol.example.org", 990001],
        as_=SchoolPlace.Recorded.HEAD,
        holder=holder_for(council, verified=True),
        by=council,
        now=now,
    )
    for kind, en, cy, days in script()["school_site"]:
        shown = {"first_on": now.date(), "last_on": now.date() + timedelta(days=days)}
        site.add_entry(
            {"kind": kind, "title": {"en": en, "cy": cy}, "position": 50, **shown}, by=council, now=now
        )


def _place(row: list[str], council: User, now: datetime) -> SchoolPlace:
    email, forename, surname, urn, job, kind, rank, mobile = row
    school = Establishment.objects.get(urn=str(urn))
    given = membership.Given(
        email=email,
        forename=forename,
        surname=surname,
        mobile=mobile.replace(" ", ""),
        job_title=JobTitle.objects.get(name__en=job),
        kind=kind,
        is_admin=bool(rank),
        schools=frozenset([school.pk]),
    )
    holder = holder_for(council, verified=True)
    [place] = membership.add_person(
        given, holder=holder, by=council, now=now, password=script()["passphrase"]
    )
    if rank == "supervisor":
        return membership.appoint_supervisor(place, holder=holder, by=council, now=now)
    return place


def _duties(senco: SchoolPlace, cover: SchoolPlace, council: User, now: datetime) -> None:
    """One duty that is held, and covered for three weeks."""
    acting: dict[str, Any] = {"holder": holder_for(council, verified=True), "by": council, "now": now}
    today = now.date()
    membership.give_duty(senco, key=Duty.Key.SENCO, first_on=today, last_on=None, covers=False, **acting)
    membership.give_duty(
        cover,
        key=Duty.Key.SENCO,
        first_on=today,
        last_on=today + timedelta(days=21),
        covers=True,
        **acting,
    )
