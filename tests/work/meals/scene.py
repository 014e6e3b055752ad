"""What tests of free school meals lists stand on."""

from datetime import date
from typing import Any

from guildhall.foundation.kit.identifiers import upn_letter
from guildhall.people.accounts.models import User
from guildhall.people.membership.models import SchoolPlace
from guildhall.people.membership.queries import holder_for
from guildhall.people.organisations.models import Establishment
from guildhall.work.meals import services
from guildhall.work.meals.details import Details
from guildhall.work.meals.models import Amendment, Loading, Pupil
from guildhall.work.meals.services import Wanted

from ...people.membership.schools import a_place, a_school, holder
from ...people.responsibilities.scene import LEAD, give
from ...standing import NOON, a_person

HEADINGS = "URN,UPN,First name,Last name,Date of birth,Year group,Why eligible,Eligible since,Review by"
WHY = "Low income or benefits"


def upn(number: int) -> str:
    """A UPN that is right."""
    rest = f"{number:012d}"
    return upn_letter(rest) + rest


def an_officer_of_meals() -> User:
    return a_person("gwen@council.example.org", role="service-officer", team="benefits")


def line(
    number: int, name: str, *, urn: str = "990001", born: int = 2018, year: str = "3", kind: str = WHY
) -> str:
    """A row of a spreadsheet."""
    forename, surname = name.split()
    return f"{urn},{upn(number)},{forename},{surname},27/03/{born},{year},{kind},2025-09-01,"


def stage(*lines: str, by: User | None = None) -> Loading:
    by = by or an_officer_of_meals()
    content = "\n".join([HEADINGS, *lines]).encode()
    return services.stage_spreadsheet(
        "list.csv", content, holder=holder_for(by, verified=True), by=by, now=NOON
    )


def apply(loading: Loading) -> Loading:
    seen = holder_for(loading.by, verified=True)
    return services.apply_loading(loading, holder=seen, by=loading.by, now=NOON)


def listed(name: str = "Catrin Hughes", number: int = 1, school: Establishment | None = None) -> Pupil:
    """Somebody on a school's list."""
    school = school or a_school()
    apply(stage(line(number, name, urn=school.urn)))
    return Pupil.objects.get(upn=upn(number), removed_at=None)


def a_cook(by: SchoolPlace, email: str = "elen@ysgol.example.org") -> SchoolPlace:
    """Somebody at the school who answers for catering."""
    place = a_place(email, by.school)
    give(place, by, Catering=LEAD)
    return place


def details(**changed: Any) -> Details:
    plain = {
        "upn": upn(77),
        "forename": "Osian",
        "surname": "Parry",
        "born_on": date(2017, 5, 4),
        "year_group": "4",
        "kind": "benefit",
        "since": date(2026, 4, 1),
    }
    return Details(**plain | changed)


def ask(place: SchoolPlace, kind: str, pupil: Pupil | None = None, told: Details | None = None) -> Amendment:
    wanted = Wanted(Amendment.Kind(kind), "Told by the family.", pupil=pupil, details=told)
    return services.ask_amendment(place, wanted, holder=holder(place), by=place.user, now=NOON)


def authorise(amendment: Amendment, by: SchoolPlace) -> Amendment:
    return services.authorise_amendment(amendment, holder=holder(by), by=by.user, now=NOON)


def accept(amendment: Amendment) -> Amendment:
    by = an_officer_of_meals()
    return services.accept_amendment(amendment, holder=holder_for(by, verified=True), by=by, now=NOON)
