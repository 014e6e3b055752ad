"""Putting portal users on an involvement, and sharing forms with them."""

from .entries import (
    AlreadyThere,
    Details,
    EntryIncomplete,
    NotAPortalUser,
    add_portal_user,
    change_portal_user,
    suggested_relation,
)
from .forms import NotWhatWasSeen, answer_after_approval, share_form, stop_sharing

__all__ = [
    "AlreadyThere",
    "Details",
    "EntryIncomplete",
    "NotAPortalUser",
    "NotWhatWasSeen",
    "add_portal_user",
    "answer_after_approval",
    "change_portal_user",
    "share_form",
    "stop_sharing",
    "suggested_relation",
]
