"""When reviews are due and who keeps them. Pure.

Children and Families Act 2014, section 44: a plan is reviewed within 12 months of being made, and of each
review. SEND Regulations 2014, regulations 20 and 22: the report goes out within two weeks of the meeting, the
authority's decision within four, and a plan that is changed is final within twelve. The weeks are those of
the rule pack in records/clocks.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from guildhall.foundation.access.holder import Holder
from guildhall.records.clocks import queries as clocks
from guildhall.records.clocks.limits import after_months

from .models import Plan, Review

SYSTEM = "annual-reviews"
TEAM = "send"
AHEAD = timedelta(weeks=8)
REPORT = timedelta(weeks=clocks.limit(clocks.REVIEW, "report").weeks)
DECISION = timedelta(weeks=clocks.limit(clocks.REVIEW, "decision").weeks)
FINAL = timedelta(weeks=clocks.limit(clocks.REVIEW, "final").weeks)
STATES = ("overdue", "due", "planned", "held", "sent", "later")
_OLDEST = 26


def a_year_after(day: date) -> date:
    """The same day a year later; the last of February for the 29th."""
    return after_months(day, 12)


def limit(plan_on: date, last_on: date | None) -> date:
    """The day by which the next review must be held."""
    return a_year_after(max(plan_on, last_on) if last_on else plan_on)


def status(plan: Plan, review: Review | None, *, today: date) -> str:
    """How far the pupil's next review is: one of STATES. ``review``: the open one, if there is."""
    if review and review.state != Review.State.PLANNED:
        return str(review.state)
    if plan.due_on < today:
        return "overdue"
    if review:
        return "planned"
    return "due" if plan.due_on <= today + AHEAD else "later"


def works_for(holder: Holder) -> bool:
    """Whether ``holder`` is of the authority's team that decides about plans."""
    return TEAM in holder.services


def old_enough(born_on: date, *, today: date) -> bool:
    """Whether somebody born then can have a plan now: born already, and no more than 25."""
    return born_on <= today and today.year - born_on.year <= _OLDEST


@dataclass(frozen=True)
class Clock:
    """A day by which something must be done, and how many days are left (below zero: late)."""

    name: str
    by: date
    left: int


def clock(review: Review, *, today: date) -> Clock | None:
    """What of a review runs now: the report after the meeting, the decision after the report."""
    if review.state == Review.State.SENT:
        by = review.meeting_on + DECISION
        return Clock("decision", by, (by - today).days)
    if review.state == Review.State.HELD:
        by = review.meeting_on + REPORT
        return Clock("report", by, (by - today).days)
    return None
