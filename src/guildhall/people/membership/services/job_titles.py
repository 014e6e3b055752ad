"""The authority's list of jobs that people at schools may have."""

from datetime import datetime

from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.ordering import end_of, swapped
from guildhall.foundation.kit.refusals import Refusal, Refusals
from guildhall.foundation.kit.typed import one_line
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User

from ..models import JobTitle

LONGEST = 60


class TitleTaken(Refusal):
    """The list has this job already."""


@transaction.atomic
def add_job_title(*, en: str, cy: str, by: User | None, now: datetime) -> JobTitle:
    """Put a job at the end of the list. Raises Refusals for a missing name, TitleTaken."""
    title = JobTitle(name=_named(en, cy, None), position=end_of(JobTitle.objects.all()))
    title.save()
    audit.record("membership.job_title_added", by=by, about=title, now=now)
    return title


@transaction.atomic
def change_job_title(title: JobTitle, *, en: str, cy: str, by: User, now: datetime) -> JobTitle:
    """Name a job otherwise, for everybody who has it. Raises Refusals, TitleTaken."""
    title = hold(title)
    title.name = _named(en, cy, title)
    title.save(update_fields=["name"])
    audit.record("membership.job_title_changed", by=by, about=title, now=now)
    return title


@transaction.atomic
def retire_job_title(title: JobTitle, *, by: User, now: datetime) -> None:
    """Offer the job to nobody new. Whoever has it keeps it."""
    JobTitle.objects.filter(pk=title.pk, retired_at=None).update(retired_at=now)
    audit.record("membership.job_title_retired", by=by, about=title, now=now)


@transaction.atomic
def bring_back_job_title(title: JobTitle, *, by: User, now: datetime) -> None:
    """Offer the job again."""
    JobTitle.objects.filter(pk=title.pk).update(retired_at=None)
    audit.record("membership.job_title_back", by=by, about=title, now=now)


@transaction.atomic
def move_job_title(title: JobTitle, *, up: bool, by: User, now: datetime) -> None:
    """Let the job change places with its neighbour; the first and the last stay where they are."""
    if moved := swapped(JobTitle.objects.all(), title, up=up):
        JobTitle.objects.bulk_update(moved, ["position"])
        audit.record("membership.job_title_moved", by=by, about=title, now=now)


def _named(en: str, cy: str, but: JobTitle | None) -> dict[str, str]:
    name = {"en": one_line(en), "cy": one_line(cy)}
    empty = {
        language: texts.say(f"schools.Error_JobTitle_{language.title()}")
        for language, words in name.items()
        if not 0 < len(words) <= LONGEST
    }
    if empty:
        raise Refusals(empty)
    others = JobTitle.objects.exclude(pk=but.pk) if but else JobTitle.objects.all()
    if any(other["en"].lower() == name["en"].lower() for other in others.values_list("name", flat=True)):
        raise TitleTaken(texts.say("schools.Error_JobTitle_Taken"), field="en")
    return name
