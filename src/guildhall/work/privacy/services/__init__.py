"""Writing of the privacy room: requests and their packs, the schedule, holds, and runs that delete."""

from .breaches import BreachChanged, close_breach, keep_breach
from .erasing import reapply
from .odd import Reviewed, count_day, review_odd
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
from .reasons import give_reason
from .requests import NobodyThere, NotPaused, close_request, open_request, pause_request, resume_request
from .rights import (
    NotOpen,
    NotYet,
    TooMany,
    ask_right,
    begin_pack_for,
    confirm_identity,
    decide_right,
    lift_restriction,
    record_of,
    withdraw_right,
    write_right_down,
)
from .runs import (
    AskedByYou,
    NothingChosen,
    NotListed,
    begin_erasure,
    begin_run,
    drop_run,
    sign_run,
    step,
)
from .schedule import ClassChanged, change_class, lift_hold, place_hold

__all__ = [
    "AskedByYou",
    "BreachChanged",
    "CheckedByYou",
    "ClassChanged",
    "NobodyThere",
    "NotListed",
    "NotOpen",
    "NotPaused",
    "NotReady",
    "NotYet",
    "NothingChosen",
    "Reviewed",
    "TooMany",
    "ask_right",
    "begin_erasure",
    "begin_pack",
    "begin_pack_for",
    "begin_run",
    "change_class",
    "check_pack",
    "close_breach",
    "close_request",
    "confirm_identity",
    "count_day",
    "decide_right",
    "drop_run",
    "forget_packs",
    "gather",
    "give_reason",
    "keep_breach",
    "lift_hold",
    "lift_restriction",
    "open_request",
    "pause_request",
    "place_hold",
    "reapply",
    "record_of",
    "release_pack",
    "resume_request",
    "review_odd",
    "send_pack_back",
    "sign_run",
    "step",
    "withdraw_right",
    "write_right_down",
]
