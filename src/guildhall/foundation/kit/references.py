"""References that people read aloud: SND-2606-1A2B3C4D, EDU-SAFEG-KDW4821."""

import re
import secrets
from collections.abc import Callable
from datetime import datetime

from django.utils import timezone

# Without the letters and digits that are mistaken for one another when heard or read.
_LETTERS = "ABCDEFGHJKLMNPRTUVWXYZ"
_PLACE = re.compile(r"\{([a-z]+)(\d*)\}")


class UnknownPart(ValueError):
    """A pattern asks for something that references are not made of."""


def make(pattern: str, *, now: datetime) -> str:
    """A new reference: ``pattern`` with {yymm}, {yyyy}, {hexN}, {lettersN} and {digitsN} filled in.

    It is random, not counted, so that nobody can guess another's; the caller's unique constraint is what
    makes it unique. Raises UnknownPart.
    """
    local = timezone.localtime(now) if timezone.is_aware(now) else now

    def part(match: re.Match[str]) -> str:
        kind, size = match[1], int(match[2] or 0)
        if kind in ("yymm", "yyyy"):
            return local.strftime("%y%m" if kind == "yymm" else "%Y")
        if kind not in _RANDOM or not size:
            raise UnknownPart(match[0])
        return _RANDOM[kind](size)

    return _PLACE.sub(part, pattern)


def _of(marks: str) -> Callable[[int], str]:
    return lambda size: "".join(secrets.choice(marks) for _ in range(size))


_RANDOM = {"hex": _of("0123456789ABCDEF"), "letters": _of(_LETTERS), "digits": _of("0123456789")}
