"""In which language, and how dates, times and sizes are written for people."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from .words import say


def active_language() -> str:
    """``en`` or ``cy``: the language of the page."""
    return (get_language() or "en")[:2]


def spoken(field: str) -> Any:
    """A property: what ``field``, which is {"en", "cy"}, says in the language of the page."""
    return property(lambda row: str(getattr(row, field)[active_language()]))


def sentence(words: str) -> str:
    """``words`` as a whole sentence: an error message, which has no full stop, where it stands alone."""
    return words if isinstance(words, SafeString) or words.endswith(_ENDS) else f"{words}."


_ENDS = (".", "!", "?", ":")


def clock(moment: datetime) -> str:
    """Local time of day: "4:30pm", "10am", "midday", "midnight"."""
    local = timezone.localtime(moment) if timezone.is_aware(moment) else moment
    if (local.hour, local.minute) in _NAMED:
        return say(_NAMED[local.hour, local.minute])
    minutes = f":{local.minute:02}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{say('Time_Am' if local.hour < 12 else 'Time_Pm')}"


_NAMED = {(0, 0): "Time_Midnight", (12, 0): "Time_Midday"}


def day(when: date | datetime) -> str:
    """ "21 November 2026", in the active language; a moment gives its local day."""
    if isinstance(when, datetime) and timezone.is_aware(when):
        when = timezone.localtime(when)
    return date_format(when, "j F Y", use_l10n=False)


def filesize(size: int) -> str:
    """``size`` in bytes as "12 KB" or "3.4 MB", as a person's own computer says it."""
    if size < 1_000:
        return say("Size_Bytes", count=size)
    if size < 1_000_000:
        return f"{size / 1_000:.0f} KB"
    return f"{size / 1_000_000:.1f} MB".replace(".0 MB", " MB")


def money(amount: Decimal | None) -> str:
    """An amount as people read it: £1,234.56, -£12.00."""
    if amount is None:
        return ""
    return f"{'-' if amount < 0 else ''}£{abs(amount):,.2f}"
