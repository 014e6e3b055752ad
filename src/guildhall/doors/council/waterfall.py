"""How much each field says for or against two being one child, for drawing and for the table below."""

from dataclasses import dataclass

from guildhall.foundation.texts.queries import UnknownText, say
from guildhall.records.linkage.scoring import Score

_WIDTH, _LEFT = 640, 230
_BAR, _GAP = 18, 8


@dataclass(frozen=True)
class Bar:
    """One step: what it says, and where it is drawn (units of the drawing, as text)."""

    label: str
    words: str
    weight: str
    x: str
    y: str
    width: str
    middle: str
    colour: str


@dataclass(frozen=True)
class Waterfall:
    """The steps from what is likely of any two children to the sum. ``zero`` is where even odds lie."""

    bars: list[Bar]
    height: str
    zero: str
    total: str


@dataclass(frozen=True)
class _Step:
    label: str
    words: str
    weight: float
    start: float


def waterfall(score: Score) -> Waterfall:
    """The steps of ``score``; fields that say nothing are left out."""
    steps = _steps(score)
    ends = [0.0, *(step.start + step.weight for step in steps)]
    low, high = min(ends), max(ends)
    scale = (_WIDTH - _LEFT - 10) / ((high - low) or 1)
    bars = [_bar(number, step, low, scale) for number, step in enumerate(steps)]
    height = len(bars) * (_BAR + _GAP) + 4
    return Waterfall(bars, str(height), _units(_LEFT - low * scale), signed(score.weight))


def level_words(field: str, level: str) -> str:
    """The level of agreement of ``field`` in words."""
    return say_or(f"matching.Level_{field}_{level}", "") or say(f"matching.Level_{level}")


def say_or(name: str, otherwise: str) -> str:
    """The text called ``name``, or ``otherwise`` when there is none."""
    try:
        return say(name)
    except UnknownText:
        return otherwise


def _steps(score: Score) -> list[_Step]:
    steps = [_Step(say("matching.Field_prior"), "", score.prior, 0.0)]
    for each in score.fields:
        if each.weight:
            start = steps[-1].start + steps[-1].weight
            words = level_words(each.field, each.level)
            steps.append(_Step(say(f"matching.Field_{each.field}"), words, each.weight, start))
    return steps


def _bar(number: int, step: _Step, low: float, scale: float) -> Bar:
    top = number * (_BAR + _GAP) + 4
    start = min(step.start, step.start + step.weight)
    return Bar(
        label=step.label,
        words=step.words,
        weight=signed(step.weight),
        x=_units(_LEFT + (start - low) * scale),
        y=str(top),
        width=_units(max(abs(step.weight) * scale, 1)),
        middle=_units(top + _BAR * 0.75),
        colour="#0f7a52" if step.weight > 0 else "#ca3535",
    )


def _units(length: float) -> str:
    return f"{length:.1f}"


def signed(weight: float) -> str:
    """A weight as people read it, with its sign."""
    return f"{weight:+.1f}".replace("-", "−")
