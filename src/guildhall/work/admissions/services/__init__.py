from .loading import apply_loading, stage_spreadsheet
from .rounds import KnownRound, NotYours, RoundTold, change_round, forget_old, open_round, set_numbers

__all__ = [
    "KnownRound",
    "NotYours",
    "RoundTold",
    "apply_loading",
    "change_round",
    "forget_old",
    "open_round",
    "set_numbers",
    "stage_spreadsheet",
]
