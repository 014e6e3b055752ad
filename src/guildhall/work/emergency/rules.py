"""What a contact must have, who reads whose, and when they are old. Pure."""

from dataclasses import dataclass, fields
from datetime import datetime, timedelta

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.identifiers import valid_phone

SYSTEM = "emergency-contacts"
MOST = 10
LONGEST = {"name": 100, "role": 100, "available": 200}
CONFIRMED_FOR = timedelta(days=120)
"""About a term: whoever has not confirmed for longer is asked to."""
REMIND_AGAIN = timedelta(days=14)
KEPT_AFTER = timedelta(days=30)


@dataclass(frozen=True)
class Told:
    """What somebody says of a contact. The telephone numbers are normalised; the second may be empty."""

    name: str
    role: str
    phone: str
    available: str
    other_phone: str = ""
    key_holder: bool = False
    alarm: bool = False


FIELDS = tuple(field.name for field in fields(Told))


def problems_of(told: Told) -> dict[str, str]:
    """Field → the name of what is wrong with it (schools.Error_Emergency_…), in the order of the page."""
    wrong = {name: not 0 < len(getattr(told, name)) <= longest for name, longest in LONGEST.items()}
    wrong["phone"] = not valid_phone(told.phone)
    wrong["other_phone"] = bool(told.other_phone) and (
        not valid_phone(told.other_phone) or told.other_phone == told.phone
    )
    named = {name: "".join(part.capitalize() for part in name.split("_")) for name in FIELDS}
    return {name: named[name] for name in FIELDS if wrong.get(name)}


def reads_all(holder: Holder) -> bool:
    """Whether ``holder`` may see the contacts of every school."""
    return holder.may(Permission.READ_EMERGENCY_CONTACTS)


def is_old(confirmed_at: datetime | None, *, now: datetime) -> bool:
    """Whether nobody has said for too long that the contacts are right."""
    return confirmed_at is None or confirmed_at < now - CONFIRMED_FOR
