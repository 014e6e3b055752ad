"""Reminding the schools that are late with what a posting asks: all of them in one step."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.outbox import services as outbox
from guildhall.foundation.outbox.email import put_email
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User
from guildhall.people.membership.models import SchoolPlace

from ..models import Chase, Posting
from ..queries import council

AT_ONCE = 200


class NobodyLate(Refusal):
    """No school is late with it."""


class ChasedToday(Refusal):
    """The late schools were reminded today already."""


@transaction.atomic
def chase(posting: Posting, *, by: User, now: datetime) -> Chase:
    """Remind every school that is late with a posting, by email to its Lead Contacts, else its supervisors.

    Once a day. Raises NobodyLate, ChasedToday.
    """
    posting = hold(posting)
    today = timezone.localdate(now)
    last = posting.chases.order_by("-at").first()
    if last and timezone.localdate(last.at) == today:
        raise ChasedToday(texts.say("schools.Error_Post_ChasedToday"))
    late = council.report(posting, today=today, part="late").count()
    if posting.state != Posting.State.PUBLISHED or not late:
        raise NobodyLate(texts.say("schools.Error_Post_NobodyLate"))
    made = Chase.objects.create(posting=posting, by=by, at=now, schools=late)
    outbox.put("post-chase", {"chase": made.pk}, key=f"post-chase:{made.pk}", now=now)
    audit.record("post.chased", by=by, about=posting, now=now, detail={"schools": late})
    return made


def remind(chased: Chase, *, now: datetime) -> None:
    """Put the emails of a chase into the outbox, a bounded number of schools at a time; safe to repeat."""
    rows = council.report(chased.posting, today=timezone.localdate(chased.at), part="late")
    schools = list(rows.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(schools), AT_ONCE):
        with transaction.atomic():
            for place in _answerable(chased.posting, schools[start : start + AT_ONCE]):
                _remind(place, chased, now=now)


def _answerable(posting: Posting, schools: list[int]) -> Iterator[SchoolPlace]:
    """Who is asked at each of these schools: its Lead Contacts for it; where it has none, its supervisors."""
    working = SchoolPlace.objects.filter(
        school__in=schools, membership__ended_at=None, membership__locked_at=None
    ).select_related("user")
    leads = council.leads_of(posting).values("place")
    led: set[int] = set()
    for place in working.filter(pk__in=leads):
        led.add(place.school_id)
        yield place
    yield from working.filter(seat__isnull=False).exclude(school__in=led)


def _remind(place: SchoolPlace, chased: Chase, *, now: datetime) -> None:
    if place.user.is_active and place.user.email:
        put_email(
            place.user.email,
            subject="schools.EmailSubject_PostChased",
            body="text-blocks.Email_PostChased",
            language=place.user.language,
            key=f"post-chase:{chased.pk}:{place.pk}",
            now=now,
            link=f"/schools/post/{chased.posting_id}/",
        )
