from .keeping import (
    NothingThere,
    NotYours,
    TooMany,
    add_contact,
    change_contact,
    confirm_contacts,
    move_contact,
    put_back_contact,
    remove_contact,
)
from .reminding import forget_removed, remind_schools

__all__ = [
    "NotYours",
    "NothingThere",
    "TooMany",
    "add_contact",
    "change_contact",
    "confirm_contacts",
    "forget_removed",
    "move_contact",
    "put_back_contact",
    "remind_schools",
    "remove_contact",
]
