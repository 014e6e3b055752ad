"""What a list says of a pupil: read from what was typed, and what can be wrong with it. Pure."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, timedelta
from typing import Any

from guildhall.foundation.kit import identifiers
from guildhall.foundation.kit.typed import day_of, one_line

from .models import Pupil

YEAR_GROUPS = ("N1", "N2", "R", *(str(number) for number in range(1, 14)))
LONGEST_NAME = 100
_OLDEST = timedelta(days=365 * 20)
_YEAR = re.compile(r"(?:year|yr|y|blwyddyn|bl)?\.? ?(.+)", re.IGNORECASE)
_RECEPTION = {"reception", "derbyn", "dosbarth derbyn", "r", "0"}


@dataclass(frozen=True)
class Details:
    """A pupil as a list has them. None for a day that is empty; ``review_on`` may be."""

    upn: str
    forename: str
    surname: str
    born_on: date | None
    year_group: str
    kind: str
    since: date | None
    review_on: date | None = None

    def as_json(self) -> dict[str, str]:
        """Plain values that ``from_json`` makes the same details of."""
        return {name: str(value or "") for name, value in asdict(self).items()}

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> "Details":
        """The details of ``plain``, its days as YYYY-MM-DD."""
        told: dict[str, Any] = {name: str(plain.get(name, "")) for name in FIELDS}
        return cls(**told | {name: day_of(told[name]) for name in DAYS})


FIELDS = tuple(field.name for field in fields(Details))
DAYS = ("born_on", "since", "review_on")


def details_of(pupil: Pupil) -> Details:
    """The pupil as the list has them now."""
    return Details(**{name: getattr(pupil, name) for name in FIELDS})


def read(typed: Mapping[str, str], kinds: Mapping[str, str]) -> Details:
    """What somebody typed into a row of a spreadsheet; ``kinds``: what a kind is called, folded → its key.

    What cannot be read is left empty, for ``problems_of`` to name.
    """
    days = {name: day_of(typed.get(name, "")) for name in DAYS}
    kind = typed.get("kind", "")
    return Details(
        upn=identifiers.normalise_upn(typed.get("upn", "")),
        forename=one_line(typed.get("forename")),
        surname=one_line(typed.get("surname")),
        year_group=year_of(typed.get("year_group", "")),
        kind=kinds.get(identifiers.fold_name(kind), kind),
        **days,
    )


def year_of(typed: str) -> str:
    """A year group as it is kept: "Year 3" and "3" are 3, "Reception" is R; "" for what is none."""
    words = " ".join(typed.split())
    if words.casefold() in _RECEPTION:
        return "R"
    match = _YEAR.fullmatch(words)
    found = match[1].upper() if match else ""
    return found if found in YEAR_GROUPS else ""


def problems_of(details: Details, *, today: date) -> dict[str, str]:
    """Field → the name of what is wrong with it (schools.Error_Meals_…), in the order of the page."""
    born_on = details.born_on
    wrong = {
        "upn": bool(details.upn) and not identifiers.valid_upn(details.upn),
        "forename": not 0 < len(details.forename) <= LONGEST_NAME,
        "surname": not 0 < len(details.surname) <= LONGEST_NAME,
        "born_on": born_on is None or not today - _OLDEST < born_on <= today,
        "year_group": details.year_group not in YEAR_GROUPS,
        "kind": details.kind not in Pupil.Kind.values,
        "since": details.since is None or bool(born_on and details.since < born_on),
        "review_on": bool(details.review_on and details.since and details.review_on <= details.since),
    }
    return {name: word_of(name) for name in FIELDS if wrong[name]}


def changed_fields(before: Details, after: Details) -> tuple[str, ...]:
    """What is said otherwise ``after`` than ``before``."""
    return tuple(name for name in FIELDS if getattr(before, name) != getattr(after, name))


def word_of(name: str) -> str:
    """A field or a key as the names of texts have it: born_on, BornOn."""
    return "".join(part.capitalize() for part in name.replace("-", "_").split("_"))
