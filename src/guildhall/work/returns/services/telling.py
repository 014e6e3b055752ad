"""Messages about returns. They name no pupil."""

from datetime import datetime

from django.utils import timezone

from guildhall.mail.messages import services as messages
from guildhall.mail.messages.about import About
from guildhall.people.accounts.models import User
from guildhall.people.membership.addresses import at_school

from .. import queries
from ..collections import collection
from ..models import Return
from ..wording import collection_name, day_and_time


def tell(own: Return, what: str, *, now: datetime) -> None:
    """Tell those who send the school's returns that it was authorised or returned."""
    for person in queries.senders_of([own.school_id]).get(own.school_id, []):
        _send(own, what, person, now)


def ask_head(own: Return, *, now: datetime) -> None:
    """Tell the headteacher, or who answers for that duty, that a return waits for approval."""
    for person in queries.heads_of(own.school_id, today=timezone.localdate(now)):
        _send(own, "Submitted", person, now)


def _send(own: Return, what: str, person: User, now: datetime) -> None:
    messages.send_text(
        f"Returns_{what}",
        to=person,
        key=f"returns-{what.lower()}:{own.pk}:{person.pk}:{now.timestamp()}",
        now=now,
        about=About(own.school.name, "returns.return", own.pk),
        sensitive=False,
        collection=collection_name(own.key, own.year, person.language),
        school=own.school.name,
        answer=own.answer,
        link=at_school(own.school_id, "schools:returns-return", own.pk),
    )


def chase(school_id: int, key: str, year: int, *, to: User, now: datetime) -> None:
    """Remind somebody of a school that a collection is live and its return is not submitted."""
    one = collection(key, year)
    messages.send_text(
        "Returns_Chased",
        to=to,
        key=f"returns-chased:{school_id}:{key}:{year}:{to.pk}:{now.date()}",
        now=now,
        about=About("", "returns.collection", 0),
        sensitive=False,
        collection=collection_name(key, year, to.language),
        day=day_and_time(one.live_from, to.language),
        link=at_school(school_id, "schools:data-collections"),
    )
