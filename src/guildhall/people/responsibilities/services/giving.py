"""Making people responsible, and telling them."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.meanwhile import refuse_stale
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User
from guildhall.people.accounts.services import proofs
from guildhall.people.membership.models import SchoolPlace

from .. import queries
from ..models import Assignment, Change, Level, Responsibility
from ..rules import IDEAL_LEADS


class NotTheirs(Refusal):
    """Only a supervisor of the school decides this, and about themselves another one."""


@transaction.atomic
def assign(
    place: SchoolPlace, *, levels: Mapping[int, str], seen: str, holder: Holder, by: User, now: datetime
) -> list[Responsibility]:
    """Make the person responsible for exactly ``levels``: responsibility id → a Level.

    ``seen`` is the stamp (queries.stamp_of) of what the page showed. Returns those that now have more
    Lead Contacts than is good. Raises NotTheirs, ChangedMeanwhile.
    """
    place = hold(place)
    refuse_others(place, holder)
    kept = queries.stamp_of(queries.levels_of(place))
    refuse_stale(seen, kept, texts.say("schools.Error_Responsibilities_Changed"))
    return settle(place, levels, by=by, now=now)


def refuse_others(place: SchoolPlace, holder: Holder) -> None:
    """Raise NotTheirs unless ``holder`` decides about ``place``, and the person still works there."""
    if place.membership.ended_at is not None or not queries.may_decide(holder, place):
        raise NotTheirs(texts.say("schools.Error_Responsibilities_NotTheirs"))


def settle(place: SchoolPlace, levels: Mapping[int, str], *, by: User, now: datetime) -> list[Responsibility]:
    """Bring what the person of ``place``, whose row is held, is responsible for to ``levels``."""
    known = {one.pk: one for one in queries.offered()}
    wanted = {pk: Level(level) for pk, level in levels.items() if pk in known}
    held = queries.levels_of(place)
    changes = [
        Change(
            place=place,
            responsibility_id=pk,
            before=held.get(pk, ""),
            after=wanted.get(pk, ""),
            by=by,
            at=now,
        )
        for pk in known
        if held.get(pk, "") != wanted.get(pk, "")
    ]
    if not changes:
        return []
    _replace(place, changes, now)
    Change.objects.bulk_create(changes)
    detail = {"school": place.school_id, "responsibilities": [one.responsibility_id for one in changes]}
    audit.record("responsibilities.changed", by=by, about=place.user, now=now, detail=detail)
    if place.user_id != by.pk:
        tell(place.user, "Changed", key=f"{place.pk}:{now.timestamp()}", now=now)
    counts = queries.lead_counts(place.school_id)
    raised = [one.responsibility_id for one in changes if one.after == Level.LEAD]
    return [known[pk] for pk in raised if counts.get(pk, 0) > IDEAL_LEADS]


def _replace(place: SchoolPlace, changes: list[Change], now: datetime) -> None:
    touched = [one.responsibility_id for one in changes]
    Assignment.objects.filter(place=place, responsibility_id__in=touched).delete()
    Assignment.objects.bulk_create(
        Assignment(place=place, responsibility_id=one.responsibility_id, level=one.after, given_at=now)
        for one in changes
        if one.after
    )


def tell(user: User, name: str, *, key: str, now: datetime) -> None:
    """Have an email say that something waits among the alerts; it names nothing and nobody."""
    proofs.tell(
        user,
        f"Responsibilities_{name}",
        key=f"responsibilities-{name.lower()}:{key}:{user.pk}",
        now=now,
        link=reverse("schools:alerts"),
    )
