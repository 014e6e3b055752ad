"""Writing of the privacy room: requests and their packs, the schedule, holds, and runs that delete."""

from .erasing import reapply
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
from .runs import AskedByYou, NotListed, begin_run, drop_run, sign_run, step
from .schedule import ClassChanged, change_class, lift_hold, place_hold

__all__ = [
    "AskedByYou",
    "CheckedByYou",
    "ClassChanged",
    "NobodyThere",
    "NotListed",
    "NotPaused",
    "NotReady",
    "begin_pack",
    "begin_run",
    "change_class",
    "check_pack",
    "close_request",
    "drop_run",
    "forget_packs",
    "gather",
    "lift_hold",
    "open_request",
    "pause_request",
    "place_hold",
    "reapply",
    "release_pack",
    "resume_request",
    "send_pack_back",
    "sign_run",
    "step",
]
