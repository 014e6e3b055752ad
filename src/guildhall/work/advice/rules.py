"""How a request stands, and when somebody is reminded of it. Pure."""

from datetime import date, timedelta
from enum import StrEnum

from .models import Chase

Stage = Chase.Stage
LONGEST_NAME, LONGEST_ROLE, LONGEST_DETAILS, LONGEST_ANSWER = 200, 100, 4_000, 20_000
DAY = timedelta(days=1)
SOON = 7 * DAY
FURTHEST = 5 * 365 * DAY
# A reminder → how far its day is from the day on which the information is due (GH-010).
CHASES: dict[Stage, timedelta] = {Stage.BEFORE: -7 * DAY, Stage.DUE: 0 * DAY, Stage.LATE: 7 * DAY}
# The fields of the panel whose change an alert can wait for (SP-259) → the text of their names.
ALERT_FIELDS: dict[str, str] = {
    "name": "children.Advice_Name",
    "email": "children.Advice_Email",
    "role": "children.Advice_Role",
    "person": "children.Advice_Person",
    "wanted": "children.Advice_Wanted",
    "form": "children.Advice_Form",
    "details": "children.Advice_Details",
    "due_on": "children.Advice_DueOn",
    "notified_on": "children.Advice_NotifiedOn",
    "received_on": "children.Advice_ReceivedOn",
    "removed": "children.Advice_Removed",
}


class State(StrEnum):
    """How a request stands on a day."""

    OPEN = "open"
    SOON = "soon"
    LATE = "late"
    DECLINED = "declined"
    RECEIVED = "received"


def state_of(
    *, due_on: date, received_on: date | None, declined_on: date | None = None, today: date
) -> State:
    """Due on this day or within a week is soon; the day after it is due a request is late."""
    if received_on:
        return State.RECEIVED
    if declined_on:
        return State.DECLINED
    if due_on < today:
        return State.LATE
    return State.SOON if due_on - today <= SOON else State.OPEN


def next_chase(due_on: date, *, after: date) -> date | None:
    """The day of the first reminder that is later than ``after``; None when there is none to come."""
    return next((day for gap in CHASES.values() if (day := due_on + gap) > after), None)


def stage_on(due_on: date, today: date) -> Stage | None:
    """Which reminder is the last whose day has come; one that was missed is not caught up with."""
    come = [stage for stage, gap in CHASES.items() if due_on + gap <= today]
    return come[-1] if come else None
