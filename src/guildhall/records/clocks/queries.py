"""Which pack counts, and what a limit of it is."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from guildhall.people.calendars import queries as calendars
from guildhall.people.calendars.days import DAY, Span

from . import packs
from .limits import Calendar
from .packs import Pack

EHC = "england-ehc"
REVIEW = "england-annual-review"
MEDIATION = "england-mediation"
WALES = "wales-idp"
SAFEGUARDING = "safeguarding-referral"
PACKS = (EHC, REVIEW, MEDIATION, WALES, SAFEGUARDING)
# Bank holidays and school days are read this far around a start.
_AROUND = 400


@dataclass(frozen=True)
class WeeksByLaw:
    """A limit in calendar weeks, and the law that sets it."""

    weeks: int
    law: str


def limit(pack: str, step: str, *, on: date | None = None, language: str = "en") -> WeeksByLaw:
    """How many weeks the law gives for ``step`` to what starts ``on`` a day; None: as the law is last known.

    Raises KeyError for a pack or step that is unknown, ValueError for a limit not in weeks.
    """
    found = in_force(pack, on).step(step)
    return WeeksByLaw(found.limit.weeks, found.law.in_(language))


def versions(key: str, folder: Path = packs.HERE) -> tuple[Pack, ...]:
    """Every version of a pack, the oldest first. Raises KeyError."""
    if folder == packs.HERE and key not in PACKS:
        raise KeyError(key)
    return packs.read(folder / f"{key}.yaml")


def in_force(key: str, on: date | None = None, *, folder: Path = packs.HERE) -> Pack:
    """The version in force on a day, for None the newest; the oldest for what started before all of them."""
    found = versions(key, folder)
    begun = [one for one in found if on is None or one.from_on <= on]
    return begun[-1] if begun else found[0]


@cache
def version(key: str, name: str, folder: Path = packs.HERE) -> Pack:
    """The version with that name, which a process kept when it started. Raises KeyError."""
    for one in versions(key, folder):
        if one.version == name:
            return one
    raise KeyError(f"{key} {name}")


def calendar_around(start: date, *, school_id: int | None = None) -> Calendar:
    """The bank holidays around ``start``, and the days of a school. One query, and those of the school."""
    within = Span(start - _AROUND * DAY, start + _AROUND * DAY)
    holidays = frozenset(one.day for one in calendars.bank_holidays(within))
    return Calendar(holidays, calendars.days_of(school_id, within) if school_id else None)
