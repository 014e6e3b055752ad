"""A day and a time as somebody types them on a page about privacy or consent."""

from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from guildhall.foundation.kit.typed import one_line

PARTS = ("day", "month", "year", "time")


class NoSuchMoment(Exception):
    """What was typed is no day and time."""


def typed_moment(data: QueryDict, name: str) -> dict[str, str]:
    """The parts of the moment called ``name`` as they were typed."""
    return {part: one_line(data.get(f"{name}-{part}")) for part in PARTS}


def moment_of(parts: dict[str, str]) -> datetime | None:
    """The moment, None for one that was left empty. Without a time it is midnight. Raises NoSuchMoment."""
    if not any(parts.values()):
        return None
    hour, _, minute = (parts["time"] or "00:00").replace(".", ":").partition(":")
    try:
        naive = datetime(
            int(parts["year"]), int(parts["month"]), int(parts["day"]), int(hour), int(minute or 0)
        )
        if naive.year < 2000:
            raise NoSuchMoment
        return timezone.make_aware(naive)
    except (ValueError, OverflowError):
        raise NoSuchMoment from None


def shown_moment(at: datetime | None) -> dict[str, Any]:
    """The parts of ``at`` for the fields of a page."""
    if at is None:
        return dict.fromkeys(PARTS, "")
    local = timezone.localtime(at)
    return {"day": local.day, "month": local.month, "year": local.year, "time": f"{local:%H:%M}"}
