"""Floor plans of schools."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.foundation.files import queries as file_queries
from guildhall.foundation.files import services as files
from guildhall.foundation.kit.locks import hold, hold_name
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.models import User
from guildhall.people.organisations.models import Establishment

from .. import queries
from ..models import Plan

FIELD = "plan_file"
MOST = 50  # plans of one school in use


class PlanFull(Refusal):
    """The school, or the plan, has as many files as it takes."""


@dataclass(frozen=True)
class ToldPlan:
    """What an officer says of a plan."""

    name: dict[str, str]
    dated_on: date


@transaction.atomic
def add_plan(
    school: Establishment, told: ToldPlan, *, upload: UploadedFile, key: UUID, by: User, now: datetime
) -> Plan:
    """Give a school a floor plan, a PDF or a picture; the same ``key`` again adds nothing.

    Raises PlanFull, FileRefused.
    """
    hold_name(f"downloads:plans:{school.pk}")
    known = Plan.objects.filter(pk=key).first()
    if known is not None and (known.school_id, known.added_by_id) == (school.pk, by.pk):
        return known
    if queries.plans_of(school.pk).filter(retired_at=None).count() >= MOST:
        raise PlanFull(say("schools.Plans_Error_TooMany", most=MOST), field=FIELD)
    plan = Plan(pk=uuid4() if known else key, school=school, added_by=by, added_at=now)
    _take(plan, upload, by=by, now=now)
    plan.name, plan.dated_on = told.name, told.dated_on
    plan.save(force_insert=True)
    audit.record("downloads.plan_added", by=by, about=plan, now=now)
    return plan


def _take(plan: Plan, upload: UploadedFile, *, by: User, now: datetime) -> None:
    held = (queries.PLAN_HELD_BY, plan.pk)
    if file_queries.files_of(*held).count() >= file_queries.most_files():
        raise PlanFull(say("schools.Plans_Error_Versions", most=file_queries.most_files()), field=FIELD)
    accept = queries.PLAN_KINDS
    plan.file = files.accept_upload(upload, owner=by, held_by=held, question=FIELD, accept=accept, now=now)


@transaction.atomic
def change_plan(
    plan: Plan, told: ToldPlan, *, upload: UploadedFile | None = None, by: User, now: datetime
) -> Plan:
    """Say otherwise what a plan shows, or put a newer file in its place. Raises PlanFull, FileRefused."""
    plan = hold(plan)
    if upload is not None:
        _take(plan, upload, by=by, now=now)
    plan.name, plan.dated_on = told.name, told.dated_on
    plan.save()
    audit.record("downloads.plan_changed", by=by, about=plan, now=now, detail={"file": bool(upload)})
    return plan


@transaction.atomic
def retire_plan(plan: Plan, *, by: User, now: datetime) -> None:
    """Show a plan to nobody of the school any more."""
    if Plan.objects.filter(pk=plan.pk, retired_at=None).update(retired_at=now, retired_by=by):
        audit.record("downloads.plan_retired", by=by, about=plan, now=now)


@transaction.atomic
def restore_plan(plan: Plan, *, by: User, now: datetime) -> None:
    """Show a retired plan again."""
    rows = Plan.objects.filter(pk=plan.pk, retired_at__isnull=False)
    if rows.update(retired_at=None, retired_by=None):
        audit.record("downloads.plan_restored", by=by, about=plan, now=now)


@transaction.atomic
def note_plan_opened(plan: Plan, *, by: User, now: datetime) -> None:
    """Keep that somebody looked at a plan."""
    audit.record("downloads.plan_opened", by=by, about=plan, now=now, detail={"file": str(plan.file_id)})
