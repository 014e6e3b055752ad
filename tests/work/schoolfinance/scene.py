"""What tests of schools' income and expenditure stand on."""

from datetime import date
from typing import Any

from django.utils import timezone

from guildhall.people.accounts.models import User
from guildhall.people.membership.models import SchoolPlace
from guildhall.people.organisations.models import Establishment
from guildhall.work.schoolfinance import rules, services
from guildhall.work.schoolfinance.models import Asked, Return, Statement, Upload, Version
from guildhall.work.schoolfinance.services import Told

from ...standing import NOON
from ..invoices.scene import a_bursar, a_finance_officer, acting, officer_acting

MAY, APRIL = date(2026, 5, 1), date(2026, 4, 1)
HEADINGS = (
    "School number,Income or expenditure,Ledger code,Description,"
    "Budget for the year,Received or spent,Committed"
)
INCOME = "990001,Income,1001,Budget share,100000.00,25000.00,"
BOOKS = "990001,Expenditure,4100,Books,1000.00,600.50,500.00"


def csv_of(*lines: str) -> bytes:
    return "\r\n".join([HEADINGS, *(lines or (INCOME, BOOKS))]).encode()


def loaded(*lines: str, month: date = MAY, **more: Any) -> Upload:
    how = officer_acting(more.pop("by", None) or an_officer())
    return services.read_file(month, "may.csv", csv_of(*lines), **how)


def an_officer() -> User:
    return User.objects.filter(email="ceri@council.example.org").first() or a_finance_officer()


def publish(*lines: str, month: date = MAY) -> Statement:
    """The statement of the first school that the lines tell of, as published."""
    upload = loaded(*lines, month=month)
    services.publish(upload, **officer_acting(an_officer()))
    return Statement.objects.filter(month=month, current=True).order_by("school__urn")[0]


def both(english: str, welsh: str = "") -> dict[str, str]:
    return {"en": english, "cy": welsh or english}


def ask(*schools: Establishment, due_on: date = date(2026, 6, 20), title: str = "Budget plan") -> Asked:
    lines = (
        (both("Grants", "Grantiau"), "income", True),
        (both("Staff"), "expenditure", True),
        (both("Why", "Pam"), "text", False),
    )
    told = Told(both(title, "Cynllun cyllideb"), both("Read the plan first."), due_on, lines)
    return services.ask_return(told, [one.pk for one in schools], **officer_acting(an_officer()))


def saved(place: SchoolPlace, one: Return, **answers: str) -> Return:
    one.refresh_from_db()
    return services.save_answers(one, answers, seen=services.stamp_of(one), **acting(place))


def sent(place: SchoolPlace, one: Return, **answers: str) -> Version:
    saved(place, one, **(answers or {"line1": "1,000.00", "line2": "£250.50"}))
    return services.send_return(one, **acting(place))


def what_is_kept(place: SchoolPlace, officer: User) -> tuple[Statement, Upload, Version]:
    """A statement of a school, a file that waits, and a return of which a version is there."""
    how = officer_acting(officer) | {"now": timezone.now()}
    month = rules.first_of(timezone.localdate())
    services.publish(services.read_file(month, "a.csv", csv_of(), **how), **how)
    waiting = services.read_file(month, "b.csv", csv_of(), **how)
    told = Told(both("Plan"), both(""), timezone.localdate(), [(both("Grants"), "income", True)])
    asked = services.ask_return(told, [place.school_id], **how)
    one = asked.returns.get()
    version = Version.objects.create(
        of=one,
        number=1,
        reference="FIN-2606-1A2B3C4D",
        answers={"line1": "5"},
        sent_at=how["now"],
        sent_by=place.user,
    )
    return Statement.objects.get(), waiting, version


__all__ = ["NOON", "a_bursar", "acting", "officer_acting"]
