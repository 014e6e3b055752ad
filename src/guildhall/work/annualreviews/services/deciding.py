"""The authority's decision about a plan, after its review."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.models import User
from guildhall.records.chronology import services as chronology

from .. import rules
from ..content import content_of
from ..models import Plan, Review
from .permitting import must, must_decide
from .sending import DECISION, LANGUAGES
from .telling import tell_school

State, Advice = Review.State, Review.Advice


@transaction.atomic
def decide_review(
    review: Review,
    *,
    decision: str,
    decided_on: date,
    words: str = "",
    version: int,
    holder: Holder,
    by: User,
    now: datetime,
) -> Review:
    """Record what the authority decided. The next cycle begins: the next review is due, or the plan ends.

    ``version``: the report that the page showed. Raises NotTheirs, GoneOn.
    """
    must_decide(holder)
    plan = hold(review.plan)
    review = hold(review)
    today = timezone.localdate(now)
    must(review.state == State.SENT, "DecidedAlready")
    must(review.reports.count() == version, "NewVersion")
    must(decision in Advice.values, "Decision", "decision")
    must(review.meeting_on <= decided_on <= today, "DecidedOn", "decided_on")
    must(decision != Advice.CEASE or bool(words), "CeaseWhy", "words")
    review.before = {
        "last_on": plan.last_on.isoformat() if plan.last_on else "",
        "due_on": plan.due_on.isoformat(),
    }
    if review.correcting:
        # What the authority decided about stands; a draft that was never sent does not.
        last = review.reports.get(number=version)
        for part in ("people", "views", "outcomes", "advice"):
            setattr(review, part, last.content[part])
        review.meeting_on = date.fromisoformat(last.content["meeting_on"])
        review.correcting = False
    review.state, review.decision, review.decision_words = State.DECIDED, decision, words[:2000]
    review.decided_on, review.decided_at, review.decided_by = decided_on, now, by
    review.save()
    _begin_next(plan, review, by=by, now=now)
    _enter(review, now)
    _record("decided", review, by=by, now=now)
    tell_school(review, now=now)
    return review


def _begin_next(plan: Plan, review: Review, *, by: User, now: datetime) -> None:
    limit = rules.a_year_after(review.meeting_on)
    plan.last_on = review.meeting_on
    plan.due_on = min(content_of(review).advice.next_on or limit, limit)
    if review.decision == Advice.CEASE:
        plan.ended_at, plan.ended_by, plan.ended_why = now, by, Plan.Why.CEASED
    plan.save(update_fields=["last_on", "due_on", "ended_at", "ended_by", "ended_why"])


def _enter(review: Review, now: datetime) -> None:
    chronology.write_entry(
        review.plan.mention,
        kind=DECISION,
        source_id=f"{review.pk}.{int(now.timestamp())}",
        title={
            language: say(f"schools.SenReview_Event_{review.decision.title()}", language)
            for language in LANGUAGES
        },
        happened_at=now,
        shown_from=now,
        detail={"team": rules.TEAM},
    )


@transaction.atomic
def take_back_decision(review: Review, *, holder: Holder, by: User, now: datetime) -> Review:
    """Take back a decision recorded by mistake, until the next review has begun. Raises NotTheirs, GoneOn.

    The chronology keeps that it was decided, and says that it was taken back.
    """
    must_decide(holder)
    plan = hold(review.plan)
    review = hold(review)
    must(review.state == State.DECIDED)
    later = plan.reviews.filter(pk__gt=review.pk).exclude(state=State.CANCELLED)
    must(not later.exists(), "NextBegun")
    last_on = review.before.get("last_on")
    plan.last_on = date.fromisoformat(last_on) if last_on else None
    plan.due_on = date.fromisoformat(review.before["due_on"])
    if plan.ended_why == Plan.Why.CEASED:
        same = Plan.objects.filter(school=plan.school_id, upn=plan.upn, ended_at=None)
        must(not same.exists(), "Listed")
        plan.ended_at, plan.ended_by, plan.ended_why = None, None, ""
    plan.save(update_fields=["last_on", "due_on", "ended_at", "ended_by", "ended_why"])
    review.state, review.decision, review.decision_words = State.SENT, "", ""
    review.decided_on, review.decided_at, review.decided_by = None, None, None
    review.save()
    chronology.write_entry(
        plan.mention,
        kind=DECISION,
        source_id=f"{review.pk}.{int(now.timestamp())}.back",
        title={language: say("schools.SenReview_Event_TakenBack", language) for language in LANGUAGES},
        happened_at=now,
        shown_from=now,
        detail={"team": rules.TEAM},
    )
    _record("decision_taken_back", review, by=by, now=now)
    tell_school(review, now=now)
    return review


def _record(what: str, review: Review, *, by: User, now: datetime) -> None:
    audit.record(
        f"annualreviews.{what}",
        by=by,
        about=review,
        child=review.plan.mention.child_id,
        now=now,
        detail={"plan": review.plan_id, "decision": review.decision},
    )
