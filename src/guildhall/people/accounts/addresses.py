"""Looking up the addresses at a postcode. The portal works without: an address can always be typed."""

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from guildhall.foundation.authority.queries import setting
from guildhall.foundation.kit.identifiers import normalise_postcode, valid_postcode


@dataclass(frozen=True)
class FoundAddress:
    """One address at a postcode. ``uprn`` is its unique property reference number."""

    uprn: str
    property_name: str
    house_number: str
    street: str
    town: str
    postcode: str

    def __str__(self) -> str:
        street = " ".join(part for part in (self.house_number, self.street) if part)
        return ", ".join(part for part in (self.property_name, street, self.town, self.postcode) if part)

    @property
    def key(self) -> str:
        """What tells this address from the others at its postcode."""
        return self.uprn or str(self)


Finder = Callable[[str], list[FoundAddress]]


def _nowhere(_postcode: str) -> list[FoundAddress]:
    return []


def _invented(postcode: str) -> list[FoundAddress]:
    """Eight invented houses at any postcode, the same every time. For the demonstration."""
    streets = ("Station Road", "Church Lane", "Mill Street", "Heol y Bont", "Park Avenue", "Orchard Close")
    seed = sum(ord(mark) * place for place, mark in enumerate(postcode, 1))
    street = streets[seed % len(streets)]
    return [
        FoundAddress(f"9{seed:08d}{n:03d}", "", str(2 * n + seed % 2), street, "Aberteg", postcode)
        for n in range(1, 9)
    ]


# Streets and towns by postcode, district and sector. From the register of schools of England and Wales
# ("Get information about schools"), public sector information under the Open Government Licence v3.0.
_OPEN_DATA = Path(__file__).parent / "data" / "streets.tsv.gz"


def _open_data(postcode: str) -> list[FoundAddress]:
    """The streets that open data knows at ``postcode``, and its town; the house is for the person to type."""
    known = _streets()
    district, sector = postcode[:-4], postcode[:-2]
    here = known.get(postcode, [])
    towns = [town for _, town in known.get(sector) or known.get(district) or []]
    found = [*here, *(("", town) for town in towns)]
    return [FoundAddress("", "", "", street, town, postcode) for street, town in found]


@lru_cache(maxsize=1)
def _streets() -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    with gzip.open(_OPEN_DATA, "rt", encoding="utf-8") as lines:
        for line in lines:
            place, street, town = line.rstrip("\n").split("\t")
            found.setdefault(place, []).append((street, town))
    return found


# The services that can be asked, by the value of the setting addresses.finder.
FINDERS: dict[str, Finder] = {"none": _nowhere, "open": _open_data, "invented": _invented}


def is_on() -> bool:
    """Whether addresses can be looked up at all."""
    return setting("addresses.finder") != "none"


def find(postcode: str) -> list[FoundAddress]:
    """The addresses at ``postcode`` as typed; none for a wrong postcode or when no service is set up."""
    tidy = normalise_postcode(postcode)
    return FINDERS[setting("addresses.finder")](tidy) if valid_postcode(tidy) else []
