"""A child as somebody wrote them, frozen: what comparison works on."""

from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Identity:
    """Who a child is said to be. Empty strings and None mean not said. ``gender`` is female, male or other."""

    forename: str = ""
    midname: str = ""
    surname: str = ""
    known_as: str = ""
    former_surname: str = ""
    born_on: date | None = None
    gender: str = ""
    address_lines: tuple[str, ...] = ()
    postcode: str = ""
    upn: str = ""
    nhs_number: str = ""
    school: str = ""

    def as_json(self) -> dict[str, Any]:
        plain = asdict(self)
        plain["born_on"] = self.born_on.isoformat() if self.born_on else None
        plain["address_lines"] = list(self.address_lines)
        return plain

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> "Identity":
        known = {field.name: plain[field.name] for field in fields(cls) if field.name in plain}
        known["born_on"] = date.fromisoformat(plain["born_on"]) if plain.get("born_on") else None
        known["address_lines"] = tuple(plain.get("address_lines") or ())
        return cls(**known)

    @property
    def name(self) -> str:
        return " ".join(part for part in (self.forename, self.midname, self.surname) if part)
