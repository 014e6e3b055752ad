"""The weights of the scorer: one readable JSON, as bits by field and level."""

import json
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from .seen import Seen

MOST_BITS = 1_000


@dataclass(frozen=True)
class Model:
    """Weights in bits by field and level, and the odds to start from (log2).

    ``common_surnames`` agree with the level ``exact_common``. ``names``: field → folded name → bits that
    agreement on that very name adds, more for a rare one, less for a frequent one.
    """

    version: str
    prior: float
    fields: dict[str, dict[str, float]]
    common_surnames: frozenset[str] = frozenset()
    names: dict[str, dict[str, float]] = field(default_factory=dict)

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> "Model":
        """The model in ``plain``; a field or a level that was not compared yet when it was learnt weighs as
        shipped. Raises KeyError, TypeError, ValueError where ``plain`` is no model."""
        shipped, given, names = _shipped()["fields"], dict(plain["fields"]), dict(plain.get("names", {}))
        for weights in ({"prior": plain["prior"]}, *given.values(), *names.values()):
            _demand_bits(weights)
        return cls(
            plain["version"],
            plain["prior"],
            given | {part: levels | given.get(part, {}) for part, levels in shipped.items()},
            frozenset(plain.get("common_surnames", ())),
            names,
        )

    def as_json(self) -> dict[str, Any]:
        """Plain values that ``from_json`` makes the same model of."""
        return asdict(self) | {"common_surnames": sorted(self.common_surnames)}

    def weight_of(self, part: str, level: str, ours: Seen) -> float:
        """What agreement of ``part`` at ``level`` with the record ``ours`` adds, in bits."""
        if level != "exact":
            return self.fields[part][level]
        if part == "surname" and (ours.surname in self.common_surnames or ours.parts <= self.common_surnames):
            return self.fields[part]["exact_common"]
        own = self.names.get(part)
        return self.fields[part][level] + (own.get(getattr(ours, part), 0.0) if own else 0.0)


def _demand_bits(weights: dict[str, float]) -> None:
    for name, bits in weights.items():
        if not abs(bits) <= MOST_BITS:
            raise ValueError(f"{name} weighs {bits}, and no weight is more than {MOST_BITS} bits")


@cache
def first_model() -> Model:
    """The weights that come with Guildhall."""
    return Model.from_json(_shipped())


@cache
def _shipped() -> dict[str, Any]:
    path = Path(__file__).parent / "data" / "weights.json"
    plain: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return plain


def probability_of(weight: float) -> float:
    """Between 0 and 1, of a sum of ``weight`` bits."""
    return 1 / (1 + 2 ** -max(-60.0, min(60.0, weight)))
