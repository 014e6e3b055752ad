"""How what a pack holds is written for the person who reads it."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from guildhall.foundation.audit import queries as audit
from guildhall.foundation.audit.models import Entry
from guildhall.foundation.kit.speech import active_language, clock, day
from guildhall.foundation.texts.catalogue import catalogue
from guildhall.foundation.texts.queries import say

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def heading_of(model: str) -> str:
    """What a kind of thing is called, after the room that keeps it: "Your account: Recovery code"."""
    room, _, name = model.partition(".")
    kind = say(f"administration.Privacy_Kind_{room}_{name}")
    return f"{say(f'administration.Privacy_Room_{room}')}: {kind}"


def called(field: str) -> str:
    """What a field is called: "Date of birth". What has no words, as the code of a question, is as it is."""
    return say(name) if (name := f"pack.Field_{field}") in catalogue() else field


def spoken(value: Any) -> str:
    """A value of a pack, in words: days and times as people write them, lists and tables line by line."""
    if isinstance(value, dict | list):
        return "\n".join(_lines(value))
    if isinstance(value, bool):
        return say(f"administration.Privacy_{'Yes' if value else 'No'}")
    if isinstance(value, str):
        return _dated(value)
    return "" if value is None else str(value)


def _dated(words: str) -> str:
    try:
        if _DAY.fullmatch(words):
            return day(date.fromisoformat(words))
        if _MOMENT.fullmatch(words):
            moment = datetime.fromisoformat(words)
            return f"{day(moment)}, {clock(moment)}"
    except ValueError:
        pass  # It only looks like one.
    return words


def _lines(value: Any) -> Iterator[str]:
    named = value.items() if isinstance(value, dict) else (("", each) for each in value)
    for name, each in named:
        words = spoken(each)
        inside = "\n".join(f"  {line}" for line in words.split("\n"))
        nested = isinstance(each, dict | list) and bool(each)
        head = f"{called(name)}:" if name else "–"
        yield f"{head}\n{inside}" if nested else f"{head} {words}".rstrip()


def happening(fields: dict[str, Any]) -> str:
    """What an entry of the audit says happened, as a sentence. ``fields``: as the pack shows them."""
    detail = fields.get("detail")
    entry = Entry(
        verb=fields["verb"],
        by_name=fields.get("by_name") or "",
        about_kind=fields.get("about_kind") or "",
        about_id=fields.get("about_id") or "",
        child_id=fields.get("child_id"),
        detail=detail if isinstance(detail, dict) else {},
    )
    return audit.presented(entry, active_language())
