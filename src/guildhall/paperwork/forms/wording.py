"""Dates and times in words, in a language that need not be the active one."""

from datetime import date, datetime, time

from django.utils import translation

from guildhall.foundation.kit import speech


def date_in(day: date, language: str) -> str:
    """``1 June 2026`` or ``1 Mehefin 2026``."""
    with translation.override(language):
        return speech.day(day)


def clock_in(written: str, language: str) -> str:
    """``4:30pm`` for ``16:30``."""
    with translation.override(language):
        return speech.clock(datetime.combine(date.min, time.fromisoformat(written)))
