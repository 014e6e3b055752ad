"""What tests of batches of invoices stand on."""

from decimal import Decimal
from typing import Any

from guildhall.people.accounts.models import User
from guildhall.people.membership.models import SchoolPlace
from guildhall.people.membership.queries import holder_for
from guildhall.work.invoices import services, staging
from guildhall.work.invoices.models import Batch, Upload
from guildhall.work.invoices.moves import Move
from guildhall.work.invoices.services import Control

from ...people.membership.schools import a_place, holder
from ...people.responsibilities.scene import LEAD, give
from ...standing import NOON, a_person

HEADINGS = "Invoice number,Date,Supplier,Cost code,Net,VAT,Gross"
GOOD = "A-1,27/03/2026,Cambrian Books,4100,100.00,20.00,120.00"


def a_bursar(by: SchoolPlace, email: str = "tracey@ysgol.example.org") -> SchoolPlace:
    """Somebody at the school who answers for finance."""
    place = a_place(email, by.school)
    give(place, by, Finance=LEAD)
    return place


def a_finance_officer(email: str = "ceri@council.example.org") -> User:
    return a_person(email, role="finance-officer")


def numbered(number: int, gross: str = "120.00", supplier: str = "Cambrian Books") -> str:
    """A line that is right, with VAT of 0."""
    return f"N-{number},27/03/2026,{supplier},4100,{gross},0.00,{gross}"


def csv_of(*lines: str, heads: str = HEADINGS) -> bytes:
    return "\r\n".join([heads, *lines]).encode()


def acting(place: SchoolPlace) -> dict[str, Any]:
    return {"holder": holder(place), "by": place.user, "now": NOON}


def officer_acting(by: User | None = None) -> dict[str, Any]:
    by = by or a_finance_officer()
    return {"holder": holder_for(by, verified=True), "by": by, "now": NOON}


def read(place: SchoolPlace, *lines: str, content: bytes = b"") -> Upload:
    content = content or csv_of(*lines)
    return services.read_file(place.school_id, "march.csv", content, **acting(place))


def checked(upload: Upload) -> list[staging.Checked]:
    upload.refresh_from_db()
    return staging.staged(upload, today=NOON.date())


def codes_at(upload: Upload) -> list[list[str]]:
    """The names of what is wrong, line by line."""
    return [[problem.code for problem in one.problems] for one in checked(upload)]


def send(place: SchoolPlace, upload: Upload, total: str = "120.00", count: int = 1) -> Batch:
    return services.send_batch(upload, Control(Decimal(total), count), **acting(place))


def a_batch(place: SchoolPlace, *lines: str, total: str = "120.00") -> Batch:
    """One that was sent; without ``lines`` it has the one good line."""
    lines = lines or (GOOD,)
    return send(place, read(place, *lines), total, len(lines))


def taken(batch: Batch) -> Batch:
    return services.move_batch(batch, Move.TAKE_UP, **officer_acting())


def returned(batch: Batch, answer: str = "Use the code for books.") -> Batch:
    return services.decide(taken(batch), Move.RETURN, answer=answer, **officer_acting())
