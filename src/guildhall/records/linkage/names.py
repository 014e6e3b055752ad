"""What is known of names: short forms, spellings, and words that say little by themselves."""

import csv
from collections import defaultdict
from functools import cache, lru_cache
from pathlib import Path

from rapidfuzz.distance import OSA

from guildhall.records.children.folding import key, words

_DATA = Path(__file__).parent / "data"

# In shorter names one letter is so much that its change is rarely a slip: Mia, Mya, Mi.
SHORTEST_SLIP = 4

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


# Written where a child has no forename yet, or nobody knew it.
_STAND_INS = frozenset(
    {
        *("baby", "babi", "newborn", "infant", "child", "plentyn", "boy", "bachgen", "girl", "merch"),
        *("twin", "twins", "gefell", "efell", "triplet", "tripled", "unknown", "unnamed", "anhysbys", "tbc"),
    }
)

# The beginning of Arabic names such as Abd al-Rahman, as it is written in one word with what follows.
_SERVANT = ("abdul", "abdal", "abdel", "abdur", "abdi")


def usual_surname(folded: str) -> str:
    """The one form by which a folded surname is held against others: Price is ap Rhys, Vaughan is Fychan."""
    return _surnames().get(folded, folded)


def forms_of(word: str) -> frozenset[str]:
    """Every short form and spelling of a folded word, without the word itself."""
    return _forms().get(word, frozenset()) | _servants(word)


@lru_cache(maxsize=20_000)
def _servants(word: str) -> frozenset[str]:
    """Abdulrahman in every spelling of its beginning and of its end; nothing for other words."""
    ending = next((word.removeprefix(begins) for begins in _SERVANT if word.startswith(begins)), "")
    if len(ending) < 4:
        return frozenset()
    endings = {ending} | _forms().get(ending, frozenset())
    return frozenset(begins + each for begins in _SERVANT for each in endings) - {word}


def one_slip_apart(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Is one of two forenames, in folded words, a given name and the other that name with one slip?

    A slip: a letter wrong, too many or left out, or two letters turned, not in the first place; in the name
    or in another form of it. Two given names are never one slip apart, as little as they may differ (Jan and
    Jon); nor are two words that no list has, which may be names of a language that the lists know too little
    of.
    """
    ones, others = _unshared(one, other), _unshared(other, one)
    if max(len(ones), len(others)) > 1:
        ones, others = one, other
    if _is_name(ones) == _is_name(others):
        return False
    name, slip = (ones, others) if _is_name(ones) else (others, ones)
    whole = "".join(name)
    return any(_is_slip("".join(slip), form) for form in forms_of(whole) | {whole})


def are_other_names(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Are two forenames, in folded words, two names though the first word of each is a form of the other's?

    Where both go on, by what they go on with; where one does, if their beginning is a name that many
    brothers share.
    """
    rest, others = one[1:], other[1:]
    if rest and others:
        return not any(_are_alike(each, word) for each in rest for word in others)
    return bool(rest or others) and WEAK.issuperset((one[0], other[0]))


def _are_alike(one: str, other: str) -> bool:
    if 1 in {len(one), len(other)}:
        return one[0] == other[0]
    return one == other or other in forms_of(one) or OSA.distance(one, other, score_cutoff=1) == 1


def is_stand_in(written: str) -> bool:
    """Is ``written`` no name that tells a child from a twin: none yet (“Baby”, “Twin 2”), or an initial?"""
    found = words(written)
    return bool(found) and (
        len("".join(found)) == 1
        or not _STAND_INS.isdisjoint(found)
        or any(sign.isdigit() for sign in written)
    )


def _is_slip(word: str, name: str) -> bool:
    return (
        max(len(word), len(name)) >= SHORTEST_SLIP
        and word[:1] == name[:1]
        and OSA.distance(word, name, score_cutoff=1) == 1
    )


def _unshared(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in one if word not in other)


def _is_name(parts: tuple[str, ...]) -> bool:
    """Is it a known name as one word, or is each of its words one?"""
    return "".join(parts) in known_forenames() or all(word in known_forenames() for word in parts)


@cache
def known_forenames() -> frozenset[str]:
    """Every given name of the lists, folded, with the short forms."""
    found = set(_forms())
    for path in ("forenames.txt", "forenames_more.txt"):
        for line in (_DATA / path).read_text(encoding="utf-8").splitlines():
            found |= set(line.rpartition(":")[2].split())
    return frozenset(found)


@cache
def _forms() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    with (_DATA / "nicknames.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            _together(found, [row["name1"], row["name2"]])
    for line in (_DATA / "variants.txt").read_text(encoding="utf-8").splitlines():
        _together(found, line.split())
    for line in (_DATA / "short_forms.txt").read_text(encoding="utf-8").splitlines():
        name, *short = line.split()
        for each in short:
            _together(found, [name, each])
    return {word: frozenset(others - {word}) for word, others in found.items()}


def _together(found: dict[str, set[str]], group: list[str]) -> None:
    folded = {key(name) for name in group}
    for word in folded:
        found[word] |= folded


@cache
def _surnames() -> dict[str, str]:
    """Every spelling in a line of the list → the first of the line."""
    lines = (_DATA / "surname_forms.txt").read_text(encoding="utf-8").splitlines()
    return {each: line.split()[0] for line in lines for each in line.split()}
