"""How the result of a query reads in a message and on the page."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils import translation

from guildhall.foundation.kit.speech import day
from guildhall.foundation.outbox import letters
from guildhall.foundation.texts import queries as texts

from .asking.running import Value


def body_with(body: str, result: Iterable[Iterable[Sequence[Value]]], language: str) -> str:
    """``body`` (Markdown) with the rows of a result after it, letter for letter, in ``language``."""
    rows = [_row(row, language) for row in result]
    return "\n\n".join([body, *rows])


def spoken(value: Value, language: str) -> str:
    """A value as a person reads it."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return texts.say(f"administration.Alerts_{'Yes' if value else 'No'}", language)
    try:
        when = date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        when = None
    if when is None:
        return str(value)
    with translation.override(language):
        return day(when)


def heading(column: str) -> str:
    """The name of a column as a person reads it."""
    words = column.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def _row(row: Iterable[Sequence[Value]], language: str) -> str:
    lines = [
        f"- {letters.escape(heading(str(name)))}: {letters.escape(spoken(value, language))}"
        for name, value in row
    ]
    return "\n".join(lines)
