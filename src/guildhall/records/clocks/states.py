"""How a step stands, and how many were in time. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class State(StrEnum):
    ON_TIME = "on-time"
    AT_RISK = "at-risk"
    OVERDUE = "overdue"
    MET = "met"
    MET_LATE = "met-late"
    EXCUSED = "excused"


def state_of(
    due_on: date, met_on: date | None, *, today: date, risk: int = 0, excused: bool = False
) -> State:
    """How a step stands that is due on a day. An exemption excuses lateness; it moves no day."""
    late = (met_on or today) > due_on
    if late and excused:
        return State.EXCUSED
    if met_on:
        return State.MET_LATE if late else State.MET
    if late:
        return State.OVERDUE
    return State.AT_RISK if today >= due_on - timedelta(days=risk) else State.ON_TIME


@dataclass(frozen=True)
class Timeliness:
    """Of the steps that were met, or are late: how many in time, how many late, how many late but excused."""

    in_time: int
    late: int
    excused: int

    @property
    def all(self) -> int:
        return self.in_time + self.late + self.excused

    @property
    def plain(self) -> int | None:
        """Percent in time of all of them, whatever excuses the late ones; None of none."""
        return _percent(self.in_time, self.all)

    @property
    def without_excused(self) -> int | None:
        """Percent in time, with those that were late and excused left out of the count."""
        return _percent(self.in_time, self.all - self.excused)


def _percent(part: int, whole: int) -> int | None:
    return round(100 * part / whole) if whole else None
