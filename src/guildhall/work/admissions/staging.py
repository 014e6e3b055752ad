"""What each row of a loading would do, worked out anew each time somebody looks. Changes nothing."""

from dataclasses import dataclass
from datetime import date

from guildhall.foundation.loading import staging
from guildhall.foundation.texts import queries as texts
from guildhall.people.organisations.models import Establishment

from .details import Details, details_of, problems_of, read
from .models import Application, Loading
from .wording import statuses_by_name

Key = tuple[int, str]


@dataclass
class Staged(staging.Staged):
    """A row: "new", "changed", "same" or "wrong". ``before`` is what is kept of it already."""

    details: Details
    school: Establishment | None = None
    before: Application | None = None


def staged(loading: Loading, *, today: date) -> list[Staged]:
    """Every row of ``loading`` with what is wrong with it, in words that name the fix."""
    statuses = statuses_by_name()
    rows = [Staged(number, row, read(row, statuses)) for number, row in loading.numbered]
    urns = {one.typed.get("urn", "") for one in rows} - {""}
    schools = {one.urn: one for one in Establishment.objects.filter(urn__in=urns, closed_on=None)}
    kept = Application.objects.filter(round=loading.round_id, school__in=schools.values())
    known: dict[Key, Application] = {(one.school_id, one.reference): one for one in kept}
    seen = set[Key]()
    for one in rows:
        one.school = schools.get(one.typed.get("urn", ""))
        key = (one.school.pk if one.school else 0, one.details.reference)
        one.before = known.get(key)
        one.problems = _problems(one, today=today, twice=key in seen)
        one.state = _state(one)
        seen.add(key)
    return rows


def _problems(one: Staged, *, today: date, twice: bool) -> list[str]:
    wrong = problems_of(one.details, one.typed, today=today)
    wrong += ["School"] if one.school is None else []
    wrong += ["Twice"] if twice and not wrong else []
    return [texts.say(f"schools.Error_Admissions_{why}") for why in wrong]


def _state(one: Staged) -> str:
    if one.problems:
        return "wrong"
    if one.before is None:
        return "new"
    return "same" if details_of(one.before) == one.details else "changed"
