"""Keeping the calendar: dates of terms, what a school keeps itself, bank holidays, reasons, closures."""

from .closures import (
    NoSession,
    NotOpen,
    Overlaps,
    Told,
    end_closure,
    extend_closure,
    report_closure,
    withdraw_closure,
)
from .lists import (
    add_bank_holiday,
    add_reason,
    bring_back_reason,
    move_reason,
    remove_bank_holiday,
    rename_reason,
    retire_reason,
)
from .schools import set_times, set_training_days
from .terms import follow_authority, set_terms

__all__ = [
    "NoSession",
    "NotOpen",
    "Overlaps",
    "Told",
    "add_bank_holiday",
    "add_reason",
    "bring_back_reason",
    "end_closure",
    "extend_closure",
    "follow_authority",
    "move_reason",
    "remove_bank_holiday",
    "rename_reason",
    "report_closure",
    "retire_reason",
    "set_terms",
    "set_times",
    "set_training_days",
    "withdraw_closure",
]
