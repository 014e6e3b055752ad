"""Writing of the privacy room: requests and their packs, the schedule, holds, and runs that delete."""

from .packs import (
    CheckedByYou,
    NotReady,
    begin_pack,
    check_pack,
    forget_packs,
    gather,
    release_pack,
    send_pack_back,
)
from .requests import NobodyThere, NotPaused, close_request, open_request, pause_request, resume_request

__all__ = [
    "CheckedByYou",
    "NobodyThere",
    "NotPaused",
    "NotReady",
    "begin_pack",
    "check_pack",
    "close_request",
    "forget_packs",
    "gather",
    "open_request",
    "pause_request",
    "release_pack",
    "resume_request",
    "send_pack_back",
]
