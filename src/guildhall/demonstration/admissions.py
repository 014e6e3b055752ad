"""A round of admissions for a demonstration school: applications, offers and a waiting list."""

import csv
import io
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from guildhall.people.membership.queries import holder_for
from guildhall.people.organisations.models import Establishment
from guildhall.work.admissions import services
from guildhall.work.admissions.services import RoundTold
from guildhall.work.admissions.sheets import TEMPLATE
from guildhall.work.admissions.wording import status_name

from .cast import Cast, script

CHILDREN, PLACES = 36, 30
CRITERIA = ("Looked-after child", "Brother or sister at the school", "Lives in the area", "Distance")


@transaction.atomic
def load_round(cast: Cast, *, now: datetime) -> None:
    """Let the admissions team begin a round, load it, and set the published admission number."""
    urn = str(script()["school_people"][0][3])
    school = Establishment.objects.get(urn=urn)
    officer, at = cast.staff["nadia"], now - timedelta(days=12)
    how: dict[str, Any] = {"holder": holder_for(officer, verified=True), "by": officer, "now": at}
    year = now.year if now.month >= 9 else now.year - 1
    found = services.open_round(RoundTold(f"Reception {year}", year), **how)
    services.set_numbers(found, {school.pk: PLACES}, **how)
    loading = services.stage_spreadsheet(found, "round.csv", _sheet(cast, urn, year), **how)
    services.apply_loading(loading, **how)


def _sheet(cast: Cast, urn: str, year: int) -> bytes:
    file = io.StringIO()
    rows = csv.writer(file)
    rows.writerow([TEMPLATE.heading(column, "en") for column in TEMPLATE.columns])
    for number, (_, one) in enumerate(cast.children[:CHILDREN]):
        status, waiting = _status(number)
        told = {
            "urn": urn,
            "reference": f"ADM-{year}-{number + 1:04d}",
            "forename": one.forename,
            "surname": one.surname,
            "born_on": date(year - 5, 9 + number % 4, 1 + number % 28).isoformat(),
            "preference": str(1 + (number % 5 == 4) + (number % 11 == 10)),
            "criterion": CRITERIA[min(number // 3, 3)],
            "distance": f"{0.1 + number * 0.07:.3f}",
            "status": status_name(status, "en"),
            "waiting": waiting,
        }
        rows.writerow([told.get(column, "") for column in TEMPLATE.columns])
    return file.getvalue().encode()


def _status(number: int) -> tuple[str, str]:
    """How far the application of a number has come, and its place on the waiting list."""
    if number >= PLACES + 1:
        return "waiting", str(number - PLACES)
    if number == PLACES:
        return "withdrawn", ""
    return ("declined" if number == 7 else "offered" if number % 6 == 5 else "accepted"), ""
