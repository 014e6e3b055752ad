"""The groups of names that error rates are told by (GH-014): where matching goes wrong in its own way."""

import unicodedata
from collections import defaultdict
from functools import cache
from pathlib import Path

from guildhall.records.children.folding import words
from guildhall.records.children.identity import Identity

GROUPS = ("polish", "south-asian", "arabic", "welsh", "hyphenated", "marked", "other")

_POLISH_ENDINGS = ("ski", "ska", "cki", "cka", "dzki", "dzka", "wicz", "czyk", "czak", "szek", "iak")


def group_of(who: Identity) -> str:
    """Which of GROUPS the name of ``who`` belongs to: the first that fits. It is a rough sign, no more."""
    if any(word.endswith(_POLISH_ENDINGS) for word in words(who.surname)) or "ł" in who.name.lower():
        return "polish"
    said = set(words(who.name))
    for group, names in _signs().items():
        if said & names:
            return group
    if len(words(who.surname)) > 1:
        return "hyphenated"
    return "marked" if _is_marked(who.name) else "other"


@cache
def _signs() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    path = Path(__file__).parent / "data" / "name_groups.txt"
    for line in path.read_text(encoding="utf-8").splitlines():
        group, colon, names = line.partition(":")
        if colon:
            found[group] |= set(names.split())
    return {group: frozenset(names) for group, names in found.items()}


def _is_marked(name: str) -> bool:
    """Has the name an apostrophe or a letter with a mark?"""
    return "'" in name or "’" in name or unicodedata.normalize("NFD", name) != name
