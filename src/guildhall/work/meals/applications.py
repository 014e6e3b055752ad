"""Families' approved applications, as rows that a list can be loaded from."""

from datetime import date
from typing import Any

from guildhall.work.cases.models import Case

from .models import Pupil
from .rules import SYSTEM
from .wording import kind_name, year_name

MOST = 500
_FIRST_YEAR_AT = 5  # years old on 31 August, in year 1
_LAST_YEAR = 13


def rows(*, today: date) -> list[dict[str, str]]:
    """One row for each approved application that no pupil came from yet, oldest first, at most MOST.

    One whose officer approved it counts, whatever the Eligibility Checking Service said.
    """
    used = Pupil.objects.exclude(reference="").values("reference")
    approved = Case.objects.filter(
        status=Case.Status.APPROVED, submission__version__destination=SYSTEM
    ).exclude(reference__in=used)
    found = approved.select_related("submission", "mention__child").order_by("decided_at", "pk")
    return [_row(case, today) for case in found[:MOST]]


def record_of(reference: str) -> int | None:
    """The authority's record of the child of an application, once it was matched."""
    if not reference:
        return None
    return Case.objects.filter(reference=reference).values_list("mention__child", flat=True).first()


def _row(case: Case, today: date) -> dict[str, str]:
    answers: dict[str, Any] = case.submission.answers
    child = case.mention.child
    born_on = str(answers.get("CHILD_BORN_ON") or "")
    kind = Pupil.Kind.ASYLUM if answers.get("PARENT_NASS_NUMBER") else Pupil.Kind.BENEFIT
    return {
        "urn": _urn(answers.get("CHILD_SCHOOL")),
        "upn": child.upn if child else "",
        "forename": str(answers.get("CHILD_FORENAME") or ""),
        "surname": str(answers.get("CHILD_SURNAME") or ""),
        "born_on": born_on,
        "year_group": year_name(year_at(date.fromisoformat(born_on), today)) if born_on else "",
        "kind": kind_name(kind),
        "since": (case.decided_at or case.received_at).date().isoformat(),
        "reference": case.reference,
    }


def _urn(answer: Any) -> str:
    return str(answer.get("urn") or "") if isinstance(answer, dict) else ""


def year_at(born_on: date, today: date) -> str:
    """The year group of somebody born on a day, in the school year that ``today`` is in.

    School years begin on 1 September.
    """
    began = date(today.year if today.month >= 9 else today.year - 1, 8, 31)
    age = began.year - born_on.year - ((born_on.month, born_on.day) > (began.month, began.day))
    number = age - _FIRST_YEAR_AT + 1
    if number < 1:
        return {0: "R", -1: "N2"}.get(number, "N1")
    return str(min(number, _LAST_YEAR))
