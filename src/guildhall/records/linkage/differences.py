"""Where the child as written and the record do not say the same, and what a choice makes of it. Pure."""

from dataclasses import dataclass
from typing import Any

from guildhall.records.children.folding import key, postcode_key
from guildhall.records.children.identity import IDENTIFIERS, Identity
from guildhall.records.children.models import Child

from .levels import lines_level
from .names import forename_said, surname_said
from .seen import plain

OURS, THEIRS, BOTH = "ours", "theirs", "both"
NAMES = ("forename", "midname", "surname")
Choices = dict[str, str]


@dataclass(frozen=True)
class Difference:
    """One field. ``conflict``: both say something else; otherwise the record says nothing yet.

    ``choices``: what an officer may choose, of ours, theirs, both.
    """

    field: str
    theirs: str
    ours: str
    conflict: bool
    choices: tuple[str, ...]


def differences(theirs: Identity, ours: Identity) -> tuple[Difference, ...]:
    """Every field where ``theirs`` says something that the record ``ours`` does not, in page order."""
    found = [
        *_names(theirs, ours),
        *_plain(theirs, ours),
        *_address(theirs, ours),
        *_also_known(theirs, ours),
    ]
    return tuple(each for each in found if each is not None)


def conflicts(theirs: Identity, ours: Identity) -> tuple[Difference, ...]:
    return tuple(each for each in differences(theirs, ours) if each.conflict)


def changes_for(child: Child, theirs: Identity, choices: Choices) -> dict[str, Any]:
    """The changes that ``choices`` (field → ours, theirs or both) make to the record.

    A name or address that gives way is kept among the other names or addresses.
    """
    taken = {field for field, choice in choices.items() if choice == THEIRS}
    changes: dict[str, Any] = {
        field: getattr(theirs, field)
        for field in (*NAMES, "born_on", "gender", *IDENTIFIERS)
        if field in taken
    }
    if names := _names_to_keep(child, theirs, choices):
        changes["other_names"] = [*child.other_names, *names]
    return changes | _address_changes(child, theirs, choices.get("address", OURS))


def _difference(field: str, theirs: str, ours: str, *, both: bool = False) -> Difference:
    return Difference(
        field, theirs, ours, bool(ours), (OURS, THEIRS, BOTH) if both and ours else (OURS, THEIRS)
    )


def _names(theirs: Identity, ours: Identity) -> list[Difference | None]:
    """What only stands for a name (“Baby”) is none: nobody would take it, and a name is taken for it."""
    pairs = {
        "forename": (forename_said(theirs.forename), forename_said(ours.forename)),
        "midname": (theirs.midname, ours.midname),
        "surname": (surname_said(theirs.surname), surname_said(ours.surname)),
    }
    return [
        _difference(field, one, other, both=True)
        if not _same_name(one, other, initials=field == "midname")
        else None
        for field, (one, other) in pairs.items()
    ]


def _same_name(theirs: str, ours: str, *, initials: bool) -> bool:
    one, other = key(theirs), key(ours)
    return not one or one == other or (initials and len(one) == 1 and other.startswith(one))


def _plain(theirs: Identity, ours: Identity) -> list[Difference | None]:
    day = (
        theirs.born_on.isoformat() if theirs.born_on else "",
        ours.born_on.isoformat() if ours.born_on else "",
    )
    pairs = {"born_on": day} | {
        field: (getattr(theirs, field), getattr(ours, field)) for field in ("gender", *IDENTIFIERS)
    }
    return [
        _difference(field, one, other) if one and plain(one) != plain(other) else None
        for field, (one, other) in pairs.items()
    ]


def _address(theirs: Identity, ours: Identity) -> list[Difference | None]:
    if not (theirs.address_lines or theirs.postcode) or _same_address(theirs, ours):
        return []
    return [_difference("address", _spoken(theirs), _spoken(ours), both=True)]


def _same_address(theirs: Identity, ours: Identity) -> bool:
    """Nothing in the one against the other; a part of a postcode agrees with the whole."""
    one, other = postcode_key(theirs.postcode), postcode_key(ours.postcode)
    if one and not other.startswith(one):
        return False
    if not theirs.address_lines:
        return True
    return bool(ours.address_lines) and lines_level(theirs.address_lines, ours.address_lines) == "exact"


def _also_known(theirs: Identity, ours: Identity) -> list[Difference | None]:
    forenames = {key(name) for name in (ours.forename, *(name.forename for name in ours.other_names))}
    surnames = {key(name) for name in (ours.surname, *(name.surname for name in ours.other_names))}
    return [
        _difference("known_as", theirs.known_as, "")
        if theirs.known_as and key(theirs.known_as) not in forenames
        else None,
        _difference("former_surname", theirs.former_surname, "")
        if theirs.former_surname and key(theirs.former_surname) not in surnames
        else None,
    ]


def _names_to_keep(child: Child, theirs: Identity, choices: Choices) -> list[dict[str, str]]:
    """The names that ``choices`` add to the other names of ``child``."""
    ours = {field: getattr(child, field) for field in NAMES}
    kept = []
    if any(choices.get(field) == THEIRS and ours[field] for field in NAMES):
        kept.append(ours | {"kind": "former"})
    if any(choices.get(field) == BOTH for field in NAMES):
        kept.append({field: getattr(theirs, field) or ours[field] for field in NAMES} | {"kind": "also"})
    if choices.get("known_as") == THEIRS:
        kept.append(ours | {"forename": theirs.known_as, "midname": "", "kind": "known-as"})
    if choices.get("former_surname") == THEIRS:
        kept.append(ours | {"surname": theirs.former_surname, "kind": "former"})
    return [name for name in kept if name not in child.other_names]


def _address_changes(child: Child, theirs: Identity, choice: str) -> dict[str, Any]:
    written = {"lines": list(theirs.address_lines), "town": "", "postcode": theirs.postcode}
    if choice == THEIRS:
        former = [child.address] if child.address else []
        return {
            "address": written,
            "postcode": theirs.postcode or child.postcode,
            "other_addresses": [*child.other_addresses, *former],
        }
    return {"other_addresses": [*child.other_addresses, written]} if choice == BOTH else {}


def _spoken(who: Identity) -> str:
    return ", ".join(part for part in (*who.address_lines, who.postcode) if part)
