"""Annual reviews of a demonstration school: due, overdue, planned, held, sent, and decided."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from guildhall.foundation.kit.identifiers import upn_letter
from guildhall.people.membership.models import SchoolPlace
from guildhall.people.membership.queries import holder_for
from guildhall.records.children.identity import Identity
from guildhall.work.annualreviews import services
from guildhall.work.annualreviews.models import Plan, Review
from guildhall.work.annualreviews.services import Dates, Pupil

from .cast import Cast
from .responsibilities import place_of

PUPILS = (-12, 9, 31, 50, 20, 5, 15, 40, 150, 220)  # days until each is due
PARTS: dict[str, Any] = {
    "people": [
        {"name": "Sioned Hughes", "role": "Mother", "came": "attended"},
        {"name": "Elin Rowlands", "role": "Headteacher", "came": "attended"},
        {"name": "Dr Owen", "role": "Paediatrician", "came": "views"},
        {"name": "Kit Morgan", "role": "Speech and language therapist", "came": "apologies"},
    ],
    "views": {
        "child": "I like art and the garden. Reading aloud is hard. I want to read to my sister.",
        "parents": "Calmer at home since the autumn. We would like help with the move to the next class.",
        "school": "Attendance is good. Small-group reading each morning works well.",
        "others": "The paediatrician asks that hearing is tested again in the spring.",
    },
    "outcomes": [
        {"hoped": "Reads a page of a known book alone", "progress": "Reads half a page", "what": "keep"},
        {"hoped": "Plays a game with two others", "progress": "Most days", "what": "met"},
        {"hoped": "Asks for help with a card", "progress": "Now asks in words", "what": "amend"},
    ],
    "advice": {
        "what": "amend",
        "reasons": "Section F should name the reading group, and a plan for the next class.",
        "next_on": "",
    },
}


@transaction.atomic
def record_reviews(cast: Cast, *, now: datetime) -> None:
    """Let the head add pupils with plans, hold some of the reviews, send them, and an officer decide one."""
    elin = place_of("elin@ysgol.example.org", 990001)
    born = [
        one
        for one, school in ((one, one.school) for _, one in cast.children)
        if school == elin.school.name and one.born_on and 5 <= now.year - one.born_on.year <= 10
    ][: len(PUPILS)]
    plans = [
        _add(elin, one, number, due, now) for number, (one, due) in enumerate(zip(born, PUPILS, strict=False))
    ]
    _meet(plans[3], elin, now, days=21)
    _meet(plans[2], elin, now, days=45)
    _record(_meet(plans[4], elin, now, days=-10), elin, now, only=("people", "views"))
    _send(_record(_meet(plans[5], elin, now, days=-16), elin, now), elin, now - timedelta(days=6))
    _send(_record(_meet(plans[6], elin, now, days=-35), elin, now), elin, now - timedelta(days=28))
    decided = _send(_record(_meet(plans[7], elin, now, days=-40), elin, now), elin, now - timedelta(days=30))
    services.decide_review(
        decided,
        decision="amend",
        decided_on=timezone.localdate(now) - timedelta(days=14),
        words="We will send the amended plan to the family this month.",
        version=1,
        **_officer(cast, now - timedelta(days=13)),
    )


def _acting(place: SchoolPlace, now: datetime) -> dict[str, Any]:
    return {"holder": holder_for(place.user, verified=True), "by": place.user, "now": now}


def _officer(cast: Cast, now: datetime) -> dict[str, Any]:
    angharad = cast.staff["angharad"]
    return {"holder": holder_for(angharad, verified=True), "by": angharad, "now": now}


def _add(place: SchoolPlace, one: Identity, number: int, due_in: int, now: datetime) -> Plan:
    assert one.born_on
    rest = f"990{number:09d}"
    due = timezone.localdate(now) + timedelta(days=due_in)
    last_on = due.replace(year=due.year - 1, day=min(due.day, 28))
    made = last_on.replace(year=last_on.year - 1, day=min(last_on.day, 28))
    dates = Dates(made, last_on) if made > one.born_on else Dates(last_on)
    return services.add_plan(
        place.school,
        Pupil(one.forename, one.surname, one.born_on, upn_letter(rest) + rest),
        dates,
        key=UUID(int=990_000 + number),
        **_acting(place, now - timedelta(days=90)),
    )


def _meet(plan: Plan, place: SchoolPlace, now: datetime, *, days: int) -> Review:
    day = timezone.localdate(now) + timedelta(days=days)
    when = now - timedelta(days=60)
    return services.plan_meeting(plan, meeting_on=day, place="The library", **_acting(place, when))


def _record(review: Review, place: SchoolPlace, now: datetime, only: tuple[str, ...] = ()) -> Review:
    at = _evening(review.meeting_on)
    for part in only or tuple(PARTS):
        held: dict[str, Any] = {"meeting_on": review.meeting_on} if part == "people" else {}
        acting = _acting(place, min(at, now))
        seen = review.saves.get(part, 0)
        review = services.save_part(review, part, PARTS[part], seen=seen, **held, **acting)
    return review


def _send(review: Review, place: SchoolPlace, now: datetime) -> Review:
    return services.send_report(review, seen=review.saves, **_acting(place, now)).review


def _evening(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(17)))
