from .loading import NothingToApply, apply_loading, discard_loading, stage_spreadsheet
from .rounds import KnownRound, NotYours, RoundTold, change_round, forget_old, open_round, set_numbers

__all__ = [
    "KnownRound",
    "NotYours",
    "NothingToApply",
    "RoundTold",
    "apply_loading",
    "change_round",
    "discard_loading",
    "forget_old",
    "open_round",
    "set_numbers",
    "stage_spreadsheet",
]
