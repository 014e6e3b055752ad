"""What tests of admissions stand on."""

from datetime import date, datetime
from typing import Any

from guildhall.people.accounts.models import User
from guildhall.people.membership.models import SchoolPlace
from guildhall.people.membership.queries import holder_for
from guildhall.work.admissions import services
from guildhall.work.admissions.models import Loading, Round
from guildhall.work.admissions.services import RoundTold

from ...people.membership.schools import a_place
from ...people.responsibilities.scene import LEAD, give
from ...standing import NOON, a_person

HEADINGS = (
    "URN,Reference,UPN,First name,Last name,Date of birth,Preference,Criterion,Distance (miles),Status,"
    "Waiting list place"
)


def an_admissions_officer() -> User:
    return a_person("aled@council.example.org", role="service-officer", team="admissions")


def how(by: User | None = None, now: datetime = NOON) -> dict[str, Any]:
    by = by or an_admissions_officer()
    return {"holder": holder_for(by, verified=True), "by": by, "now": now}


def a_round(title: str = "Reception 2026", offers_on: date | None = None, **acting: Any) -> Round:
    known = Round.objects.filter(title=title).first()
    return known or services.open_round(RoundTold(title, 2026, offers_on), **(acting or how()))


def line(number: int, name: str, status: str = "Applied", **more: Any) -> str:
    """A row of a spreadsheet."""
    told = {
        "urn": "990001",
        "preference": 1,
        "criterion": "Lives near",
        "distance": "0.5",
        "waiting": "",
    } | more
    forename, surname = name.split()
    return (
        f"{told['urn']},APP-{number},,{forename},{surname},27/03/2022,{told['preference']},"
        f"{told['criterion']},{told['distance']},{status},{told['waiting']}"
    )


def stage(*lines: str, found: Round | None = None) -> Loading:
    content = "\n".join([HEADINGS, *lines]).encode()
    return services.stage_spreadsheet(found or a_round(), "list.csv", content, **how())


def load(*lines: str, found: Round | None = None) -> Loading:
    return services.apply_loading(stage(*lines, found=found), **how())


def an_admissions_lead(by: SchoolPlace, email: str = "elen@ysgol.example.org") -> SchoolPlace:
    """Somebody at the school whose responsibility opens its applications."""
    place = a_place(email, by.school)
    give(place, by, Admissions=LEAD)
    return place
