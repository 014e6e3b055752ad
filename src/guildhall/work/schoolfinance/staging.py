"""What each row of a file would do, worked out anew each time somebody looks. Changes nothing."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Q

from guildhall.foundation.kit.identifiers import fold_name
from guildhall.foundation.kit.typed import squeezed
from guildhall.foundation.texts import queries as texts
from guildhall.people.organisations.models import Establishment

from . import rules
from .models import LONGEST_CODE, LONGEST_DESCRIPTION, Line, Statement, Upload
from .rules import Sum

MONEY = ("budget", "actual", "committed")
_LAESTAB = re.compile(r"([0-9]{3})[/\- ]?([0-9]{4})")


@dataclass
class Staged:
    """One row: its number in the file (the headings are row 1), what was typed, and what is wrong with it."""

    number: int
    typed: Mapping[str, str]
    school: Establishment | None = None
    kind: str = ""
    budget: Decimal = Decimal(0)
    actual: Decimal = Decimal(0)
    committed: Decimal = Decimal(0)
    problems: list[str] = field(default_factory=list)

    @property
    def code(self) -> str:
        return self.typed.get("code", "")

    @property
    def description(self) -> str:
        return self.typed.get("description", "")

    @property
    def says(self) -> tuple[object, ...]:
        """What two rows have alike that say the same."""
        return self.kind, self.code, self.description, self.budget, self.actual, self.committed


@dataclass(frozen=True)
class OfSchool:
    """What would be published for one school. ``state`` is "new", "corrected" or "same"."""

    school: Establishment
    rows: list[Staged]
    before: Statement | None
    state: str
    income: Sum
    expenditure: Sum


def staged(upload: Upload) -> list[Staged]:
    """Every row with what is wrong with it, in words that name the fix."""
    rows = [Staged(number, typed) for number, typed in enumerate(upload.rows, start=2)]
    schools = _schools({one.typed.get("school", "") for one in rows})
    kinds = kinds_by_name()
    seen: dict[tuple[int, str, str], int] = {}
    for one in rows:
        one.school = schools.get(one.typed.get("school", ""))
        one.kind = kinds.get(fold_name(one.typed.get("kind", "")), "")
        one.problems = _problems(one)
        if one.school and one.kind and one.code:
            key = (one.school.pk, one.kind, squeezed(one.code))
            if key in seen:
                one.problems.append(texts.say("schools.Error_Finance_Twice", line=seen[key]))
            seen.setdefault(key, one.number)
    return rows


def kinds_by_name() -> dict[str, str]:
    """What income and expenditure are called in either language, folded → its key."""
    named = {
        fold_name(texts.say(f"schools.Finance_Kind_{kind.title()}", language)): kind
        for kind in Line.Kind.values
        for language in ("en", "cy")
    }
    return named | {"i": Line.Kind.INCOME.value, "e": Line.Kind.EXPENDITURE.value}


def _schools(typed: set[str]) -> dict[str, Establishment]:
    """What was typed → the open school whose number it is: its URN, or its DfE number (LAESTAB)."""
    parted = {one: match.groups() for one in typed if (match := _LAESTAB.fullmatch(one))}
    rows = Establishment.objects.filter(closed_on=None)
    wanted = Q(urn__in=typed) | Q(number__in={number for _, number in parted.values()})
    found = list(rows.filter(wanted))
    by_urn = {one.urn: one for one in found}
    by_number = {(one.la_code, one.number): one for one in found if one.number}
    known = {
        one: by_urn.get(one) or by_number.get(parted.get(one, ("", "")))  # type: ignore[arg-type]
        for one in typed
    }
    return {one: school for one, school in known.items() if school}


def _problems(one: Staged) -> list[str]:
    wrong = [] if one.school else [_said("School", typed=one.typed.get("school", ""))]
    wrong += [] if one.kind else [_said("Kind")]
    wrong += [] if 0 < len(one.code) <= LONGEST_CODE else [_said("Code", most=LONGEST_CODE)]
    if not 0 < len(one.description) <= LONGEST_DESCRIPTION:
        wrong.append(_said("Description", most=LONGEST_DESCRIPTION))
    for column in MONEY:
        typed = one.typed.get(column, "")
        amount = rules.pounds_of(typed) if typed or column != "committed" else Decimal(0)
        if amount is None or abs(amount) > rules.LARGEST:
            name = texts.say(f"schools.Finance_{column.title()}")
            wrong.append(_said("Amount" if amount is None else "Large", column=name, typed=typed))
        else:
            setattr(one, column, amount)
    return wrong


def _said(why: str, **values: Any) -> str:
    return texts.say(f"schools.Error_Finance_{why}", **values)


def by_school(upload: Upload, rows: Iterable[Staged]) -> list[OfSchool]:
    """What the rows that are right would publish, by name of the school; three statements altogether."""
    right: dict[int, list[Staged]] = {}
    for one in rows:
        if one.school and not one.problems:
            right.setdefault(one.school.pk, []).append(one)
    kept = Statement.objects.filter(month=upload.month, current=True, school__in=right)
    before = {one.school_id: one for one in kept.prefetch_related("lines")}
    found = [_of_school(own, before.get(pk)) for pk, own in right.items()]
    return sorted(found, key=lambda one: (one.school.name, one.school.pk))


def _of_school(rows: list[Staged], before: Statement | None) -> OfSchool:
    school = rows[0].school
    assert school
    state = "new" if before is None else "corrected"
    if before is not None and before.withdrawn_at is None:
        kept = [
            (one.kind, one.code, one.description, one.budget, one.actual, one.committed)
            for one in sorted(before.lines.all(), key=lambda line: line.position)
        ]
        state = "same" if kept == [one.says for one in rows] else "corrected"
    income = rules.sum_of(one for one in rows if one.kind == Line.Kind.INCOME)
    expenditure = rules.sum_of(one for one in rows if one.kind == Line.Kind.EXPENDITURE)
    return OfSchool(school, rows, before, state, income, expenditure)
