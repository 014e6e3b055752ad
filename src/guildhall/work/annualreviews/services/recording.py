"""Recording a review as a draft, part by part, so that two colleagues lose nothing."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.audit import services as audit
from guildhall.foundation.files import services as files
from guildhall.foundation.files.models import StoredFile
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.meanwhile import ChangedMeanwhile
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.models import User

from .. import queries, rules
from ..content import LONGEST, PARTS
from ..models import Review
from .permitting import must, must_keep

State = Review.State
FIELD = "document"


class SavedMeanwhile(ChangedMeanwhile):
    """A colleague saved the same part meanwhile, and something else than this. ``review``: as it is now."""

    def __init__(self, review: Review) -> None:
        super().__init__(say("schools.Error_SenReview_Meanwhile", name=str(review.saved_by or "")))
        self.review = review


@transaction.atomic
def save_part(
    review: Review,
    part: str,
    plain: Any,
    *,
    seen: int,
    meeting_on: date | None = None,
    holder: Holder,
    by: User,
    now: datetime,
) -> Review:
    """Keep one of content.PARTS of a draft. ``seen``: how many saves of it the page knew of.

    With "people" goes the day on which the meeting was held. Raises NotTheirs, GoneOn, SavedMeanwhile.
    """
    must_keep(holder, review.plan.school_id)
    must(part in PARTS)
    review = hold(review)
    must(review.may_be_written)
    if plain == getattr(review, part) and meeting_on in (None, review.meeting_on) and part in review.saves:
        return review
    if review.saves.get(part, 0) != seen:
        raise SavedMeanwhile(review)
    _must_fit(part, plain)
    _must_be_lawful(review, part, plain)
    if meeting_on is not None:
        _hold_meeting(review, meeting_on, timezone.localdate(now))
    setattr(review, part, plain)
    review.saves = review.saves | {part: seen + 1}
    review.saved_by, review.saved_at = by, now
    review.save()
    _record("part_saved", review, by=by, now=now, part=part)
    return review


def _must_fit(part: str, plain: Any) -> None:
    rows = plain.items() if isinstance(plain, dict) else [pair for row in plain for pair in row.items()]
    for name, words in rows:
        if len(words) > LONGEST:
            field = name if part in ("views", "advice") else None
            must(False, "TooLong", field)


def _must_be_lawful(review: Review, part: str, plain: Any) -> None:
    if part == "advice" and plain.get("next_on"):
        next_on = date.fromisoformat(plain["next_on"])
        must(next_on > review.meeting_on, "NextEarly", "next_on")
        must(next_on <= rules.a_year_after(review.meeting_on), "NextLate", "next_on")


def _hold_meeting(review: Review, meeting_on: date, today: date) -> None:
    must(meeting_on <= today, "MeetingAhead", "meeting_on")
    must((today - meeting_on).days <= 800, "Meeting", "meeting_on")
    last_on = review.plan.last_on
    must(last_on is None or meeting_on > last_on, "MeetingBefore", "meeting_on")
    review.meeting_on = meeting_on
    if review.state == State.PLANNED:
        review.state = State.HELD


@transaction.atomic
def add_document(
    review: Review, upload: UploadedFile, *, holder: Holder, by: User, now: datetime
) -> StoredFile:
    """Add a document to a draft; it waits in quarantine until it is scanned.

    Raises NotTheirs, GoneOn, FileRefused.
    """
    must_keep(holder, review.plan.school_id)
    review = hold(review)
    must(review.may_be_written)
    held = (queries.HELD_BY, review.pk)
    file = files.accept_upload(upload, owner=by, held_by=held, question=FIELD, now=now)
    _record("document_added", review, by=by, now=now, file=str(file.pk))
    return file


@transaction.atomic
def remove_document(review: Review, file_id: UUID, *, holder: Holder, by: User, now: datetime) -> None:
    """Delete a document of a draft; one that was sent stays. Raises NotTheirs, GoneOn."""
    must_keep(holder, review.plan.school_id)
    review = hold(review)
    must(review.may_be_written)
    must(str(file_id) not in queries.sealed_files(review), "Sealed")
    file = queries.file_of(review, file_id)
    if file is not None:
        files.remove_file(file, by=by, now=now)
        _record("document_removed", review, by=by, now=now, file=str(file_id))


def _record(what: str, review: Review, *, by: User, now: datetime, **detail: Any) -> None:
    told = {"plan": review.plan_id, **detail}
    audit.record(
        f"annualreviews.{what}", by=by, about=review, child=review.plan.mention.child_id, now=now, detail=told
    )
