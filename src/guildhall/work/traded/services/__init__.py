"""Keeping the catalogue of traded services, and carrying what schools ask about them."""

from .asking import (
    MOST_WORDS,
    Moved,
    NotOffered,
    NotTheirs,
    TooManyEnquiries,
    ask_about,
    forget_old,
    take_step,
)
from .catalogue import (
    FIELD,
    CatalogueFull,
    NotYours,
    Told,
    add_service,
    bring_back_service,
    change_service,
    move_service,
    note_opened,
    remove_brochure,
    retire_service,
)

__all__ = [
    "FIELD",
    "MOST_WORDS",
    "CatalogueFull",
    "Moved",
    "NotOffered",
    "NotTheirs",
    "NotYours",
    "Told",
    "TooManyEnquiries",
    "add_service",
    "ask_about",
    "bring_back_service",
    "change_service",
    "forget_old",
    "move_service",
    "note_opened",
    "remove_brochure",
    "retire_service",
    "take_step",
]
