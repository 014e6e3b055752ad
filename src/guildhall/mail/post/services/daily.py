"""The daily email: that there is new post, to everybody who has some and wants to know."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from guildhall.foundation.outbox.email import put_email
from guildhall.people.accounts.models import User
from guildhall.people.consent.models import EmailPreference
from guildhall.people.membership.models import SchoolPlace

from ..models import Mark, Posting, Redirect, Round
from ..reach import reaching

FROM_HOUR = 7  # local time
AT_ONCE = 500


def send_daily(*, now: datetime) -> int:
    """Put today's emails into the outbox, from seven in the morning on; how many went in this call.

    A round that broke off goes on where it was; one that is done is not done again.
    """
    local = timezone.localtime(now)
    if local.hour < FROM_HOUR:
        return 0
    today = _round_of(local.date(), now)
    before = today.sent
    while today.done_at is None:
        today = _some(today, now=now)
    return today.sent - before


def _round_of(day: date, now: datetime) -> Round:
    last = Round.objects.filter(day__lt=day).order_by("-day").first()
    since = last.until if last else now - timedelta(days=1)
    return Round.objects.get_or_create(day=day, defaults={"since": since, "until": now})[0]


@transaction.atomic
def _some(today: Round, *, now: datetime) -> Round:
    """The next places of the round."""
    today = Round.objects.select_for_update().get(pk=today.pk)
    working = SchoolPlace.objects.filter(membership__ended_at=None, membership__locked_at=None)
    rows = working.filter(pk__gt=today.after).select_related("user").order_by("pk")
    places = {place.pk: place for place in rows[:AT_ONCE]}
    for pk in _with_new(today, places.keys()):
        today.sent += _tell(places[pk].user, today, now=now)
    today.after = max(places, default=today.after)
    today.done_at = now if len(places) < AT_ONCE else None
    today.save()
    return today


def _with_new(today: Round, places: Collection[int]) -> list[int]:
    """Which of these have unread post that first reached them since the last round."""
    found = {*_by_duty(today, places), *_by_redirect(today, places)}
    refusing = EmailPreference.objects.filter(post_daily=False)
    refused = SchoolPlace.objects.filter(pk__in=found, user__in=refusing.values("user"))
    return sorted(found - set(refused.values_list("pk", flat=True)))


def _by_duty(today: Round, places: Collection[int]) -> Collection[int]:
    """By post that was published, or by what they were given, since the last round."""
    way, window = "responsibility__post_targets__", (today.since, today.until)
    read = Mark.objects.filter(place=OuterRef("place"), posting=OuterRef(f"{way}posting"))
    new = Q(**{f"{way}published_at__range": window}) | Q(given_at__range=window)
    rows = reaching(~Exists(read), new, place__in=list(places))
    return set(rows.values_list("place", flat=True).distinct())


def _by_redirect(today: Round, places: Collection[int]) -> Collection[int]:
    read = Mark.objects.filter(place=OuterRef("place"), posting=OuterRef("posting"))
    rows = Redirect.objects.filter(
        ~Exists(read),
        place__in=list(places),
        at__range=(today.since, today.until),
        posting__state=Posting.State.PUBLISHED,
    )
    return set(rows.values_list("place", flat=True).distinct())


def _tell(user: User, today: Round, *, now: datetime) -> bool:
    """Put one email for a person, however many schools they work at."""
    if not user.is_active or not user.email:
        return False
    put_email(
        user.email,
        subject="schools.EmailSubject_PostDaily",
        body="text-blocks.Email_PostDaily",
        language=user.language,
        key=f"post-daily:{user.pk}:{today.day}",
        now=now,
        link="/schools/post/?view=unread",
        settings_link="/account/emails/",
    )
    return True
