"""What tests of emergency contacts stand on."""

from datetime import datetime
from typing import Any

from guildhall.people.membership.models import SchoolPlace
from guildhall.work.emergency import services
from guildhall.work.emergency.models import Contact
from guildhall.work.emergency.rules import Told

from ...people.membership.schools import a_place, holder
from ...people.responsibilities.scene import LEAD, give
from ...standing import NOON

OPENS = "Health_and_Safety"


def a_keeper(by: SchoolPlace, email: str = "elen@ysgol.example.org") -> SchoolPlace:
    """Somebody at the school whose responsibility opens its contacts."""
    place = a_place(email, by.school)
    give(place, by, **{OPENS: LEAD})
    return place


def told(name: str = "Idris Bowen", phone: str = "07700900123", **changed: Any) -> Told:
    return Told(**{"name": name, "role": "Caretaker", "phone": phone, "available": "Any time"} | changed)


def a_contact(by: SchoolPlace, name: str = "Idris Bowen", phone: str = "07700900123") -> Contact:
    return services.add_contact(by.school_id, told(name, phone), **how(by))


def how(by: SchoolPlace, now: datetime = NOON) -> dict[str, Any]:
    return {"holder": holder(by), "by": by.user, "now": now}
