from .amending import (
    AlreadyAsked,
    Decided,
    NothingChanged,
    NotTheirs,
    Wanted,
    accept_amendment,
    ask_amendment,
    authorise_amendment,
    refuse_amendment,
    withdraw_amendment,
)
from .forgetting import forget_gone
from .lists import GoneFromList, NotYours, OnAList, put_back_pupil, remove_pupil
from .loading import apply_loading, stage_applications, stage_spreadsheet

__all__ = [
    "AlreadyAsked",
    "Decided",
    "GoneFromList",
    "NotTheirs",
    "NotYours",
    "NothingChanged",
    "OnAList",
    "Wanted",
    "accept_amendment",
    "apply_loading",
    "ask_amendment",
    "authorise_amendment",
    "forget_gone",
    "put_back_pupil",
    "refuse_amendment",
    "remove_pupil",
    "stage_applications",
    "stage_spreadsheet",
    "withdraw_amendment",
]
