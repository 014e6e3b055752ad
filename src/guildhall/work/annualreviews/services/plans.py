"""The pupils whose plans are reviewed: added, their dates put right, ended and put back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.identifiers import fold_name
from guildhall.foundation.kit.locks import hold, hold_name
from guildhall.foundation.kit.refusals import Refusals
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.models import User
from guildhall.people.organisations.models import Establishment
from guildhall.records.children.identity import Identity
from guildhall.records.linkage import services as linkage

from ..details import Dates, Pupil, problems_of, wrong_dates
from ..models import Plan, Review
from .permitting import must, must_keep

SOURCE = "annual-review"


class WrongPupil(Refusals):
    """What was said of a pupil or of their dates cannot be; by field."""


def _check(found: dict[str, str], dates: Dates) -> None:
    if found:
        day = dates.limit.strftime("%d/%m/%Y")
        raise WrongPupil(
            {name: say(f"schools.Error_SenReview_{why}", day=day) for name, why in found.items()}
        )


@transaction.atomic
def add_plan(
    school: Establishment,
    pupil: Pupil,
    dates: Dates,
    *,
    key: UUID,
    holder: Holder,
    by: User,
    now: datetime,
) -> Plan:
    """Put a pupil with a plan on the school's list; the same ``key`` again gives the first.

    Raises NotTheirs, WrongPupil.
    """
    must_keep(holder, school.pk)
    hold_name(f"annual-reviews:{school.pk}")
    if known := Plan.objects.filter(key=key, school=school).first():
        return known
    found = problems_of(pupil, dates, today=timezone.localdate(now))
    if Plan.objects.filter(school=school, upn=pupil.upn, ended_at=None).exists():
        found.setdefault("upn", "Listed")
    _check(found, dates)
    identity = Identity(
        forename=pupil.forename,
        surname=pupil.surname,
        born_on=pupil.born_on,
        upn=pupil.upn,
        school=school.name,
    )
    mention = linkage.report_mention(identity, said_by=by, source_kind=SOURCE, source_id=str(key), now=now)
    plan = Plan.objects.create(
        key=key,
        school=school,
        mention=mention,
        forename=pupil.forename,
        surname=pupil.surname,
        born_on=pupil.born_on,
        upn=pupil.upn,
        sought=fold_name(f"{pupil.forename} {pupil.surname} {pupil.upn}")[:250],
        plan_on=dates.plan_on,
        last_on=dates.last_on,
        due_on=dates.due_on or dates.limit,
        added_at=now,
        added_by=by,
    )
    _record("pupil_added", plan, by=by, now=now)
    return plan


@transaction.atomic
def change_dates(plan: Plan, dates: Dates, *, holder: Holder, by: User, now: datetime) -> Plan:
    """Put the dates of a plan right. Raises NotTheirs, GoneOn, WrongPupil."""
    must_keep(holder, plan.school_id)
    plan = hold(plan)
    must(plan.ended_at is None)
    found = wrong_dates(dates, timezone.localdate(now))
    if dates.plan_on < plan.born_on:
        found["plan_on"] = "PlanBeforeBirth"
    _check(found, dates)
    before = {name: str(getattr(plan, name) or "") for name in ("plan_on", "last_on", "due_on")}
    plan.plan_on, plan.last_on, plan.due_on = dates.plan_on, dates.last_on, dates.due_on or dates.limit
    plan.save(update_fields=["plan_on", "last_on", "due_on"])
    _record("dates_changed", plan, by=by, now=now, before=before)
    return plan


@transaction.atomic
def end_plan(plan: Plan, *, why: str, holder: Holder, by: User, now: datetime) -> Plan:
    """Take a pupil off the list: who left, or was added by mistake. What is going on must be done first.

    Raises NotTheirs, GoneOn.
    """
    must_keep(holder, plan.school_id)
    must(why in (Plan.Why.LEFT, Plan.Why.MISTAKE), "Why", "why")
    plan = hold(plan)
    if plan.ended_at:
        return plan
    must(not plan.reviews.filter(state=Review.State.SENT).exists(), "Undecided")
    for review in plan.reviews.filter(state__in=Review.OPEN):
        must(review.state == Review.State.PLANNED or why == Plan.Why.LEFT, "Recorded")
    plan.ended_at, plan.ended_by, plan.ended_why = now, by, why
    plan.save(update_fields=["ended_at", "ended_by", "ended_why"])
    _record("pupil_ended", plan, by=by, now=now, why=why)
    return plan


@transaction.atomic
def put_back_plan(plan: Plan, *, holder: Holder, by: User, now: datetime) -> Plan:
    """Put a pupil who left, or was taken off by mistake, on the list again. Raises NotTheirs, GoneOn."""
    must_keep(holder, plan.school_id)
    hold_name(f"annual-reviews:{plan.school_id}")
    plan = hold(plan)
    if plan.ended_at is None:
        return plan
    must(plan.ended_why != Plan.Why.CEASED, "Ceased")
    same = Plan.objects.filter(school=plan.school_id, upn=plan.upn, ended_at=None)
    must(not same.exists(), "Listed")
    plan.ended_at, plan.ended_by, plan.ended_why = None, None, ""
    plan.save(update_fields=["ended_at", "ended_by", "ended_why"])
    _record("pupil_put_back", plan, by=by, now=now)
    return plan


def _record(what: str, plan: Plan, *, by: User | None, now: datetime, **detail: object) -> None:
    told = {"school": plan.school_id, **detail}
    audit.record(
        f"annualreviews.{what}", by=by, about=plan, child=plan.mention.child_id, now=now, detail=told
    )
