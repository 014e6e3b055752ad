"""Two files of invented children, the second a copy of the first with slips by another hand than FEBRL's.

For figures that nothing was fitted to: no identifiers, slips in any place of any field, one value in fifty
taken from somebody else, and in the second file twins of one in twenty.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from guildhall.records.children.identity import Identity
from guildhall.records.linkage.files.reading import Row
from scripts.measure.population import Population

_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
Ids = tuple[str, str]


def spoilt_copy(count: int, *, seed: int) -> tuple[list[Row], list[Row], set[Ids]]:
    """Both files and the pairs of one child."""
    chance = Random(seed)
    people = [replace(who, upn="", former_surname="") for who in Population(seed).people(count)]
    left = [Row(at, f"l{at}", who) for at, who in enumerate(people)]
    right = [Row(at, f"r{at}", _spoilt(chance, who, chance.choice(people))) for at, who in enumerate(people)]
    twins = chance.sample(people, count // 20)
    right += [
        Row(at, f"r{at}", replace(who, forename=chance.choice(people).forename, midname=""))
        for at, who in enumerate(twins, start=count)
    ]
    return left, right, {(f"l{at}", f"r{at}") for at in range(count)}


def _spoilt(chance: Random, who: Identity, other: Identity) -> Identity:
    for _ in range(chance.choice((0, 0, 0, 1, 1, 1, 2, 2, 3))):
        who = chance.choice(_WAYS)(chance, who, other)
    return who


def _letter(chance: Random, word: str) -> str:
    """``word`` with one key missed, hit twice, hit beside its place, or two hit in the wrong order."""
    if not word:
        return word
    at = chance.randrange(len(word))
    row = next((keys for keys in _KEYS if word[at].lower() in keys), word[at])
    beside = row[(row.find(word[at].lower()) + chance.choice((-1, 1))) % len(row)]
    ways = (
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + beside + word[at + 1 :],
        word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
    )
    return chance.choice(ways)


def _in(field: str) -> Callable[[Random, Identity, Identity], Identity]:
    def spoil(chance: Random, who: Identity, other: Identity) -> Identity:
        value = getattr(other, field) if chance.random() < 0.02 else _letter(chance, getattr(who, field))
        return replace(who, **{field: value})

    return spoil


def _in_line(chance: Random, who: Identity, _other: Identity) -> Identity:
    return replace(who, address_lines=(_letter(chance, who.address_lines[0]), *who.address_lines[1:]))


def _in_date(chance: Random, who: Identity, _other: Identity) -> Identity:
    born_on: date = who.born_on or date(2015, 1, 1)
    return replace(who, born_on=born_on + timedelta(days=chance.choice((-10, -1, 1, 7, 30, 365))))


def _nothing(chance: Random, who: Identity, _other: Identity) -> Identity:
    field = chance.choice(("midname", "postcode", "gender"))
    return replace(who, **{field: ""})


_WAYS = (_in("forename"), _in("forename"), _in("surname"), _in("postcode"), _in_line, _in_date, _nothing)
