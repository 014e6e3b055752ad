"""Letting schools have a posting, now or at a planned moment; correcting it and taking it back."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.again import again_when_crossed
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.refusals import Refusal, Refusals
from guildhall.foundation.outbox import services as outbox
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User

from ..models import Correction, Posting, Target
from ..queries.own import attached_to
from ..reach import EVERYBODY, phase_group, school_group
from ..told import WORDS, Told
from .writing import NotADraft, held_draft, keep_file

LONGEST_REASON = 500


class NotPublished(Refusal):
    """Only what schools have can be corrected or withdrawn."""


class NothingCorrected(Refusal):
    """The posting says the same as before, with the same files."""


class TooSoon(Refusal):
    """The planned moment is not in the future."""


@dataclass(frozen=True)
class Corrected:
    """A correction: what the posting is to say, what schools read of it, and which files come and go."""

    told: Told
    note_en: str
    note_cy: str = ""
    uploads: tuple[UploadedFile, ...] = ()
    off: frozenset[str] = frozenset()


@again_when_crossed
def publish(posting: Posting, *, by: User, now: datetime) -> Posting:
    """Let schools have a draft from this moment on. Raises NotADraft, and Refusals for what is missing."""
    return _publish(held_draft(posting), by=by, now=now)


def _publish(posting: Posting, *, by: User, now: datetime) -> Posting:
    _demand_complete(posting, today=timezone.localdate(now))
    posting.state, posting.published_at, posting.published_by = Posting.State.PUBLISHED, now, by
    posting.revision += 1
    posting.save()
    Target.objects.bulk_create(_targets(posting, now), batch_size=500)
    detail = {"level": posting.sensitivity, "audience": posting.audience}
    audit.record("post.published", by=by, about=posting, now=now, detail=detail)
    return posting


def _demand_complete(posting: Posting, *, today: date) -> None:
    if gaps := Told.of(posting).gaps(today=today):
        raise Refusals(gaps)


def _targets(posting: Posting, now: datetime) -> list[Target]:
    responsibilities = list(posting.responsibilities.values_list("pk", flat=True))
    return [
        Target(
            group=group,
            responsibility_id=responsibility,
            posting=posting,
            sensitivity=posting.sensitivity,
            published_at=now,
        )
        for group in _groups(posting)
        for responsibility in responsibilities
    ]


def _groups(posting: Posting) -> list[str]:
    if posting.audience == Posting.Audience.PHASES:
        return [phase_group(phase) for phase in posting.phases]
    if posting.audience == Posting.Audience.SELECTED:
        return [school_group(pk) for pk in posting.schools.values_list("pk", flat=True)]
    return [EVERYBODY]


@transaction.atomic
def schedule(posting: Posting, *, due_at: datetime, by: User, now: datetime) -> Posting:
    """Have a draft published at a later moment. Raises NotADraft, TooSoon, Refusals."""
    posting = held_draft(posting)
    if due_at <= now:
        raise TooSoon(texts.say("schools.Error_Post_TooSoon"), field="due")
    _demand_complete(posting, today=timezone.localdate(due_at))
    posting.state, posting.due_at = Posting.State.SCHEDULED, due_at
    posting.revision += 1
    posting.save()
    payload = {"posting": posting.pk, "revision": posting.revision, "by": by.pk}
    key = f"post-publish:{posting.pk}:{posting.revision}"
    outbox.put("post-publish", payload, key=key, now=now, due_at=due_at)
    audit.record("post.scheduled", by=by, about=posting, now=now, detail={"due": due_at.isoformat()})
    return posting


@transaction.atomic
def unschedule(posting: Posting, *, by: User | None, now: datetime) -> Posting:
    """Make a planned posting a draft again. Raises NotADraft when it went meanwhile."""
    posting = hold(posting)
    if posting.state != Posting.State.SCHEDULED:
        raise NotADraft(texts.say("schools.Error_Post_NotScheduled"))
    posting.state, posting.due_at = Posting.State.DRAFT, None
    posting.revision += 1
    posting.save()
    audit.record("post.unscheduled", by=by, about=posting, now=now)
    return posting


@again_when_crossed
def publish_planned(posting: Posting, *, revision: int, by: User, now: datetime) -> None:
    """Publish what was planned, unless it was changed since. What cannot go becomes a draft again."""
    posting = hold(posting)
    if posting.state != Posting.State.SCHEDULED or posting.revision != revision:
        return
    try:
        _publish(posting, by=by, now=now)
    except Refusals:
        unschedule(posting, by=None, now=now)


@again_when_crossed
def correct(posting: Posting, *, corrected: Corrected, by: User, now: datetime) -> Correction:
    """Change what a published posting says, and keep what it said. Whom it goes to stays.

    Raises NotPublished, NothingCorrected, FileRefused and Refusals.
    """
    posting = _held_published(posting)
    told = corrected.told
    _demand_correctable(corrected, today=timezone.localdate(now))
    before: dict[str, Any] = {
        name: getattr(posting, name) for name in WORDS if getattr(posting, name) != getattr(told, name)
    }
    off = [file for file in attached_to(posting) if str(file.pk) in corrected.off]
    if not (before or off or corrected.uploads):
        raise NothingCorrected(texts.say("schools.Error_Post_NothingCorrected"))
    for name in before:
        setattr(posting, name, getattr(told, name))
    posting.files_off = [*posting.files_off, *(str(file.pk) for file in off)]
    posting.corrected_at = now
    posting.revision += 1
    posting.save()
    for upload in corrected.uploads:
        keep_file(posting, upload, by=by, now=now)
    return _keep(posting, corrected, before | {"files": [file.name for file in off]}, by=by, now=now)


def _demand_correctable(corrected: Corrected, *, today: date) -> None:
    """Raise Refusals for what schools could not read, or a note that is missing."""
    corrected.told.demand_keepable()
    problems = corrected.told.gaps_in_words(today=today)
    if not 0 < len(corrected.note_en) <= LONGEST_REASON:
        problems["note_en"] = texts.say("schools.Error_Post_Note", most=LONGEST_REASON)
    if len(corrected.note_cy) > LONGEST_REASON:
        problems["note_cy"] = texts.say("schools.Error_Post_Long", most=LONGEST_REASON)
    if problems:
        raise Refusals(problems)


def _keep(
    posting: Posting, corrected: Corrected, before: dict[str, Any], *, by: User, now: datetime
) -> Correction:
    kept = {name: value.isoformat() if isinstance(value, date) else value for name, value in before.items()}
    correction = Correction.objects.create(
        posting=posting,
        number=posting.corrections.count() + 1,
        note_en=corrected.note_en,
        note_cy=corrected.note_cy,
        before=kept,
        by=by,
        at=now,
    )
    audit.record("post.corrected", by=by, about=posting, now=now, detail={"fields": sorted(kept)})
    return correction


@again_when_crossed
def withdraw(posting: Posting, *, reason: str, by: User, now: datetime) -> Posting:
    """Take a posting back from all schools at once. Raises NotPublished, and Refusal without a reason."""
    posting = _held_published(posting)
    if not 0 < len(reason) <= LONGEST_REASON:
        raise Refusal(texts.say("schools.Error_Post_Reason", most=LONGEST_REASON), field="reason")
    posting.state, posting.withdrawn_at, posting.withdrawn_by = Posting.State.WITHDRAWN, now, by
    posting.withdrawn_reason = reason
    posting.revision += 1
    posting.save()
    posting.targets.all().delete()
    audit.record("post.withdrawn", by=by, about=posting, now=now)
    return posting


def _held_published(posting: Posting) -> Posting:
    posting = hold(posting)
    if posting.state != Posting.State.PUBLISHED:
        raise NotPublished(texts.say("schools.Error_Post_NotPublished"))
    return posting
