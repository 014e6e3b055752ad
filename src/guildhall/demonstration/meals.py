"""The free school meals list of a demonstration school, and what the school asked to have changed in it."""

import csv
import io
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from guildhall.foundation.kit.identifiers import upn_letter
from guildhall.people.membership.models import SchoolPlace
from guildhall.people.membership.queries import holder_for
from guildhall.people.organisations.models import Establishment
from guildhall.records.children.identity import Identity
from guildhall.work.meals import services
from guildhall.work.meals.applications import year_at
from guildhall.work.meals.details import Details, details_of
from guildhall.work.meals.models import Amendment, Pupil
from guildhall.work.meals.services import Wanted
from guildhall.work.meals.sheets import TEMPLATE
from guildhall.work.meals.wording import kind_name, year_name

from .cast import Cast, script

PUPILS = 24
KINDS = (*(["benefit"] * 4), "protected", "asylum")
YEARS = range(5, 11)  # how old the pupils of a primary school are
Kind = Amendment.Kind


@transaction.atomic
def fill_lists(cast: Cast, *, now: datetime) -> None:
    """Let the council load the list, the school ask, a supervisor authorise and the council decide."""
    urn = str(script()["school_people"][0][3])
    school = Establishment.objects.get(urn=urn)
    born = [one for _, one in cast.children if one.school == school.name and _in_school(one, now.date())]
    joe = _officer(cast, now - timedelta(days=30))
    sheet = _sheet(urn, born[:PUPILS], now.date())
    services.apply_loading(services.stage_spreadsheet("list.csv", sheet, **joe), **joe)
    bryn, elin = (_place(f"{name}@ysgol.example.org", urn) for name in ("bryn", "elin"))
    pupils = list(Pupil.objects.filter(school=school).order_by("pk")[:4])
    _decided(bryn, elin, cast, pupils, now)
    missing = Details.from_json(_row(urn, born[PUPILS], PUPILS, now.date()) | {"year_group": "2"})
    missing = replace(missing, kind="benefit", upn="")
    _ask(bryn, Wanted(Kind.ADD, "Started on Monday; the family has a letter.", details=missing), now, days=1)


def _decided(bryn: SchoolPlace, elin: SchoolPlace, cast: Cast, pupils: list[Pupil], now: datetime) -> None:
    """One change that was accepted, one removal that the council refused, and one that waits for it."""
    married = replace(details_of(pupils[0]), surname=f"{pupils[0].surname}-Rowe")
    change = Wanted(Kind.CHANGE, "The family changed its name.", pupil=pupils[0], details=married)
    accepted = _authorised(_ask(bryn, change, now, days=9), elin, now)
    services.accept_amendment(accepted, **_officer(cast, now - timedelta(days=7)))
    paid = _ask(bryn, Wanted(Kind.REMOVE, "The family pays now.", pupil=pupils[1]), now, days=6)
    why = "The family has transitional protection and stays on the list."
    refused = _authorised(paid, elin, now)
    services.refuse_amendment(refused, reason=why, **_officer(cast, now - timedelta(days=4)))
    left = Wanted(Kind.REMOVE, "Moved to another school at half term.", pupil=pupils[2])
    _authorised(_ask(bryn, left, now, days=3), elin, now)


def _ask(place: SchoolPlace, wanted: Wanted, now: datetime, *, days: int) -> Amendment:
    holder = holder_for(place.user, verified=True)
    return services.ask_amendment(place, wanted, holder=holder, by=place.user, now=now - timedelta(days=days))


def _authorised(amendment: Amendment, by: SchoolPlace, now: datetime) -> Amendment:
    at = min(now, amendment.asked_at + timedelta(days=1))
    holder = holder_for(by.user, verified=True)
    return services.authorise_amendment(amendment, holder=holder, by=by.user, now=at)


def _officer(cast: Cast, now: datetime) -> dict[str, Any]:
    joe = cast.staff["joe"]
    return {"holder": holder_for(joe, verified=True), "by": joe, "now": now}


def _place(email: str, urn: str) -> SchoolPlace:
    return SchoolPlace.objects.select_related("user", "membership").get(user__email=email, school__urn=urn)


def _in_school(one: Identity, today: date) -> bool:
    return one.born_on is not None and today.year - one.born_on.year in YEARS


def _sheet(urn: str, born: list[Identity], today: date) -> bytes:
    file = io.StringIO()
    rows = csv.writer(file)
    rows.writerow([TEMPLATE.heading(column, "en") for column in TEMPLATE.columns])
    for number, one in enumerate(born):
        told = _row(urn, one, number, today)
        rows.writerow([told.get(column, "") for column in TEMPLATE.columns])
    return file.getvalue().encode()


def _row(urn: str, one: Identity, number: int, today: date) -> dict[str, str]:
    assert one.born_on
    rest = f"990{number:09d}"
    return {
        "urn": urn,
        "upn": upn_letter(rest) + rest,
        "forename": one.forename,
        "surname": one.surname,
        "born_on": one.born_on.isoformat(),
        "year_group": year_name(year_at(one.born_on, today)),
        "kind": kind_name(KINDS[number % len(KINDS)], "en"),
        "since": date(today.year - 1, 9, 1).isoformat(),
        "review_on": date(today.year + 1, 8, 31).isoformat() if number % 3 == 0 else "",
    }
