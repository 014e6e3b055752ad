"""What each row of a loading would do, worked out anew each time somebody looks. Changes nothing."""

from dataclasses import dataclass, replace
from datetime import date

from guildhall.foundation.kit.identifiers import fold_name
from guildhall.foundation.loading import staging
from guildhall.foundation.texts import queries as texts
from guildhall.people.organisations.models import Establishment

from .details import Details, details_of, problems_of, read
from .models import Loading, Pupil
from .wording import kinds_by_name

Key = tuple[object, ...]
Known = dict[Key, Pupil]


@dataclass
class Staged(staging.Staged):
    """A row: "new", "changed", "moved" (from the list of another school), "same" or "wrong".

    ``pupil`` is who is on a list already.
    """

    details: Details
    school: Establishment | None = None
    pupil: Pupil | None = None


def staged(loading: Loading, *, today: date) -> list[Staged]:
    """Every row of ``loading`` with what is wrong with it, in words that name the fix."""
    kinds = kinds_by_name()
    rows = [Staged(number, row, read(row, kinds)) for number, row in loading.numbered]
    schools = {one.urn: one for one in _schools({one.typed.get("urn", "") for one in rows})}
    for one in rows:
        one.school = schools.get(one.typed.get("urn", ""))
    known, seen = _listed(rows), set[Key]()
    for one in rows:
        keys = set(_keys(one.details, one.school))
        one.problems = _problems(one, today=today, twice=bool(keys & seen))
        one.pupil = next((known[key] for key in keys if key in known), None)
        if one.pupil and not one.details.upn:
            one.details = replace(one.details, upn=one.pupil.upn)
        one.state = _state(one)
        seen |= keys if one.state != "wrong" else set()
    return rows


def _schools(urns: set[str]) -> list[Establishment]:
    return list(Establishment.objects.filter(urn__in=urns - {""}, closed_on=None))


def _listed(rows: list[Staged]) -> Known:
    """Everybody on a list whom the rows could mean, by UPN, and by school, name and date of birth."""
    upns = {one.details.upn for one in rows} - {""}
    schools = {one.school.pk for one in rows if one.school}
    on_lists = Pupil.objects.filter(removed_at=None)
    found = {one.pk: one for one in on_lists.filter(school__in=schools)}
    elsewhere = on_lists.exclude(upn="").exclude(school__in=schools) if upns else Pupil.objects.none()
    found |= {one.pk: one for one in elsewhere if one.upn in upns}
    known: Known = {}
    for one in found.values():
        for key in _keys(details_of(one), one.school_id):
            known[key] = one
    return known


def _keys(details: Details, school: Establishment | int | None) -> list[Key]:
    school_id = school.pk if isinstance(school, Establishment) else school
    name = fold_name(f"{details.forename} {details.surname}")
    keys: list[Key] = [(details.upn,)] if details.upn else []
    return [*keys, (school_id, name, details.born_on)]


def _problems(one: Staged, *, today: date, twice: bool) -> list[str]:
    wrong = [*problems_of(one.details, today=today).values()]
    wrong += ["School"] if one.school is None else []
    wrong += ["Unread"] if one.typed.get("review_on") and one.details.review_on is None else []
    wrong += ["Twice"] if twice and not wrong else []
    return [texts.say(f"schools.Error_Meals_{why}") for why in wrong]


def _state(one: Staged) -> str:
    if one.problems:
        return "wrong"
    if one.pupil is None:
        return "new"
    if one.school is None or one.pupil.school_id != one.school.pk:
        return "moved"
    return "same" if details_of(one.pupil) == one.details else "changed"
