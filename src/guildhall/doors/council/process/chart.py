"""The forecast as bars: one a week, drawn on the server."""

from collections.abc import Sequence
from dataclasses import dataclass

from guildhall.foundation.kit.speech import day
from guildhall.work.ehcprocess.queries import Week

_WIDTH, _HEIGHT, _LEFT, _BELOW = 800, 200, 30, 46
_GAP = 6


@dataclass(frozen=True)
class Bar:
    """One week: what it says, and where it is drawn (units of the drawing, as text)."""

    label: str
    short: str
    count: int
    x: str
    y: str
    width: str
    height: str
    middle: str
    above: str


@dataclass(frozen=True)
class Bars:
    """The whole drawing."""

    bars: list[Bar]
    width: int
    height: int
    floor: int


def bars_of(weeks: Sequence[Week]) -> Bars:
    """Bars as high as what falls due in each week."""
    most = max((week.count for week in weeks), default=0) or 1
    room = (_WIDTH - _LEFT) / max(len(weeks), 1)
    drawn = [_bar(number, week, room, (_HEIGHT - 20) / most) for number, week in enumerate(weeks)]
    return Bars(drawn, _WIDTH, _HEIGHT + _BELOW, _HEIGHT)


def _bar(number: int, week: Week, room: float, scale: float) -> Bar:
    left, high = _LEFT + number * room, week.count * scale
    return Bar(
        label=day(week.on),
        short=f"{week.on.day}/{week.on.month}",
        count=week.count,
        x=f"{left:.1f}",
        y=f"{_HEIGHT - high:.1f}",
        width=f"{room - _GAP:.1f}",
        height=f"{high:.1f}",
        middle=f"{left + (room - _GAP) / 2:.1f}",
        above=f"{_HEIGHT - high - 5:.1f}",
    )
