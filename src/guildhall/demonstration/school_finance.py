"""Accounts of the demonstration's schools: two months, one corrected; a return sent, one due and one late."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from guildhall.people.membership.models import SchoolPlace
from guildhall.people.membership.queries import holder_for
from guildhall.people.organisations import queries as organisations
from guildhall.work.schoolfinance import rules, services
from guildhall.work.schoolfinance.models import Asked
from guildhall.work.schoolfinance.services import Told
from guildhall.work.schoolfinance.sheets import COLUMNS, TEMPLATE

from .cast import Cast
from .responsibilities import place_of

ACCOUNTS = (
    ("Income", "1001", "Budget share", 412_000),
    ("Income", "1100", "Pupil Development Grant", 38_500),
    ("Income", "1300", "Lettings", 4_200),
    ("Expenditure", "2001", "Teachers", 268_000),
    ("Expenditure", "2100", "Support staff", 92_400),
    ("Expenditure", "4100", "Books and equipment", 12_600),
    ("Expenditure", "4200", "Repairs", 18_000),
    ("Expenditure", "4400", "Energy", 31_500),
)
LINES = (
    ({"en": "Income from the council", "cy": "Incwm gan y cyngor"}, "income", True),
    ({"en": "Other income", "cy": "Incwm arall"}, "income", True),
    ({"en": "Staff", "cy": "Staff"}, "expenditure", True),
    ({"en": "Buildings and energy", "cy": "Adeiladau ac ynni"}, "expenditure", True),
    ({"en": "Balance brought forward", "cy": "Balans a ddygwyd ymlaen"}, "money", True),
    ({"en": "What has changed since last year", "cy": "Beth sydd wedi newid ers y llynedd"}, "text", False),
)
GUIDANCE = {
    "en": "Give whole pounds where you do not know the pence.",
    "cy": "Rhowch bunnoedd cyfan lle nad ydych yn gwybod y ceiniogau.",
}


@transaction.atomic
def keep_accounts(cast: Cast, *, now: datetime) -> None:
    """Let the finance team publish and ask, and schools answer."""
    last = rules.month_before(rules.first_of(now.date()))
    _publish(cast, rules.month_before(last), now - timedelta(days=35))
    _publish(cast, last, now - timedelta(days=6))
    _publish(cast, last, now - timedelta(days=4), more=350)
    tracey, nerys = place_of("tracey@school.example.org", 990009), place_of("nerys@ysgol.example.org", 990001)
    both = [tracey.school_id, nerys.school_id]
    _ask(cast, ("Budget plan", "Cynllun cyllideb"), now + timedelta(days=21), both, now - timedelta(days=5))
    _ask(cast, ("Energy costs", "Costau ynni"), now - timedelta(days=3), both, now - timedelta(days=30))
    halves = ("Half-year monitoring", "Monitro hanner blwyddyn")
    monitoring = _ask(cast, halves, now + timedelta(days=5), both, now - timedelta(days=20))
    _send(tracey, monitoring, now - timedelta(days=2))


def _publish(cast: Cast, month: date, now: datetime, *, more: int = 0) -> None:
    """Accounts of every school; with ``more`` only two schools, which have spent that much more on energy."""
    months = (month.month - 4) % 12 + 1
    schools = list(organisations.open_establishments().order_by("urn"))
    lines = [
        ",".join([one.urn, kind, code, name, *_amounts(budget + 100 * place, months, more, code)])
        for place, one in enumerate(schools[:2] if more else schools)
        for kind, code, name, budget in ACCOUNTS
    ]
    heads = ",".join(TEMPLATE.heading(column, "en") for column in COLUMNS)
    content = "\r\n".join([heads, *lines]).encode()
    upload = services.read_file(month, f"accounts-{month:%Y-%m}.csv", content, **_officer(cast, now))
    services.publish(upload, **_officer(cast, now))


def _amounts(budget: int, months: int, more: int, code: str) -> list[str]:
    spent = budget * months / 12 * (1.7 if code == "4200" else 1) + (more if code == "4400" else 0)
    return [f"{budget:.2f}", f"{spent:.2f}", f"{budget / 40:.2f}" if code.startswith("4") else "0.00"]


def _ask(cast: Cast, titles: tuple[str, str], due: datetime, schools: list[int], now: datetime) -> Asked:
    told = Told(dict(zip(("en", "cy"), titles, strict=True)), GUIDANCE, due.date(), LINES)
    return services.ask_return(told, schools, **_officer(cast, now))


def _send(place: SchoolPlace, asked: Asked, now: datetime) -> None:
    one = asked.returns.get(school=place.school_id)
    typed = ("206,000.00", "21,350.00", "180,200.00", "24,750.00", "12,800.40", "One class fewer.")
    answers = {f"line{number}": words for number, words in enumerate(typed, start=1)}
    how: dict[str, Any] = {"holder": holder_for(place.user, verified=True), "by": place.user, "now": now}
    services.save_answers(one, answers, seen=services.stamp_of(one), **how)
    services.send_return(one, **how)


def _officer(cast: Cast, now: datetime) -> dict[str, Any]:
    ceri = cast.staff["ceri"]
    return {"holder": holder_for(ceri, verified=True), "by": ceri, "now": now}
