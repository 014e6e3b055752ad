"""What the demonstration's council sells to its schools, and what one of them asked."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from guildhall.foundation.documents import Document, Section
from guildhall.foundation.documents import services as documents
from guildhall.people.membership.queries import holder_for
from guildhall.work.traded import services
from guildhall.work.traded.models import Enquiry, Service
from guildhall.work.traded.moves import Move

from .cast import Cast, script
from .responsibilities import place_of

TEAMS = {"inclusion": "send", "improvement": "training", "governors": "training"}


@transaction.atomic
def sell_services(cast: Cast, *, now: datetime) -> None:
    """Let an officer fill the catalogue, and a school ask about three services."""
    officer = _officer(cast, now - timedelta(days=120))
    made = [_sell(row, number, now.date(), officer) for number, row in enumerate(script()["traded"])]
    retired = _sell(script()["traded_retired"], 99, now.date(), officer)
    services.retire_service(retired, **officer)
    for number, (urn, email, kind, words, answer, move) in enumerate(script()["traded_enquiries"]):
        place, at = place_of(email, urn), now - timedelta(days=9 - 2 * number)
        enquiry = services.ask_about(
            made[number], kind=kind, words=words, place=place, key=uuid4(), by=place.user, now=at
        )
        if move:
            _answer(enquiry, move, answer, _officer(cast, at + timedelta(days=1)))


def _sell(row: list[Any], number: int, today: date, officer: dict[str, Any]) -> Service:
    category, titles, summaries, words, audience, price, contact, email, phone = row
    first = date(today.year if today.month >= 9 else today.year - 1, 9, 1)
    told = services.Told(
        category=category,
        team=TEAMS.get(category),
        title=_both(titles),
        summary=_both(summaries),
        words=_both(words),
        audience=_both(audience),
        price=_both(price),
        contact=contact,
        email=email,
        phone=phone,
        first_on=first,
        last_on=date(first.year + 1, 8, 31),
    )
    upload = _brochure(titles[0], summaries[0]) if number == 0 else None
    return services.add_service(told, key=uuid4(), upload=upload, **officer)


def _both(words: list[str]) -> dict[str, str]:
    return {"en": words[0], "cy": words[1]}


def _brochure(title: str, summary: str) -> SimpleUploadedFile:
    page = Document(
        title=title, reference="", language="en", sections=[Section(heading=title, rows=[("", [summary])])]
    )
    return SimpleUploadedFile("payroll-brochure.pdf", documents.pdf(page), content_type="application/pdf")


def _answer(enquiry: Enquiry, move: str, words: str, officer: dict[str, Any]) -> None:
    services.take_step(enquiry, Move(move), words=words, key=uuid4(), **officer)


def _officer(cast: Cast, now: datetime) -> dict[str, Any]:
    joe = cast.staff["joe"]
    return {"holder": holder_for(joe, verified=True), "by": joe, "now": now}
