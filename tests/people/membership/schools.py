"""The standing people of schools."""

from typing import Any

from guildhall.foundation.access.holder import Holder
from guildhall.people.accounts.models import User
from guildhall.people.membership import services as membership
from guildhall.people.membership.first import JOB_TITLES
from guildhall.people.membership.models import JobTitle, SchoolPlace
from guildhall.people.membership.queries import holder_for
from guildhall.people.organisations.models import Establishment

from ...standing import NOON, PASSPHRASE, an_administrator


def a_school(urn: str = "990001", name: str = "Carreg Primary School") -> Establishment:
    return Establishment.objects.get_or_create(urn=urn, defaults={"name": name})[0]


def another_school() -> Establishment:
    return a_school("990007", "Carreg High School")


def a_title(en: str = "Class Teacher") -> JobTitle:
    """A job of the authority's list, which a test with real transactions has emptied."""
    known = JobTitle.objects.filter(name__en=en).first()
    name = next((one for one in JOB_TITLES if one["en"] == en), {"en": en, "cy": en})
    return known or JobTitle.objects.create(name=name, position=99)


def the_council() -> Holder:
    return holder_for(an_administrator(), verified=True)


def given(email: str, *schools: Establishment, **more: Any) -> membership.Given:
    forename = email.split("@")[0].title()
    plain = {"email": email, "forename": forename, "surname": "Rowlands", "job_title": a_title()}
    return membership.Given(**plain | {"schools": frozenset(one.pk for one in schools)} | more)


def a_place(email: str, school: Establishment | None = None, **more: Any) -> SchoolPlace:
    """Somebody who works at a school and can sign in. The same email gives the same place."""
    school = school or a_school()
    known = SchoolPlace.objects.filter(user__email=email, school=school, membership__ended_at=None).first()
    if known:
        return known
    who = an_administrator()
    [place] = membership.add_person(
        given(email, school, **more), holder=the_council(), by=who, now=NOON, password=PASSPHRASE
    )
    return place


def a_supervisor(email: str = "sian@ysgol.example.org", school: Establishment | None = None) -> SchoolPlace:
    place = a_place(email, school)
    if place.is_supervisor:
        return place
    return membership.appoint_supervisor(place, holder=the_council(), by=an_administrator(), now=NOON)


def a_school_administrator(
    email: str = "bryn@ysgol.example.org", school: Establishment | None = None
) -> SchoolPlace:
    return a_place(email, school, is_admin=True)


def holder(place: SchoolPlace) -> Holder:
    """Who the person of ``place`` is to the doors now."""
    return holder_for(User.objects.get(pk=place.user_id), verified=True)
