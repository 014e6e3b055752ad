"""Invented children in great number, for what depends on how many records there are; the same on every run.

Surnames are put together from syllables, as many and as unequal as in a large county; one child in thirty has
a double surname, one in twenty a former one, one in seventy a twin.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import accumulate, product
from random import Random

from guildhall.records.children.identity import Identity
from guildhall.records.linkage.names import known_forenames
from scripts.measure.labelled import slipped

_SURNAMES, _FORENAMES, _POSTCODES, _STREETS = 13_600, 2_200, 41_000, 900
_SYLLABLES = (
    "ab bar ben bra cal car cran dal dun ed fal gar glen hal har hol ken lan lin mar mel nor os pen",
    "ber den der don ing ken ling man mer ming ner ring ser ter ton ver wor win",
    "by combe cott croft dale den ford ham hurst ley low man more ness ridge son stead ter thorpe ton",
)
_DISTRICTS = ("CF", "SA", "GU", "LS", "NP", "LL", "BS", "SY", "RH")
_YOUNGEST = date(2025, 12, 31)


class Population:
    """Draws children one after the other; ``seed`` says which."""

    def __init__(self, seed: int = 1) -> None:
        self._chance = Random(seed)
        self._surnames = _uneven(_invented(Random(11), _SURNAMES))
        forenames = Random(12).sample(sorted(known_forenames()), _FORENAMES)
        self._forenames = _uneven([name.title() for name in forenames])
        self._postcodes = [_postcode(Random(number)) for number in range(_POSTCODES)]
        self._streets = [f"{name} Road" for name in _invented(Random(13), _STREETS)]

    def people(self, count: int) -> Iterator[Identity]:
        """The next ``count`` children."""
        last: Identity | None = None
        for _ in range(count):
            if last is not None and self._chance.random() < 1 / 70:
                last = replace(last, forename=self._forename(), upn=self._upn())
            else:
                last = self._child()
            yield last

    def written(self, child: Identity) -> Identity:
        """``child`` as somebody writes them, with the slips that people make."""
        return slipped(self._chance, child)

    def _child(self) -> Identity:
        chance = self._chance
        surname = self._surname()
        if chance.random() < 1 / 30:
            surname += f"-{self._surname()}"
        return Identity(
            forename=self._forename(),
            midname=self._forename() if chance.random() < 0.4 else "",
            surname=surname,
            former_surname=self._surname() if chance.random() < 1 / 20 else "",
            born_on=_YOUNGEST - timedelta(days=chance.randrange(18 * 365)),
            gender=chance.choice(("female", "male")),
            address_lines=(f"{chance.randint(1, 160)} {chance.choice(self._streets)}", "Carreg"),
            postcode=chance.choice(self._postcodes),
            upn=self._upn(),
        )

    def _forename(self) -> str:
        return self._chance.choices(self._forenames[0], cum_weights=self._forenames[1])[0]

    def _surname(self) -> str:
        return self._chance.choices(self._surnames[0], cum_weights=self._surnames[1])[0]

    def _upn(self) -> str:
        return f"{self._chance.choice('ABCDEFGHJKLMN')}{self._chance.randrange(10**12):012}"


def incoming(records: int, count: int) -> list[tuple[int | None, Identity]]:
    """``count`` children as written, each with the place (from 1) of its record among the first ``records``.

    Three in ten have no record. In no order, so that any first few are like all.
    """
    population, step = Population(2), max(records * 10 // (count * 7), 1)
    known = [
        (place, population.written(child))
        for place, child in enumerate(Population().people(records), start=1)
        if place % step == 0 and place // step <= count * 7 // 10
    ]
    strangers = population.people(count - len(known))
    found = [*known, *((None, population.written(child)) for child in strangers)]
    Random(3).shuffle(found)
    return found


def _invented(chance: Random, count: int) -> list[str]:
    first, middle, last = (some.split() for some in _SYLLABLES)
    every = {"".join(parts).title() for parts in product(first, ("", *middle), last, ("", "e"))}
    return chance.sample(sorted(every), count)


def _uneven(words: list[str]) -> tuple[list[str], list[float]]:
    """``words`` with weights that add up: the first are many times as frequent as the last, as names are."""
    return words, list(accumulate(1 / (place + 20) for place in range(len(words))))


def _postcode(chance: Random) -> str:
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    district = f"{chance.choice(_DISTRICTS)}{chance.randint(1, 39)}"
    return f"{district} {chance.randint(1, 9)}{chance.choice(letters)}{chance.choice(letters)}"
