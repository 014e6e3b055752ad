"""What each row of a spreadsheet would do, worked out anew each time somebody looks. Changes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from guildhall.foundation.kit.identifiers import fold_name, normalise_upn
from guildhall.foundation.kit.typed import day_of, one_line
from guildhall.foundation.loading import staging
from guildhall.foundation.texts.queries import say

from .details import Dates, Pupil, problems_of
from .models import Loading, Plan

LONGEST = 100
DAYS = ("born_on", "plan_on", "last_on", "due_on")
Who = tuple[str, date | None]


@dataclass
class Staged(staging.Staged):
    """A row: "new", "here" (on the list already, and left as it is) or "wrong".

    ``pupil`` and ``dates`` are None where they cannot be read.
    """

    pupil: Pupil | None = None
    dates: Dates | None = None


def staged(loading: Loading, *, today: date) -> list[Staged]:
    """Every row with what is wrong with it, in words that name the fix. One statement however many."""
    listed = Plan.objects.filter(school=loading.school_id, ended_at=None)
    known = {one.upn: _who(one.forename, one.surname, one.born_on) for one in listed}
    doubles, seen = set(known.values()), set[object]()
    rows = [_read(number, row) for number, row in loading.numbered]
    for one in rows:
        if one.pupil is None or one.dates is None:
            one.state = "wrong"
            continue
        who = _who(one.pupil.forename, one.pupil.surname, one.pupil.born_on)
        if one.pupil.upn in known:
            one.state = "here"
            continue
        one.problems = list(_said(problems_of(one.pupil, one.dates, today=today), one.dates))
        if {one.pupil.upn, who} & seen:
            one.problems.append(say("schools.Error_SenReview_Twice"))
        elif who in doubles:
            one.problems.append(say("schools.Error_SenReview_Double"))
        one.state = "wrong" if one.problems else "new"
        seen |= {one.pupil.upn, who} if not one.problems else set()
    return rows


def _who(forename: str, surname: str, born_on: date | None) -> Who:
    return fold_name(f"{forename} {surname}"), born_on


def _read(number: int, typed: dict[str, str]) -> Staged:
    """The row as a pupil and dates, or what keeps it from being read."""
    names = {name: one_line(typed.get(name)) for name in ("forename", "surname")}
    days = {name: day_of(typed.get(name, "")) for name in DAYS}
    wrong = [name for name, said in names.items() if not 0 < len(said) <= LONGEST]
    wrong += [name for name in ("born_on", "plan_on") if days[name] is None]
    wrong += [name for name in ("last_on", "due_on") if typed.get(name) and days[name] is None]
    born_on, plan_on = days["born_on"], days["plan_on"]
    if wrong or born_on is None or plan_on is None:
        return Staged(
            number, typed, problems=[say(f"schools.Error_SenReview_Load{_word(one)}") for one in wrong]
        )
    pupil = Pupil(names["forename"], names["surname"], born_on, normalise_upn(typed.get("upn", "")))
    return Staged(number, typed, pupil, Dates(plan_on, days["last_on"], days["due_on"]))


def _word(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))


def _said(found: dict[str, str], dates: Dates) -> Iterator[str]:
    day = dates.limit.strftime("%d/%m/%Y")
    return (say(f"schools.Error_SenReview_{why}", day=day) for why in found.values())
