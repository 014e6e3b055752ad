"""A pupil and the dates of their plan as a school says them, and what of it cannot be. Pure."""

from dataclasses import dataclass
from datetime import date

from guildhall.foundation.kit.identifiers import valid_upn

from . import rules


@dataclass(frozen=True)
class Dates:
    """The dates of a plan. ``due_on`` None: 12 months after the last review, or after the plan."""

    plan_on: date
    last_on: date | None = None
    due_on: date | None = None

    @property
    def limit(self) -> date:
        return rules.limit(self.plan_on, self.last_on)


@dataclass(frozen=True)
class Pupil:
    """A pupil as the school writes them."""

    forename: str
    surname: str
    born_on: date
    upn: str


def problems_of(pupil: Pupil, dates: Dates, *, today: date) -> dict[str, str]:
    """Field → what cannot be, as the end of a text's name."""
    found = {}
    if not valid_upn(pupil.upn):
        found["upn"] = "Upn"
    if not rules.old_enough(pupil.born_on, today=today):
        found["born_on"] = "Born"
    if dates.plan_on < pupil.born_on:
        found["plan_on"] = "PlanBeforeBirth"
    return found | wrong_dates(dates, today)


def wrong_dates(dates: Dates, today: date) -> dict[str, str]:
    """The same of the dates alone."""
    found = {}
    if dates.plan_on > today:
        found["plan_on"] = "PlanAhead"
    if dates.last_on and (dates.last_on > today or dates.last_on < dates.plan_on):
        found["last_on"] = "Last"
    if dates.due_on and dates.due_on > dates.limit:
        found["due_on"] = "TooLate"
    elif dates.due_on and dates.due_on < (dates.last_on or dates.plan_on):
        found["due_on"] = "TooEarly"
    return found
