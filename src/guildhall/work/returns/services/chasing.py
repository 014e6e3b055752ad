"""Chasing, in one step, the schools that have not submitted (SY-063)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User

from .. import queries, rules
from ..collections import Collection
from ..models import Event, Return
from . import telling
from .deciding import NotHandling


@dataclass(frozen=True)
class Chased:
    """How many schools were chased, and how many have nobody who could be."""

    schools: int
    nobody: int


@transaction.atomic
def chase(one: Collection, *, holder: Holder, by: User, now: datetime) -> Chased:
    """Remind everybody who sends returns at a school that has not submitted. Once a day each.

    Raises NotHandling, and a Refusal before the collection is live.
    """
    if not rules.handles(holder):
        raise NotHandling(texts.say("schools.Error_Returns_NotHandling"))
    if now < one.live_from:
        raise Refusal(texts.say("schools.Error_Returns_ChaseEarly"))
    missing = [row.school for row in queries.standing(holder, one) if not row.submitted]
    senders = queries.senders_of([school.pk for school in missing])
    chased = 0
    for school in missing:
        people = senders.get(school.pk, []) or queries.heads_of(school.pk, today=now.date())
        for person in people:
            telling.chase(school.pk, one.key, one.year, to=person, now=now)
        if people:
            chased += 1
            own, _ = Return.objects.get_or_create(
                school=school,
                key=one.key,
                year=one.year,
                area=Return.Area.LIVE,
                defaults={"changed_at": now},
            )
            Event.objects.create(of=own, act="chase", by=by, at=now)
    detail = {"collection": f"{one.key} {one.year}", "schools": chased}
    audit.record("returns.chased", by=by, about=("returns.collection", one.key), now=now, detail=detail)
    return Chased(chased, len(missing) - chased)
