"""Keeping the calendar: dates of terms, what a school keeps itself, bank holidays, closures."""

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
from .holidays import add_bank_holiday, remove_bank_holiday
from .schools import set_times, set_training_days
from .terms import follow_authority, set_terms

__all__ = [
    "NoSession",
    "NotOpen",
    "Overlaps",
    "Told",
    "add_bank_holiday",
    "end_closure",
    "extend_closure",
    "follow_authority",
    "remove_bank_holiday",
    "report_closure",
    "set_terms",
    "set_times",
    "set_training_days",
    "withdraw_closure",
]
