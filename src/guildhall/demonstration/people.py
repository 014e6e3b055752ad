"""Invented families: who the children of the demonstration authority are. The same on every run."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random

import yaml

# How many in a hundred families take their names from each list.
GROUPS = {"english": 62, "welsh": 14, "south_asian": 12, "polish": 7, "arabic": 5}


@dataclass(frozen=True)
class Invented:
    """One invented child. ``earlier_address`` is where a moved family lived before, else None."""

    forename: str
    midname: str
    surname: str
    born_on: date
    gender: str
    address_lines: tuple[str, ...]
    town: str
    postcode: str
    school: int
    earlier_postcode: str = ""
    twin: bool = False


@cache
def names() -> dict[str, list[str]]:
    return yaml.safe_load((Path(__file__).parent / "names.yaml").read_text(encoding="utf-8"))


def invented_children(count: int, *, today: date, schools: int) -> list[Invented]:
    """``count`` children in families of one to four, with twins, double surnames and moved families."""
    chance = Random("Carreg Valley")
    found: list[Invented] = []
    while len(found) < count:
        found.extend(_family(chance, today, schools))
    return found[:count]


def _family(chance: Random, today: date, schools: int) -> Iterator[Invented]:
    group = chance.choices(list(GROUPS), weights=list(GROUPS.values()))[0]
    surname = _surname(chance, group)
    home = _home(chance)
    moved = _postcode(chance) if chance.random() < 0.08 else ""
    born = today - timedelta(days=chance.randint(400, 25 * 365))
    for _ in range(chance.choices([1, 2, 3, 4], weights=[40, 38, 16, 6])[0]):
        child = _child(chance, group, surname, born, home, moved, schools)
        yield child
        if chance.random() < 0.03:
            yield replace(_child(chance, group, surname, born, home, moved, schools), twin=True)
        born = min(born + timedelta(days=chance.randint(330, 1500)), today - timedelta(days=30))


def _child(
    chance: Random, group: str, surname: str, born: date, home: tuple[str, str, str], moved: str, schools: int
) -> Invented:
    gender = chance.choice(["female", "male"])
    listed = names()[f"{group}_{'girls' if gender == 'female' else 'boys'}"]
    midname = chance.choice(listed) if chance.random() < 0.4 else ""
    line, town, postcode = home
    return Invented(
        chance.choice(listed),
        midname,
        surname,
        born,
        gender,
        (line,),
        town,
        postcode,
        chance.randrange(schools),
        moved,
    )


def _surname(chance: Random, group: str) -> str:
    own = chance.choice(names()[f"{group}_surnames"])
    if chance.random() < 0.06:
        return f"{own}-{chance.choice(names()['english_surnames'])}"
    return own


def _home(chance: Random) -> tuple[str, str, str]:
    """(first line, town, postcode). CY is no real postcode area, so no invented child has a real address."""
    return (
        f"{chance.randint(1, 140)} {chance.choice(names()['streets'])}",
        chance.choice(names()["towns"]),
        _postcode(chance),
    )


def _postcode(chance: Random) -> str:
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    return f"CY{chance.randint(1, 24)} {chance.randint(1, 9)}{chance.choice(letters)}{chance.choice(letters)}"
