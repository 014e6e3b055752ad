"""What tests of annual reviews stand on."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from guildhall.people.accounts.models import User
from guildhall.people.membership.models import SchoolPlace
from guildhall.people.membership.queries import holder_for
from guildhall.work.annualreviews import services
from guildhall.work.annualreviews.models import Plan, Report, Review
from guildhall.work.annualreviews.services import Dates, Pupil

from ...people.membership.schools import a_place, a_supervisor, holder
from ...people.responsibilities.scene import LEAD, give
from ...standing import NOON, an_officer
from ..meals.scene import upn

PEOPLE = [
    {"name": "Rhian Hughes", "role": "Mother", "came": "attended"},
    {"name": "Dr Owen", "role": "Paediatrician", "came": "views"},
]
VIEWS = {"child": "I like art.", "parents": "He is happier.", "school": "Reading has come on.", "others": ""}
OUTCOMES = [
    {"hoped": "Reads a page alone", "progress": "Reads half", "what": "keep"},
    {"hoped": "Plays with others", "progress": "Every day", "what": "met"},
]
ADVICE = {"what": "keep", "reasons": "The plan works.", "next_on": ""}
PARTS: dict[str, Any] = {"people": PEOPLE, "views": VIEWS, "outcomes": OUTCOMES, "advice": ADVICE}


def a_senco(by: SchoolPlace | None = None, email: str = "nia@ysgol.example.org") -> SchoolPlace:
    """Somebody at the school who is responsible for special educational needs."""
    by = by or a_supervisor()
    place = a_place(email, by.school)
    give(place, by, Special_Educational_Needs_and_Disabilities=LEAD)
    return place


def acting(who: SchoolPlace | User, now: datetime = NOON) -> dict[str, Any]:
    if isinstance(who, SchoolPlace):
        return {"holder": holder(who), "by": who.user, "now": now}
    return {"holder": holder_for(who, verified=True), "by": who, "now": now}


def a_plan(
    by: SchoolPlace, name: str = "Osian Parry", number: int = 1, *, due_in: int = 30, now: datetime = NOON
) -> Plan:
    """A pupil whose review is due so many days from now."""
    forename, surname = name.split()
    due = now.date() + timedelta(days=due_in)
    made = due.replace(year=due.year - 1)
    return services.add_plan(
        by.school,
        Pupil(forename, surname, date(2015, 5, 4), upn(number)),
        Dates(made),
        key=uuid4(),
        **acting(by, now),
    )


def planned(plan: Plan, by: SchoolPlace, *, in_days: int = -3) -> Review:
    day = NOON.date() + timedelta(days=in_days)
    return services.plan_meeting(plan, meeting_on=day, place="Room 4", **acting(by))


def recorded(review: Review, by: SchoolPlace, **changed: Any) -> Review:
    """Every part saved by ``by``."""
    for part, plain in (PARTS | changed).items():
        held = {"meeting_on": review.meeting_on} if part == "people" else {}
        review = services.save_part(review, part, plain, seen=review.saves.get(part, 0), **held, **acting(by))
    return review


def sent(plan: Plan, by: SchoolPlace, **changed: Any) -> Report:
    review = recorded(planned(plan, by), by, **changed)
    return services.send_report(review, seen=review.saves, **acting(by))


def decided(report: Report, decision: str = "keep", words: str = "As the school asked.") -> Review:
    return services.decide_review(
        report.review,
        decision=decision,
        decided_on=NOON.date(),
        words=words,
        version=report.number,
        **acting(an_officer()),
    )
