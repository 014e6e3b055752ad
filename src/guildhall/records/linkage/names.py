"""What is known of names: short forms, spellings, and words that say little by themselves."""

import csv
from collections import defaultdict
from functools import cache
from pathlib import Path

from guildhall.records.children.folding import key

_DATA = Path(__file__).parent / "data"

# Shared by so many people of different families that one of them in common is no sign of the same name.
WEAK = frozenset(
    {
        "singh",
        "kaur",
        "begum",
        "bibi",
        "khatun",
        "mohammed",
        "muhammad",
        "mohamed",
        "mohammad",
        "syed",
        "abdul",
        "ali",
    }
)
PARTICLES = frozenset(
    {
        "ap",
        "ab",
        "ferch",
        "verch",
        "bin",
        "bint",
        "ibn",
        "al",
        "el",
        "ul",
        "ur",
        "da",
        "de",
        "di",
        "van",
        "von",
        "der",
        "den",
        "la",
        "le",
    }
)


def same_by_habit(one: str, other: str) -> bool:
    """Is one folded word a short form or another spelling of the other (Bob and Robert, Ayesha and Aisha)?"""
    return other in _forms().get(one, frozenset())


def forms_of(word: str) -> frozenset[str]:
    """Every short form and spelling of a folded word, without the word itself."""
    return _forms().get(word, frozenset())


@cache
def _forms() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    with (_DATA / "nicknames.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            _together(found, [row["name1"], row["name2"]])
    for line in (_DATA / "variants.txt").read_text(encoding="utf-8").splitlines():
        _together(found, line.split())
    return {word: frozenset(others - {word}) for word, others in found.items()}


def _together(found: dict[str, set[str]], group: list[str]) -> None:
    folded = {key(name) for name in group}
    for word in folded:
        found[word] |= folded
