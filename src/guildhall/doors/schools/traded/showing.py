"""Services and enquiries as pages show them, at the schools' door and at the council's."""

from typing import Any

from django.utils import timezone

from guildhall.foundation.files import queries as files
from guildhall.foundation.kit import speech
from guildhall.foundation.texts.queries import say
from guildhall.work.traded import queries, wording
from guildhall.work.traded.models import Enquiry, Reply, Service

COLOURS = {"sent": "yellow", "answered": "blue", "bought": "green", "closed": "grey"}


def service_row(service: Service) -> dict[str, Any]:
    """A service in the language of the page."""
    language = speech.active_language()
    said = {
        name: queries.said(getattr(service, name), language)
        for name in ("title", "summary", "words", "audience", "price")
    }
    brochure = service.brochure
    return said | {
        "service": service,
        "category": wording.category_name(service.category),
        "offered": _offered(service),
        "brochure": brochure,
        "brochure_kind": brochure.kind.upper() if brochure else "",
        "brochure_ready": bool(brochure and files.may_be_served(brochure)),
        "brochure_state": files.state_words(brochure) if brochure else "",
    }


def _offered(service: Service) -> str:
    first = speech.day(service.first_on) if service.first_on else ""
    last = speech.day(service.last_on) if service.last_on else ""
    if first and last:
        return say("schools.Traded_FromUntil", first=first, last=last)
    if first or last:
        return say("schools.Traded_From" if first else "schools.Traded_Until", day=first or last)
    return ""


def enquiry_row(enquiry: Enquiry) -> dict[str, Any]:
    """One line of what schools asked."""
    return {
        "enquiry": enquiry,
        "service": queries.said(enquiry.service.title, speech.active_language()),
        "kind": wording.kind_name(enquiry.kind),
        "state": wording.state_name(enquiry.state),
        "colour": COLOURS[enquiry.state],
        "asked_on": speech.day(timezone.localtime(enquiry.asked_at)),
    }


def enquiry_page(enquiry: Enquiry) -> dict[str, Any]:
    """One enquiry with everything written about it, the oldest first."""
    first = {
        "did": wording.kind_name(enquiry.kind),
        "who": f"{enquiry.asked_by}, {enquiry.school.name}",
        "words": enquiry.words,
        "at": enquiry.asked_at,
    }
    steps = [_step(one) for one in queries.replies_to(enquiry)]
    return enquiry_row(enquiry) | {"steps": [first, *steps]}


def _step(reply: Reply) -> dict[str, Any]:
    did = wording.move_name(reply.move)
    return {"did": did, "who": str(reply.by), "words": reply.words, "at": reply.at}
