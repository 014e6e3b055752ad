"""What became of an entry, change by change."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from guildhall.foundation.kit.speech import active_language, day
from guildhall.foundation.texts.queries import say
from guildhall.work.advice.models import Change
from guildhall.work.advice.queries import title_of_form
from guildhall.work.advice.rules import ALERT_FIELDS


def happened(changes: Iterable[Change]) -> list[dict[str, Any]]:
    """Each change, the newest first: who, when, and the fields that it changed, as it left them."""
    found = list(changes)
    return [_happened(one, before) for one, before in zip(found, [*found[1:], None], strict=True)]


def _happened(change: Change, before: Change | None) -> dict[str, Any]:
    blank = before or Change()
    differs = [name for name in ALERT_FIELDS if _of(change, name) != _of(blank, name)]
    act = "Added" if change.version == 1 else "Changed"
    if "removed" in differs:
        act = "Removed" if change.removed else "PutBack"
    elif before and "received_on" in differs:
        act = "Received" if change.received_on else "Reopened"
    rows = [
        {"key": say(ALERT_FIELDS[name]), "value": _words(change, name)}
        for name in differs
        if name != "removed"
    ]
    return {"change": change, "words": say(f"children.Advice_History_{act}"), "rows": rows}


def _of(change: Change, name: str) -> object:
    return getattr(change, name) or ""


def _words(change: Change, name: str) -> str:
    value = _of(change, name)
    if isinstance(value, date):
        return day(value)
    if name == "wanted":
        return title_of_form(change.wanted, active_language()) or say("children.Advice_Nothing")
    return str(value) or say("children.Advice_Nothing")
