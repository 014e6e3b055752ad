"""The closure that a school describes in the form School Closure (SC-097)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from guildhall.people.calendars import queries
from guildhall.people.calendars.first import REASONS
from guildhall.people.calendars.models import ClosureReason
from guildhall.people.calendars.services import Told

_IDS = ("weather", "heating", "water", "power", "staff", "illness", "fire", "police", "other")
_NAMES = {key: name["en"] for key, name in zip(_IDS, REASONS, strict=True)}


def told_in(answers: Mapping[str, Any]) -> Told | None:
    """What sealed ``answers`` say of a closure; None where they are those of another form.

    A school that opens late has lost the morning of the last day, one that closes early the afternoon of the
    first.
    """
    dates, extent = answers.get("CLOSURE_DATES"), answers.get("CLOSURE_EXTENT")
    if not isinstance(dates, dict) or not extent:
        return None
    reason = _reason(answers.get("CLOSURE_REASON"))
    return Told(
        first_on=date.fromisoformat(dates["from"]),
        last_on=date.fromisoformat(dates["to"]),
        reason=reason,
        part=str(answers.get("CLOSURE_PART", ""))[:150] if extent == "part" else "",
        words=str(answers.get("CLOSURE_WHAT", ""))[:1000],
        from_afternoon=extent == "early",
        until_midday=extent == "late",
    )


def _reason(chosen: Any) -> ClosureReason:
    """The authority's reason of that name; its last one, which is for everything else, where it has none."""
    found = list(queries.all_reasons())
    return next((one for one in found if one.name["en"] == _NAMES.get(chosen)), found[-1])
