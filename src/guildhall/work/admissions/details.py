"""What a row says of an application: read from what was typed, and what can be wrong with it. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from decimal import Decimal

from guildhall.foundation.kit import identifiers
from guildhall.foundation.kit.typed import day_of, number, one_line

from .models import Application

Status = Application.Status
PREFERENCES = range(1, 11)
MOST_WAITING = 99_999
_OLDEST = timedelta(days=365 * 20)
_MILES = re.compile(r"\d{1,4}(?:\.\d+)?")


@dataclass(frozen=True)
class Details:
    """An application as a row has it; None or 0 for what is empty or cannot be read."""

    reference: str
    upn: str
    forename: str
    surname: str
    born_on: date | None
    preference: int
    criterion: str
    distance: Decimal | None
    status: str
    waiting: int | None


FIELDS = tuple(field.name for field in fields(Details))


def details_of(one: Application) -> Details:
    """The application as it is kept now."""
    return Details(**{name: getattr(one, name) for name in FIELDS})


def read(typed: Mapping[str, str], statuses: Mapping[str, str]) -> Details:
    """What a row says; ``statuses``: what a status is called, folded → its key."""
    status = typed.get("status", "")
    waiting = number(typed.get("waiting"), digits=6, otherwise=0) or None
    return Details(
        reference=one_line(typed.get("reference")),
        upn=identifiers.normalise_upn(typed.get("upn", "")),
        forename=one_line(typed.get("forename")),
        surname=one_line(typed.get("surname")),
        born_on=day_of(typed.get("born_on", "")),
        preference=number(typed.get("preference"), digits=2, otherwise=0),
        criterion=one_line(typed.get("criterion")),
        distance=_miles(typed.get("distance", "")),
        status=statuses.get(identifiers.fold_name(status), status),
        waiting=waiting,
    )


def _miles(typed: str) -> Decimal | None:
    match = _MILES.fullmatch(typed.strip())
    return Decimal(match[0]).quantize(Decimal("0.001")) if match else None


def problems_of(one: Details, typed: Mapping[str, str], *, today: date) -> list[str]:
    """The names of what is wrong with a row (schools.Error_Admissions_…)."""
    wrong = {
        "Reference": not 0 < len(one.reference) <= 30,
        "Upn": bool(one.upn) and not identifiers.valid_upn(one.upn),
        "Forename": not 0 < len(one.forename) <= 100,
        "Surname": not 0 < len(one.surname) <= 100,
        "BornOn": one.born_on is None or not today - _OLDEST < one.born_on <= today,
        "Preference": one.preference not in PREFERENCES,
        "Criterion": len(one.criterion) > 100,
        "Distance": bool(typed.get("distance")) and one.distance is None,
        "Status": one.status not in Status.values,
        "Waiting": _wrong_place(one, bool(typed.get("waiting"))),
    }
    return [name for name, is_wrong in wrong.items() if is_wrong]


def _wrong_place(one: Details, typed: bool) -> bool:
    if typed and one.waiting is None:
        return True
    return one.waiting is not None and (one.status != Status.WAITING or one.waiting > MOST_WAITING)
