"""Batches of invoices of the demonstration's schools: one of each state, and a file with lines to correct."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from guildhall.people.membership.models import SchoolPlace
from guildhall.people.membership.queries import holder_for
from guildhall.work.invoices import services
from guildhall.work.invoices.models import Batch
from guildhall.work.invoices.moves import Move
from guildhall.work.invoices.reading import COLUMNS, heading
from guildhall.work.invoices.services import Control

from .cast import Cast
from .responsibilities import place_of

CODES = {"4100": "Books", "4200": "Repairs", "4300": "Catering", "4400": "Energy", "4500": "Sport"}
SUPPLIERS = (
    ("Cambrian Books", "4100"),
    ("Rees and Sons, Builders", "4200"),
    ("Dol-y-bont Dairy", "4300"),
    ("Valley Power", "4400"),
)


@transaction.atomic
def send_invoices(cast: Cast, *, now: datetime) -> None:
    """Let two schools send, and the finance team accept, return and take up."""
    services.replace_codes(CODES, **_officer(cast, now - timedelta(days=60)))
    tracey, elin = place_of("tracey@school.example.org", 990009), place_of("elin@ysgol.example.org", 990001)
    accepted = _sent(tracey, "september.csv", 1, 8, now - timedelta(days=40))
    _taken(cast, accepted, now - timedelta(days=38))
    services.decide(accepted, Move.ACCEPT, **_officer(cast, now - timedelta(days=37)))
    back = _taken(
        cast, _sent(tracey, "october.csv", 20, 5, now - timedelta(days=12)), now - timedelta(days=11)
    )
    line = back.lines.order_by("position")[1]
    officer = _officer(cast, now - timedelta(days=10))
    services.mark_line(line, "This is for books. Use the cost code 4100.", **officer)
    services.decide(back, Move.RETURN, answer="Correct one line and send it again.", **officer)
    _taken(cast, _sent(elin, "swyddfa.csv", 40, 4, now - timedelta(days=5)), now - timedelta(days=2))
    _sent(tracey, "november.csv", 60, 30, now - timedelta(days=1))
    wrong = [_line(90, now.date()), ["T-1091", "soon", "Valley Power", "9999", "10.00", "2.00", "13.00"]]
    _read(tracey, "december.csv", wrong, now)


def _sent(place: SchoolPlace, name: str, first: int, count: int, now: datetime) -> Batch:
    lines = [_line(number, now.date()) for number in range(first, first + count)]
    total = sum((Decimal(line[-1]) for line in lines), Decimal(0))
    upload = _read(place, name, lines, now)
    return services.send_batch(upload, Control(total, count), **_acting(place, now))


def _read(place: SchoolPlace, name: str, lines: list[list[str]], now: datetime) -> Any:
    rows = [[heading(column, "en") for column in COLUMNS], *lines]
    content = "\r\n".join(";".join(row) for row in rows).encode()
    return services.read_file(place.school_id, name, content, **_acting(place, now))


def _line(number: int, day: date) -> list[str]:
    """An invoice, each seventh a credit note."""
    supplier, code = SUPPLIERS[number % len(SUPPLIERS)]
    net = (Decimal(number * 37 + 12) / 4 * (-1 if number % 7 == 0 else 1)).quantize(Decimal("0.01"))
    vat = (net / 5).quantize(Decimal("0.01"))
    dated = day - timedelta(days=number % 20 + 1)
    return [f"T-{1000 + number}", f"{dated:%d/%m/%Y}", supplier, code, str(net), str(vat), str(net + vat)]


def _taken(cast: Cast, batch: Batch, now: datetime) -> Batch:
    return services.move_batch(batch, Move.TAKE_UP, **_officer(cast, now))


def _acting(place: SchoolPlace, now: datetime) -> dict[str, Any]:
    return {"holder": holder_for(place.user, verified=True), "by": place.user, "now": now}


def _officer(cast: Cast, now: datetime) -> dict[str, Any]:
    ceri = cast.staff["ceri"]
    return {"holder": holder_for(ceri, verified=True), "by": ceri, "now": now}
