"""What each row of an import would do, worked out anew each time somebody looks. Changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.kit import identifiers
from guildhall.foundation.loading import staging
from guildhall.foundation.texts import queries as texts
from guildhall.people.organisations.models import Establishment

from . import rules
from .models import JobTitle, SchoolPlace, UserImport

YES = {"yes", "y", "true", "1", "ie", "oes", "ydw"}
NO = {"", "no", "n", "false", "0", "na", "nac oes", "nac ydw"}
_is_email = EmailValidator()


@dataclass
class Staged(staging.Staged):
    """A row: "new", "here" (works at the school already: nothing to do) or "wrong"."""

    school: Establishment | None = None
    job_title: JobTitle | None = None

    @property
    def is_admin(self) -> bool:
        return self.typed.get("is_admin", "").casefold() in YES


@dataclass
class _Known:
    schools: dict[str, Establishment]
    titles: dict[str, JobTitle]
    here: set[tuple[str | None, int]]
    seen: set[tuple[str, int]] = field(default_factory=set)


def staged(importing: UserImport, holder: Holder, *, first: int = 0, most: int | None = None) -> list[Staged]:
    """The rows of ``importing``, or ``most`` from the ``first`` on, each with what is wrong with it, in words
    that name the fix.
    """
    numbered = list(islice(importing.numbered, first, None if most is None else first + most))
    known = _known(importing, [row for _number, row in numbered])
    return [_stage(number, row, importing, known, holder) for number, row in numbered]


def _known(importing: UserImport, rows: Sequence[dict[str, str]]) -> _Known:
    """Everything the rows are compared with, in three queries however many they are."""
    titles = {
        words.casefold(): title
        for title in JobTitle.objects.filter(retired_at=None)
        for words in title.name.values()
    }
    urns = {row.get("urn", "") for row in rows} - {""}
    if importing.school_id:
        schools = Establishment.objects.filter(pk=importing.school_id)
    else:
        schools = Establishment.objects.filter(urn__in=urns, closed_on=None)
    emails = {row.get("email", "").lower() for row in rows}
    here = SchoolPlace.objects.filter(user__email__in=emails, membership__ended_at=None)
    return _Known(
        {school.urn: school for school in schools}, titles, set(here.values_list("user__email", "school_id"))
    )


def _stage(number: int, row: dict[str, str], importing: UserImport, known: _Known, holder: Holder) -> Staged:
    one = Staged(number, row)
    one.school = _school(row, importing, known, holder)
    one.job_title = known.titles.get(row.get("job_title", "").casefold())
    one.problems = [texts.say(f"schools.Error_Row_{why}") for why in _wrong(one, importing)]
    if one.problems:
        one.state = "wrong"
        return one
    assert one.school
    key = (row["email"].lower(), one.school.pk)
    if key in known.seen:
        one.state = "wrong"
        one.problems = [texts.say("schools.Error_Row_Twice")]
    elif key in known.here:
        one.state = "here"
    known.seen.add(key)
    return one


def _school(
    row: dict[str, str], importing: UserImport, known: _Known, holder: Holder
) -> Establishment | None:
    if importing.school_id and not row.get("urn"):
        found = next(iter(known.schools.values()), None)
    else:
        found = known.schools.get(row.get("urn", ""))
    return found if found and rules.keeps(holder, found.pk) else None


def _wrong(one: Staged, importing: UserImport) -> list[str]:
    typed = one.typed
    found = [] if _email(typed.get("email", "")) else ["Email"]
    found += [name.title() for name in ("forename", "surname") if not 0 < len(typed.get(name, "")) <= 60]
    if one.job_title is None:
        found.append("JobTitle")
    if typed.get("mobile") and not identifiers.valid_phone(identifiers.normalise_phone(typed["mobile"])):
        found.append("Mobile")
    if typed.get("is_admin", "").casefold() not in YES | NO:
        found.append("IsAdmin")
    if one.school is None:
        found.append("OtherSchool" if importing.school_id else "School")
    return found


def _email(words: str) -> bool:
    try:
        _is_email(words)
    except ValidationError:
        return False
    return len(words) <= 254
