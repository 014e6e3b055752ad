"""From which probability on a pair is a match, a potential match or worth a look: set by the authority."""

from collections.abc import Mapping
from math import isfinite

from guildhall.foundation.authority import queries as authority

from .outcomes import Thresholds

KEYS = {"match": "matching.match_at", "potential": "matching.potential_at", "low": "matching.low_at"}
"""Name → setting, each in percent."""

# Below the least low nothing is looked for at all (``outcomes.LEAST_WEIGHT``).
BOUNDS = {"match": (90.0, 99.99), "potential": (50.0, 99.9), "low": (5.0, 50.0)}


def in_use() -> Thresholds:
    """What the authority has set."""
    return of({name: authority.setting(key) for name, key in KEYS.items()})


def of(percents: Mapping[str, float]) -> Thresholds:
    """Thresholds from ``percents`` by name."""
    return Thresholds(**{name: percents[name] / 100 for name in KEYS})


def problems_of(percents: Mapping[str, float | None]) -> dict[str, str]:
    """What is wrong with ``percents``: name → number, bounds or order. None stands for no number at all."""
    found = {}
    for name, (least, most) in BOUNDS.items():
        value = percents.get(name)
        if value is None or not isfinite(value):
            found[name] = "number"
        elif not least <= value <= most:
            found[name] = "bounds"
    if not found and not (percents["low"] or 0) < (percents["potential"] or 0) < (percents["match"] or 0):
        found["potential"] = "order"
    return found
