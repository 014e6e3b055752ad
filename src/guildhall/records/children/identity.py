"""A child as somebody wrote them, or as the record has them, frozen: what comparison works on."""

from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .models import Child


IDENTIFIERS = ("upn", "nhs_number", "uln")
"""The numbers that one child alone has."""


@dataclass(frozen=True)
class Name:
    """A forename and surname that a child also goes by, or went by."""

    forename: str = ""
    surname: str = ""


@dataclass(frozen=True)
class Address:
    """Another address of a child, as a rule an old one."""

    lines: tuple[str, ...] = ()
    postcode: str = ""


@dataclass(frozen=True)
class Identity:
    """Who a child is said to be; empty strings and None: not said. ``gender`` is female, male or other."""

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
    uln: str = ""
    school: str = ""
    other_names: tuple[Name, ...] = ()
    other_addresses: tuple[Address, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain values that ``from_json`` makes the same identity of."""
        plain = asdict(self)
        plain["born_on"] = self.born_on.isoformat() if self.born_on else None
        plain["address_lines"] = list(self.address_lines)
        plain["other_names"] = [asdict(name) for name in self.other_names]
        plain["other_addresses"] = [_address_json(address) for address in self.other_addresses]
        return plain

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> "Identity":
        """The identity of ``plain``: as written by ``as_json``, or the subject of a form.

        The subject of a form may hold an ``address`` ({lines, town, postcode}) and a ``school``
        ({urn, name}); values that cannot be read count as not said.
        """
        known = {name: _text(plain.get(name)) for name in _TEXTS}
        lines, postcode = _address(plain.get("address"))
        known["postcode"] = known["postcode"] or postcode
        return cls(
            **known,
            born_on=_day(plain.get("born_on")),
            address_lines=tuple(plain.get("address_lines") or lines),
            other_names=tuple(Name(**name) for name in plain.get("other_names") or ()),
            other_addresses=tuple(
                Address(lines=tuple(each["lines"]), postcode=each["postcode"])
                for each in plain.get("other_addresses") or ()
            ),
        )

    @property
    def name(self) -> str:
        return " ".join(part for part in (self.forename, self.midname, self.surname) if part)


_TEXTS = [field.name for field in fields(Identity) if field.type is str]


def identity_of(child: "Child") -> Identity:
    """``child`` as the record has them now, with other names and addresses. Reads no other table."""
    lines, _ = _address(child.address)
    return Identity(
        forename=child.forename,
        midname=child.midname,
        surname=child.surname,
        born_on=child.born_on,
        gender=child.gender,
        address_lines=lines,
        postcode=child.postcode,
        upn=child.upn,
        nhs_number=child.nhs_number,
        uln=child.uln,
        other_names=tuple(
            Name(each.get("forename", ""), each.get("surname", "")) for each in child.other_names
        ),
        other_addresses=tuple(Address(*_address(each)) for each in child.other_addresses),
    )


def _text(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("name")
    return value.strip() if isinstance(value, str) else ""


def _day(value: Any) -> date | None:
    try:
        return value if isinstance(value, date) else date.fromisoformat(value)
    except (TypeError, ValueError):
        return None


def _address(plain: Any) -> tuple[tuple[str, ...], str]:
    """The lines, with the town, and the postcode of an address kept as {lines, town, postcode}."""
    if not isinstance(plain, dict):
        return (), ""
    lines = [*(plain.get("lines") or []), plain.get("town") or ""]
    return tuple(line.strip() for line in lines if isinstance(line, str) and line.strip()), _text(
        plain.get("postcode")
    )


def _address_json(address: Address) -> dict[str, Any]:
    return {"lines": list(address.lines), "postcode": address.postcode}
