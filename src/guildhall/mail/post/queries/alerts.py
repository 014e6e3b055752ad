"""What of the post has waited too long, and what nobody leads.

An item is old for somebody more than seven full days after it first reached them. Whoever read or archived
it is not alerted.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain

from django.db.models import Count, Exists, Min, OuterRef, Q
from django.db.models.functions import Greatest

from guildhall.foundation.access.holder import Holder
from guildhall.people.membership.models import SchoolPlace
from guildhall.people.responsibilities import queries as responsibilities
from guildhall.people.responsibilities.models import Responsibility

from ..asked import Asked
from ..models import Mark, Posting, Redirect, Target
from ..reach import groups_of, reach_of, reaching
from ..rules import OLD_AFTER
from .own import items_of, listed
from .school import colleagues, own_place

MOST = 50
RECENT = timedelta(days=30)


@dataclass(frozen=True)
class OldItem:
    """An unread item with when it first reached its reader."""

    posting: Posting
    reached_at: datetime


@dataclass(frozen=True)
class Behind:
    """A member of staff with old unread post: how many items, and since when the oldest waits."""

    place: SchoolPlace
    count: int
    oldest: datetime


@dataclass(frozen=True)
class Unled:
    """An item that no Lead Contact of the school has, and the responsibilities that it came for."""

    posting: Posting
    responsibilities: list[Responsibility]


def old_unread(place: SchoolPlace, *, now: datetime) -> list[OldItem]:
    """What somebody has left unread for more than seven days, at most MOST, the longest waiting first."""
    reach = reach_of(place)
    rows = listed(reach, Asked(view="old"), now=now).order_by("published_at", "pk")[:MOST]
    found = [OldItem(one.posting, one.reached_at) for one in items_of(reach, list(rows))]
    return sorted(found, key=lambda one: one.reached_at)


def staff_with_old_unread(holder: Holder, school_id: int, *, now: datetime) -> list[Behind]:
    """Who else at the school has old unread post, for a supervisor of it: MOST people at most, by name."""
    place = own_place(holder, school_id)
    if place is None or school_id not in holder.supervised:
        return []
    before = now - OLD_AFTER
    found: dict[int, tuple[int, datetime]] = {}
    for pk, count, oldest in chain(_behind_by_duty(place, before), _behind_by_redirect(place, before)):
        had, since = found.get(pk, (0, oldest))
        found[pk] = (had + count, min(since, oldest))
    return [Behind(one, *found[one.pk]) for one in colleagues(place) if one.pk in found][:MOST]


def _behind_by_duty(place: SchoolPlace, before: datetime) -> Iterable[tuple[int, int, datetime]]:
    """Place, how many and the oldest, of what came by responsibilities."""
    way = "responsibility__post_targets__"
    read = Mark.objects.filter(place=OuterRef("place"), posting=OuterRef(f"{way}posting"))
    rows = reaching(
        ~Exists(read),
        Q(**{f"{way}published_at__lt": before}),
        place__school=place.school_id,
        given_at__lt=before,
    )
    return rows.values_list("place").annotate(
        count=Count(f"{way}posting", distinct=True), oldest=Min(Greatest("given_at", f"{way}published_at"))
    )


def _behind_by_redirect(place: SchoolPlace, before: datetime) -> Iterable[tuple[int, int, datetime]]:
    """The same of what was redirected and did not come by a responsibility as well."""
    read = Mark.objects.filter(place=OuterRef("place"), posting=OuterRef("posting"))
    here = {"place": OuterRef("place"), "responsibility__post_targets__posting": OuterRef("posting")}
    besides = reaching(given_at__lt=before, **here)
    rows = Redirect.objects.filter(
        ~Exists(read),
        ~Exists(besides),
        place__school=place.school_id,
        at__lt=before,
        posting__state=Posting.State.PUBLISHED,
    )
    return rows.values_list("place").annotate(count=Count("pk"), oldest=Min("at"))


def without_lead(holder: Holder, school_id: int, *, now: datetime) -> list[Unled]:
    """Post of the last thirty days that no Lead Contact of the school has, newest first; for supervisors."""
    place = own_place(holder, school_id)
    if place is None or school_id not in holder.supervised:
        return []
    here = Target.objects.filter(group__in=groups_of(place.school), published_at__gte=now - RECENT)
    led = here.filter(responsibility__in=list(responsibilities.lead_counts(school_id)))
    without = Posting.objects.filter(pk__in=here.values("posting")).exclude(pk__in=led.values("posting"))
    postings = list(without.order_by("-published_at", "-pk")[:MOST])
    came_for: dict[int, dict[int, Responsibility]] = {posting.pk: {} for posting in postings}
    for target in here.filter(posting__in=postings).select_related("responsibility"):
        came_for[target.posting_id][target.responsibility_id] = target.responsibility
    return [Unled(posting, list(came_for[posting.pk].values())) for posting in postings]
