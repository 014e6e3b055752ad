"""How likely it is that two identities are one child. Pure: one scorer for one row or a million."""

from collections.abc import Container
from dataclasses import dataclass

from guildhall.records.children.identity import IDENTIFIERS, Identity

from .levels import LEVELS
from .model import Model, first_model, probability_of
from .names import WEAK, are_other_names, one_slip_apart
from .seen import Seen, see

Words = tuple[str, ...]

FORENAMES_AGREE = frozenset({"exact", "known", "swapped", "nickname", "part", "missing"})
_NEARLY_BORN = frozenset({"swapped", "one_digit", "two_parts", "near"})
SURNAMES_AGREE = frozenset({"exact", "known", "swapped", "part", "similar"})


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

    ``vetoes``: why a machine may never link the two, of IDENTIFIERS and sibling. ``model`` names the
    weights.
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
        return probability_of(self.weight)

    @property
    def sibling(self) -> bool:
        """The same date of birth and home but another forename: perhaps a twin."""
        return "sibling" in self.vetoes

    def field(self, name: str) -> FieldScore:
        return next(each for each in self.fields if each.field == name)

    def level(self, field: str) -> str:
        return self.field(field).level

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
    return score_seen(see(theirs), see(ours), model)


def score_seen(theirs: Seen, ours: Seen, model: Model | None = None) -> Score:
    """Compare two identities that were made ready before."""
    model = model or first_model()
    found = levels_of(theirs, ours)
    fields = tuple(
        FieldScore(
            field,
            level,
            model.weight_of(field, level, ours),
            _shown(field, theirs.who),
            _shown(field, ours.who),
        )
        for field, level in found.items()
    )
    return Score(fields=fields, prior=model.prior, vetoes=vetoes_in(found), model=model.version)


def weigh(found: dict[str, str], ours: Seen, model: Model) -> float:
    """The sum in bits of levels that were found before: ``Score.weight`` without its explanation."""
    return model.prior + sum(model.weight_of(part, level, ours) for part, level in found.items())


def levels_of(theirs: Seen, ours: Seen) -> dict[str, str]:
    """The level of every field of FIELDS, in that order."""
    found = {field: level(theirs, ours) for field, level in LEVELS.items()}
    return levels_for_sibling(found, theirs.forename_words, ours.forename_words)


def levels_for_sibling(found: dict[str, str], theirs: Words, ours: Words) -> dict[str, str]:
    """``found`` with the level of ``sibling``, which follows from it and from the words of both forenames."""
    if _says_another(found, theirs, ours):
        suspected = _may_be_siblings(found | {"forename": "different"})
    else:
        suspected = _may_be_siblings(found) and not _is_misspelt(found, theirs, ours)
    return found | {"sibling": "suspected" if suspected else "missing"}


FIELDS = (*LEVELS, "sibling")


def vetoes_in(found: dict[str, str]) -> tuple[str, ...]:
    """Why a machine may never link two identities with these levels."""
    vetoes = [field for field in IDENTIFIERS if found[field] == "different"]
    # A twin whose date of birth has a slip is a twin still; of a child with two slips a person may think.
    sibling = (
        found["sibling"] == "suspected"
        or _may_be_siblings(found, born=_NEARLY_BORN)
        or _are_nearly_twins(found)
    )
    return (*vetoes, "sibling") if sibling else tuple(vetoes)


def _may_be_siblings(found: dict[str, str], *, born: Container[str] = frozenset({"exact"})) -> bool:
    """Born on the same day, of the same home, with another forename."""
    if found["born_on"] not in born or found["forename"] in FORENAMES_AGREE:
        return False
    same_place = found["postcode"] in {"exact", "old"} or found["address"] in {"exact", "old"}
    same_house = found["postcode"] in {"exact", "old", "missing"} and found["address"] in {"exact", "old"}
    return same_house or (same_place and found["surname"] in SURNAMES_AGREE)


def _are_nearly_twins(found: dict[str, str]) -> bool:
    """Born on the same day in nearly the same house, with another forename: the number may be a slip."""
    another = found["born_on"] == "exact" and found["forename"] == "different"
    return another and found["address"] == "near" and found["surname"] in SURNAMES_AGREE


def _says_another(found: dict[str, str], theirs: Words, ours: Words) -> bool:
    """Is the forename another though it agrees: a short form of the other gender (Sam, Samantha), another
    second name (Mohammed Bilal, Muhammad Hamza), or a name that many brothers share and another middle name?
    """
    if found["forename"] == "nickname":
        return found["gender"] == "different" or are_other_names(theirs, ours)
    return found["forename"] == "exact" and found["midname"] == "different" and WEAK.issuperset(theirs)


def _is_misspelt(found: dict[str, str], theirs: Words, ours: Words) -> bool:
    """Is the other forename one name with a slip, and does nothing else tell the two apart?"""
    return "different" not in {found["gender"], found["midname"]} and one_slip_apart(theirs, ours)


def _shown(field: str, who: Identity) -> str:
    if field == "sibling":
        return ""
    if field == "born_on":
        return who.born_on.isoformat() if who.born_on else ""
    if field == "address":
        return ", ".join(who.address_lines)
    return str(getattr(who, field))
