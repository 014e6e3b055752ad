"""Looking up the addresses at a postcode. The portal works without: an address can always be typed."""

from collections.abc import Callable
from dataclasses import dataclass

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


# The services that can be asked, by the value of the setting addresses.finder.
FINDERS: dict[str, Finder] = {"none": _nowhere, "invented": _invented}


def find(postcode: str) -> list[FoundAddress]:
    """The addresses at ``postcode`` as typed; none for a wrong postcode or when no service is set up."""
    tidy = normalise_postcode(postcode)
    return FINDERS[setting("addresses.finder")](tidy) if valid_postcode(tidy) else []
