"""Sending the report of a review, sealed, and correcting it by another version."""

from datetime import datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.audit import services as audit
from guildhall.foundation.files import queries as files
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.refusals import Refusals
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.models import User
from guildhall.records.chronology import services as chronology

from .. import queries, rules
from ..content import PARTS, content_of, missing
from ..models import Report, Review
from .permitting import must, must_keep
from .telling import tell_team

State = Review.State
KIND, DECISION = "annual-review", "annual-review-decision"
LANGUAGES = ("en", "cy")


class Unfinished(Refusals):
    """Parts of a review say too little to be sent, or a document is not checked; by part."""


def unfinished(review: Review) -> dict[str, str]:
    """Part → what is missing before the review may be sent, in words."""
    found = missing(content_of(review))
    if review.state == State.PLANNED:
        found = {"people": "NotHeld", **found} if "people" not in found else found | {"people": "NotHeld"}
    if not all(files.may_be_served(one) for one in queries.files_of(review)):
        found["documents"] = "Unchecked"
    return {part: say(f"schools.Error_SenReview_{why}") for part, why in found.items()}


@transaction.atomic
def send_report(
    review: Review,
    *,
    seen: dict[str, int],
    reason: str = "",
    holder: Holder,
    by: User,
    now: datetime,
) -> Report:
    """Seal what is recorded and send it to the authority; a second version takes a ``reason``.

    ``seen``: the saves that the page showed, so that nothing is sent that nobody checked. Sent twice, it is
    the first. Raises NotTheirs, GoneOn, Unfinished.
    """
    must_keep(holder, review.plan.school_id)
    review = hold(review)
    last = review.reports.order_by("-number").first()
    if last is not None and not review.correcting:
        must(review.state == State.SENT)
        return last
    must(review.is_open)
    must(review.saves == seen, "Changed")
    if wrong := unfinished(review):
        raise Unfinished(wrong)
    must(last is None or bool(reason), "Reason", "reason")
    report = Report.objects.create(
        review=review,
        number=last.number + 1 if last else 1,
        content=_sealed(review),
        files=[one.proof for one in queries.files_of(review)],
        reason=reason[:500] if last else "",
        sent_at=now,
        sent_by=by,
    )
    review.state, review.sent_at, review.correcting = State.SENT, review.sent_at or now, False
    review.save(update_fields=["state", "sent_at", "correcting"])
    _enter(review, now)
    detail = {"plan": review.plan_id, "version": report.number}
    audit.record(
        "annualreviews.report_sent",
        by=by,
        about=review,
        child=review.plan.mention.child_id,
        now=now,
        detail=detail,
    )
    tell_team(review, report, now=now)
    return report


def _sealed(review: Review) -> dict[str, Any]:
    plan = review.plan
    return {part: getattr(review, part) for part in PARTS} | {
        "meeting_on": review.meeting_on.isoformat(),
        "pupil": {
            "name": plan.name,
            "upn": plan.upn,
            "born_on": plan.born_on.isoformat(),
            "school": plan.school.name,
            "plan_on": plan.plan_on.isoformat(),
            "last_on": plan.last_on.isoformat() if plan.last_on else "",
        },
    }


def _enter(review: Review, now: datetime) -> None:
    """One event of the child, on the day of the meeting, whatever is corrected later."""
    chronology.write_entry(
        review.plan.mention,
        kind=KIND,
        source_id=str(review.pk),
        title={language: say("schools.SenReview_Event", language) for language in LANGUAGES},
        happened_at=timezone.make_aware(datetime.combine(review.meeting_on, time(12))),
        shown_from=now,
        detail={"team": rules.TEAM},
    )


@transaction.atomic
def begin_correction(review: Review, *, holder: Holder, by: User, now: datetime) -> Review:
    """Open what was sent to be corrected; what was sent stays as it is. Raises NotTheirs, GoneOn."""
    must_keep(holder, review.plan.school_id)
    review = hold(review)
    must(review.state == State.SENT)
    if not review.correcting:
        review.correcting = True
        review.save(update_fields=["correcting"])
        _note("correction_begun", review, by=by, now=now)
    return review


@transaction.atomic
def drop_correction(review: Review, *, holder: Holder, by: User, now: datetime) -> Review:
    """Give up a correction: the draft says again what was sent last. Raises NotTheirs, GoneOn."""
    must_keep(holder, review.plan.school_id)
    review = hold(review)
    must(review.state == State.SENT and review.correcting)
    last = review.reports.order_by("-number").first()
    assert last
    for part in PARTS:
        setattr(review, part, last.content[part])
    review.meeting_on = datetime.fromisoformat(last.content["meeting_on"]).date()
    review.saves = {part: count + 1 for part, count in review.saves.items()}
    review.correcting = False
    review.save()
    _note("correction_dropped", review, by=by, now=now)
    return review


def _note(what: str, review: Review, *, by: User, now: datetime) -> None:
    audit.record(
        f"annualreviews.{what}",
        by=by,
        about=review,
        child=review.plan.mention.child_id,
        now=now,
        detail={"plan": review.plan_id},
    )
