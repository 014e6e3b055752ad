"""Whom to call about two of the demonstration's schools: one list is confirmed, the other is old."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from guildhall.people.membership.queries import holder_for
from guildhall.work.emergency import services
from guildhall.work.emergency.rules import Told

from .responsibilities import place_of

# Who keeps them, where, how many days ago they confirmed; name, role, telephones, when, keys, alarm.
LISTS: tuple[tuple[str, int, int, tuple[tuple[Any, ...], ...]], ...] = (
    (
        "bryn@ysgol.example.org",
        990001,
        20,
        (
            ("Idris Bowen", "Caretaker", "07700900161", "01632960161", "Any time", True, True),
            ("Elin Prosser", "Headteacher", "07700900162", "", "Not in the first week of August", True, True),
            ("Mair Llewelyn", "Office manager", "07700900163", "", "Term time, until 10pm", False, True),
        ),
    ),
    (
        "tracey@school.example.org",
        990009,
        150,
        (("Colin Ashdown", "Site manager", "07700900171", "01632960171", "Any time", True, True),),
    ),
)


@transaction.atomic
def keep_contacts(*, now: datetime) -> None:
    """Let two schools say whom to call."""
    for email, urn, days, people in LISTS:
        by = place_of(email, urn)
        holder = holder_for(by.user, verified=True)
        how: dict[str, Any] = {"holder": holder, "by": by.user, "now": now - timedelta(days=days)}
        for name, role, phone, other, available, keys, alarm in people:
            told = Told(name, role, phone, available, other_phone=other, key_holder=keys, alarm=alarm)
            services.add_contact(by.school_id, told, **how)
        services.confirm_contacts(by.school_id, **how)
