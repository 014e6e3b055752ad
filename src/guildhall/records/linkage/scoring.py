"""How likely it is that two identities are one child. Pure: one scorer for one row or a million.

The weights come from a file that a person can read; another file of the same shape can take its place.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from guildhall.records.children.folding import key, words
from guildhall.records.children.identity import Identity

from . import levels

FORENAMES_AGREE = frozenset({"exact", "known", "swapped", "nickname", "part", "missing"})
SURNAMES_AGREE = frozenset({"exact", "known", "swapped", "part", "similar"})


@dataclass(frozen=True)
class Model:
    """Weights in bits by field and level, and the odds to start from (log2)."""

    version: str
    prior: float
    fields: dict[str, dict[str, float]]
    common_surnames: frozenset[str]

    @classmethod
    def read(cls, path: Path) -> "Model":
        plain = json.loads(path.read_text(encoding="utf-8"))
        return cls(plain["version"], plain["prior"], plain["fields"], frozenset(plain["common_surnames"]))


@cache
def first_model() -> Model:
    """The weights that come with Guildhall."""
    return Model.read(Path(__file__).parent / "data" / "weights.json")


@dataclass(frozen=True)
class FieldScore:
    """One field: its ``level`` of agreement, the ``weight`` that adds (bits), and both values as text."""

    field: str
    level: str
    weight: float
    theirs: str
    ours: str


@dataclass(frozen=True)
class Score:
    """Everything the comparison found. ``weight`` is the sum in bits with the ``prior``.

    ``vetoes``: why a machine may never link the two (upn, nhs_number, sibling). ``model`` names the weights.
    """

    fields: tuple[FieldScore, ...]
    prior: float
    vetoes: tuple[str, ...]
    model: str

    @property
    def weight(self) -> float:
        return self.prior + sum(field.weight for field in self.fields)

    @property
    def probability(self) -> float:
        """Between 0 and 1."""
        return 1 / (1 + 2 ** -max(-60.0, min(60.0, self.weight)))

    @property
    def sibling(self) -> bool:
        """The same date of birth and home but another forename: perhaps a twin."""
        return "sibling" in self.vetoes

    def level(self, field: str) -> str:
        return next(each.level for each in self.fields if each.field == field)

    def as_json(self) -> dict[str, object]:
        """What a decision keeps of the comparison: levels and weights, not what was compared."""
        return {
            "model": self.model,
            "weight": round(self.weight, 3),
            "probability": round(self.probability, 6),
            "prior": self.prior,
            "vetoes": list(self.vetoes),
            "fields": [[each.field, each.level, each.weight] for each in self.fields],
        }


def score(theirs: Identity, ours: Identity, model: Model | None = None) -> Score:
    """Compare the child as somebody wrote them with a record."""
    model = model or first_model()
    found = {field: level(theirs, ours) for field, level in _LEVELS.items()}
    found["sibling"] = "suspected" if _may_be_siblings(found) else "missing"
    fields = tuple(
        FieldScore(
            field,
            level,
            model.fields[field][_weighed_as(field, level, ours, model)],
            _shown(field, theirs),
            _shown(field, ours),
        )
        for field, level in found.items()
    )
    return Score(fields=fields, prior=model.prior, vetoes=_vetoes(found), model=model.version)


_LEVELS: dict[str, Callable[[Identity, Identity], str]] = {
    "forename": levels.forename_level,
    "midname": levels.midname_level,
    "surname": levels.surname_level,
    "born_on": lambda theirs, ours: levels.born_on_level(theirs.born_on, ours.born_on),
    "gender": lambda theirs, ours: levels.gender_level(theirs.gender, ours.gender),
    "postcode": levels.postcode_level,
    "address": levels.address_level,
    "upn": lambda theirs, ours: levels.identifier_level(theirs.upn, ours.upn),
    "nhs_number": lambda theirs, ours: levels.identifier_level(theirs.nhs_number, ours.nhs_number),
}
FIELDS = (*_LEVELS, "sibling")


def _vetoes(found: dict[str, str]) -> tuple[str, ...]:
    vetoes = [field for field in ("upn", "nhs_number") if found[field] == "different"]
    return (*vetoes, "sibling") if found["sibling"] == "suspected" else tuple(vetoes)


def _may_be_siblings(found: dict[str, str]) -> bool:
    """Born on the same day, of the same home, with another forename."""
    if found["born_on"] != "exact" or found["forename"] in FORENAMES_AGREE:
        return False
    same_place = found["postcode"] in {"exact", "old"} or found["address"] in {"exact", "old"}
    same_house = found["postcode"] in {"exact", "old", "missing"} and found["address"] in {"exact", "old"}
    return same_house or (same_place and found["surname"] in SURNAMES_AGREE)


def _weighed_as(field: str, level: str, ours: Identity, model: Model) -> str:
    """Agreement on a surname that very many people have says less."""
    if (
        field == "surname"
        and level == "exact"
        and (key(ours.surname) in model.common_surnames or set(words(ours.surname)) <= model.common_surnames)
    ):
        return "exact_common"
    return level


def _shown(field: str, who: Identity) -> str:
    if field == "sibling":
        return ""
    if field == "born_on":
        return who.born_on.isoformat() if who.born_on else ""
    if field == "address":
        return ", ".join(who.address_lines)
    return str(getattr(who, field))
