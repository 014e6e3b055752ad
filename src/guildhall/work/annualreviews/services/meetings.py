"""Planning the meeting of a review."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold
from guildhall.people.accounts.models import User

from ..content import carried_over, content_of
from ..models import Plan, Review
from .permitting import must, must_keep

State = Review.State
LONGEST_AHEAD = 800  # days; a slip of the year is no meeting
LONGEST_AGO = 800


def _possible(meeting_on: date, today: date) -> bool:
    return -LONGEST_AGO <= (meeting_on - today).days <= LONGEST_AHEAD


@transaction.atomic
def plan_meeting(
    plan: Plan, *, meeting_on: date, place: str, holder: Holder, by: User, now: datetime
) -> Review:
    """Plan the meeting of the next review, or another day for it. It may be past the limit: pages say so.

    A new review begins with the outcomes of the last one that were not met. Raises NotTheirs, GoneOn.
    """
    must_keep(holder, plan.school_id)
    plan = hold(plan)
    must(plan.ended_at is None)
    must(_possible(meeting_on, timezone.localdate(now)), "Meeting", "meeting_on")
    must(plan.last_on is None or meeting_on > plan.last_on, "MeetingBefore", "meeting_on")
    review = plan.reviews.select_for_update().filter(state__in=Review.OPEN).first()
    if review is None:
        review = Review(plan=plan, planned_at=now, planned_by=by, outcomes=_left_over(plan))
    must(review.state == State.PLANNED)
    moved = review.pk is not None
    review.meeting_on, review.place = meeting_on, place[:200]
    review.save()
    _record("meeting_moved" if moved else "meeting_planned", review, by=by, now=now)
    return review


def _left_over(plan: Plan) -> list[dict[str, str]]:
    last = plan.reviews.filter(state=State.DECIDED).order_by("-meeting_on", "-pk").first()
    return carried_over(content_of(last).outcomes) if last else []


@transaction.atomic
def cancel_meeting(review: Review, *, holder: Holder, by: User, now: datetime) -> Review:
    """Take back a meeting of which nothing is recorded; the review is due as before.

    Raises NotTheirs, GoneOn.
    """
    must_keep(holder, review.plan.school_id)
    review = hold(review)
    if review.state == State.CANCELLED:
        return review
    must(review.state == State.PLANNED and not review.saves, "Recorded")
    review.state = State.CANCELLED
    review.save(update_fields=["state"])
    _record("meeting_cancelled", review, by=by, now=now)
    return review


def _record(what: str, review: Review, *, by: User, now: datetime) -> None:
    audit.record(
        f"annualreviews.{what}",
        by=by,
        about=review,
        child=review.plan.mention.child_id,
        now=now,
        detail={"plan": review.plan_id, "meeting": review.meeting_on.isoformat()},
    )
