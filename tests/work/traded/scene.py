"""A catalogue of traded services, and a school that asks."""

from typing import Any
from uuid import uuid4

from guildhall.people.membership.models import SchoolPlace
from guildhall.people.membership.queries import holder_for
from guildhall.work.traded import services
from guildhall.work.traded.models import Enquiry, Service
from guildhall.work.traded.moves import Move

from ...people.membership.schools import a_place, holder
from ...standing import NOON, an_officer


def acting(**more: Any) -> dict[str, Any]:
    by = an_officer()
    return {"holder": holder_for(by, verified=True), "by": by, "now": NOON} | more


def told(title: str = "Payroll", **more: Any) -> services.Told:
    plain = {
        "category": "staff",
        "title": {"en": title, "cy": f"{title} (Cymraeg)"},
        "summary": {"en": "We pay your staff.", "cy": "Rydym yn talu eich staff."},
        "words": {"en": "## Each month\n\n- payslips", "cy": "## Bob mis\n\n- slipiau cyflog"},
        "contact": "Payroll team",
        "email": "payroll@council.example.org",
    }
    return services.Told(**plain | more)


def a_service(title: str = "Payroll", *, upload: Any = None, **more: Any) -> Service:
    return services.add_service(told(title, **more), key=uuid4(), upload=upload, **acting())


def ask(service: Service, place: SchoolPlace | None = None, **more: Any) -> Enquiry:
    place = place or a_place("elen@ysgol.example.org")
    plain = {"kind": "question", "words": "How much for 14 staff?", "key": uuid4()}
    return services.ask_about(service, place=place, by=place.user, now=NOON, **plain | more)


def answer(enquiry: Enquiry, move: Move = Move.ANSWER, words: str = "£4 each.", **more: Any) -> Enquiry:
    return services.take_step(enquiry, move, words=words, **{"key": uuid4()} | acting() | more)


def say_again(enquiry: Enquiry, place: SchoolPlace, move: Move = Move.ASK, words: str = "And 20?") -> Enquiry:
    how = {"holder": holder(place), "place": place, "by": place.user, "now": NOON}
    return services.take_step(enquiry, move, words=words, key=uuid4(), **how)
