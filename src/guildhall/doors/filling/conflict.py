"""Both answers side by side, where two pages answered the same question differently (F15)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from guildhall.foundation.kit.speech import active_language
from guildhall.paperwork.submissions import services as submissions
from guildhall.paperwork.submissions.merging import digest, flatten

from .answers import in_words
from .pages import frame, walk_of
from .posting import Spot


@dataclass(frozen=True)
class Side:
    """One question that two pages answered differently: what is saved (by ``who``), what this one typed."""

    unit: str
    question: str
    saved: list[str]
    typed: list[str]
    who: str


_NOT_CARRIED = frozenset({"csrfmiddlewaretoken", "revision", "base", "place", "row"})


def conflict_page(
    spot: Spot,
    conflict: submissions.Conflict,
    posted: QueryDict,
    posted_base: dict[str, str],
    who: Mapping[str, str],
) -> dict[str, Any]:
    """The context of ``filling/conflict.html``: both answers side by side, and everything typed.

    ``who``: unit → who saved it, where several people fill in the form.
    """
    now = spot.now_with(conflict.current)
    carried = [
        (key, value)
        for key, values in posted.lists()
        if key not in _NOT_CARRIED and not key.startswith("choice-")
        for value in values
    ]
    sides = [_side(now, unit, conflict.offered.get(unit), who.get(unit, "")) for unit in conflict.overlapping]
    context = frame(now, walk_of(now.draft, now.definition))
    base = posted_base | {unit: digest(_current(now, unit)) for unit in conflict.overlapping}
    return context | {"sides": sides, "carried": carried, "base": json.dumps(base), "language_form": ""}


def _current(spot: Spot, unit: str) -> Any:
    return flatten(spot.draft.answers).get(unit)


def _side(spot: Spot, unit: str, offered: Any, who: str) -> Side:
    code = unit.rsplit("/", 1)[-1]
    question = next((each for each in spot.group.questions if each.code == code), None)
    if question is None:
        return Side(unit, spot.group.title.in_(active_language()), [], [], who)
    return Side(
        unit,
        question.text.in_(active_language()),
        in_words(question, spot.answers.get(code)),
        in_words(question, offered),
        who,
    )
