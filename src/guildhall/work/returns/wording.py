"""How collections, days and rules are said."""

from datetime import datetime

from django.utils import timezone, translation

from guildhall.foundation.kit import speech
from guildhall.foundation.texts.queries import say

from .census.packs import Pack, Rule, pack_for


def collection_name(key: str, year: int, language: str | None = None) -> str:
    """“Autumn School Census 2026” or its Welsh."""
    shown = year if key in {"AUT", "SWF"} else year + 1
    return say(f"schools.Returns_Key_{key.title()}", language, year=shown)


def day_and_time(moment: datetime, language: str | None = None) -> str:
    with translation.override(language or speech.active_language()):
        local = timezone.localtime(moment)
        return f"{speech.day(local)}, {speech.clock(local)}"


def year_name(year: int) -> str:
    """2026/27."""
    return f"{year}/{(year + 1) % 100:02d}"


def pack_of(key: str, year: int) -> Pack:
    """The rules of a collection."""
    return pack_for(year, "workforce" if key == "SWF" else "school")


def words_of(rule: Rule | None) -> str:
    """What a rule says, in the language of the page; "" for one that the pack has no more."""
    return rule.said(speech.active_language()) if rule else ""
