"""Making what was typed fit to keep: nothing that a database or a page cannot hold, one form a word."""

import re
import unicodedata
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

KEPT = 100_000
"""The most characters of one input that are kept; what a person pastes beyond that is cut."""

_NEWLINES = re.compile("\r\n|\r|\u2028|\u2029|\x85|\x0b|\x0c")
_UNKEPT = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
_SPACES = re.compile(r"\s+")
_AMOUNT = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(?:\.[0-9]{1,2})?")
_DAYS = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?: 00:00:00)?"),
    re.compile(r"(?P<day>\d{1,2})[/.\- ](?P<month>\d{1,2})[/.\- ](?P<year>\d{4})"),
)


def scrub(raw: Any) -> str:
    """``raw`` without control characters, stray halves of characters and marks that reorder text.

    Newlines become ``\\n`` and letters with accents take their composed form (NFC), before anything is
    counted. What is not text becomes empty.
    """
    if not isinstance(raw, str):
        return ""
    if len(raw) < KEPT and raw.isascii() and raw.isprintable():
        return raw
    kept = _UNKEPT.sub("", _NEWLINES.sub("\n", raw[: KEPT + 1]))
    return unicodedata.normalize("NFC", kept)[:KEPT]


def was_cut(raw: Any) -> bool:
    """Whether ``raw``, scrubbed before, is so long that its end was cut."""
    return isinstance(raw, str) and len(raw) >= KEPT


def one_line(raw: Any) -> str:
    """``raw`` scrubbed, with each stretch of white space made one space, and none outside."""
    return _SPACES.sub(" ", scrub(raw)).strip()


def paragraphs(raw: Any) -> str:
    """``raw`` scrubbed, its lines kept, without blank space at its ends."""
    return "\n".join(line.rstrip() for line in scrub(raw).split("\n")).strip()


def squeezed(raw: Any) -> str:
    """``raw`` scrubbed and without any white space, in capitals: how identifiers are compared."""
    return _SPACES.sub("", scrub(raw)).upper()


def number(text: str | None, *, digits: int = 9, otherwise: int = -1) -> int:
    """What was posted as a number of up to ``digits`` plain digits; ``otherwise`` when it is none."""
    plain = text is not None and text.isascii() and text.isdigit() and len(text) <= digits
    return int(text) if plain and text else otherwise


def key_of(written: str | None) -> UUID:
    """The number that a page carries, so that sending it twice does one thing; a new one when it has none."""
    try:
        return UUID(one_line(written))
    except ValueError:
        return uuid4()


def day_of(typed: str) -> date | None:
    """A day written 2016-03-27 or 27/3/2016; None for anything else."""
    for pattern in _DAYS:
        if match := pattern.fullmatch(typed.strip()):
            try:
                return date(int(match["year"]), int(match["month"]), int(match["day"]))
            except ValueError:
                return None
    return None


def amount_of(typed: str) -> Decimal | None:
    """Pounds and pence written 1234.56, £1,234.56, -12.00 or (12.00); None for anything else."""
    plain = "".join(typed.replace("£", "", 1).replace("−", "-").split())
    below = plain.startswith("-") or (plain.startswith("(") and plain.endswith(")"))
    bare = plain[1:-1] if plain.startswith("(") and below else plain.removeprefix("-")
    if not _AMOUNT.fullmatch(bare):
        return None
    amount = Decimal(bare.replace(",", "")).quantize(Decimal("0.01"))
    return -amount if below and amount else amount
