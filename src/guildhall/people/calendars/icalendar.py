"""Calendar files that other programs subscribe to: the little of RFC 5545 that whole days need. Pure."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from .days import DAY
from .events import Event

_LONGEST = 75  # bytes of a line, without its end
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": ""})


def calendar_file(name: str, events: Iterable[Event], *, host: str, now: datetime) -> bytes:
    """A file of ``events`` called ``name``. ``host`` makes the events' identifiers the world's own."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{host}//Guildhall//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_words(name)}",
        *(line for event in events for line in _event(event, host, now)),
        "END:VCALENDAR",
    ]
    return b"".join(_folded(line) for line in lines)


def _event(event: Event, host: str, now: datetime) -> Iterator[str]:
    """An event of whole days; the end that is written is the day after the last."""
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}@{host}"
    yield f"DTSTAMP:{now:%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{event.span.first_on:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.span.last_on + DAY:%Y%m%d}"
    yield f"SUMMARY:{_words(event.words)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _words(words: str) -> str:
    return words.translate(_ESCAPED)


def _folded(line: str) -> bytes:
    """A line and its end, broken so that no piece is too long and no character is cut."""
    pieces = [b""]
    for character in line:
        encoded = character.encode()
        if len(pieces[-1]) + len(encoded) > _LONGEST:
            pieces.append(b" ")
        pieces[-1] += encoded
    return b"\r\n".join(pieces) + b"\r\n"
