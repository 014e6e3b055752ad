"""What learning saw of each level, drawn and as a table, and how officers' decisions come out."""

from dataclasses import dataclass
from typing import Any

from guildhall.foundation.texts.queries import say
from guildhall.records.linkage.bulk.models import TrainedModel

from .linkage_words import bits, field_words, level_words

SMALL = 0.001
_WIDTH, _LEFT, _ROW, _BAR = 720, 330, 24, 14


@dataclass(frozen=True)
class Seen:
    """A level of a field: how often it was found between two of one child and between any two, its bits with
    the weights that come with the portal and with those learnt, and where both are drawn (as text).
    """

    field: str
    level: str
    one_child: str
    any_two: str
    shipped: str
    learnt: str
    x: str
    y: str
    width: str
    words_y: str
    before: str
    colour: str


@dataclass(frozen=True)
class Drawn:
    """Every level that was learnt, how high the drawing is, and where nothing speaks for or against."""

    lines: list[Seen]
    height: str
    zero: str


def drawn(model: TrainedModel | None) -> Drawn | None:
    """The levels that ``model`` was learnt from; None where nothing was learnt."""
    fields = model.diagnostics.get("fields", {}) if model else {}
    told = [(part, level, each) for part, levels in fields.items() for level, each in levels.items()]
    if not told:
        return None
    weights = [each[name] for _, _, each in told for name in ("shipped", "trained")]
    low, high = min(0.0, *weights), max(0.0, *weights)
    scale = (_WIDTH - _LEFT - 10) / ((high - low) or 1)
    lines = [_line(place, part, level, each, low, scale) for place, (part, level, each) in enumerate(told)]
    return Drawn(lines, str(len(lines) * _ROW + 4), f"{_LEFT - low * scale:.1f}")


def labels(model: TrainedModel | None) -> str:
    """How officers' decisions came out when the weights were learnt; empty where there were too few."""
    told = model.diagnostics.get("labels", {}) if model else {}
    return say("administration.Weights_Labels", **told) if told else ""


def _line(place: int, part: str, level: str, told: dict[str, Any], low: float, scale: float) -> Seen:
    weight, top = told["trained"], place * _ROW + 4
    return Seen(
        field=field_words(part),
        level=level_words(part, level),
        one_child=_share(told["m"]),
        any_two=_share(told["u"]),
        shipped=bits(told["shipped"]),
        learnt=bits(weight),
        x=f"{_LEFT + (min(weight, 0.0) - low) * scale:.1f}",
        y=str(top),
        width=f"{max(abs(weight) * scale, 1):.1f}",
        words_y=str(top + _BAR - 2),
        before=f"{_LEFT + (told['shipped'] - low) * scale:.1f}",
        colour="#0f7a52" if weight > 0 else "#ca3535",
    )


def _share(share: float | None) -> str:
    """A share as a percentage that shows what is rare; a dash for what was not counted."""
    if share is None:
        return "–"
    return f"{100 * share:.1f}%" if share >= SMALL else f"{100 * share:.4f}%"
