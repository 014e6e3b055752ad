"""What is recorded of a review, part by part, and what is missing before it may be sent. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from guildhall.foundation.kit.typed import one_line, paragraphs

from .models import Review

PARTS = ("people", "views", "outcomes", "advice")
CAME = ("attended", "apologies", "views")
VIEWS = ("child", "parents", "school", "others")
PROGRESS = ("keep", "amend", "met")
MOST_PEOPLE, MOST_OUTCOMES, LONGEST = 40, 20, 4000


@dataclass(frozen=True)
class Person:
    """Somebody asked to the meeting. ``came`` is one of CAME."""

    name: str = ""
    role: str = ""
    came: str = ""

    @property
    def said(self) -> bool:
        return bool(self.name or self.role or self.came)


@dataclass(frozen=True)
class Outcome:
    """What was hoped for, how far it came, and what becomes of it: one of PROGRESS."""

    hoped: str = ""
    progress: str = ""
    what: str = ""

    @property
    def said(self) -> bool:
        return bool(self.hoped or self.progress or self.what)


@dataclass(frozen=True)
class Advice:
    """What the review recommends, why, and when the next should be."""

    what: str = ""
    reasons: str = ""
    next_on: date | None = None


def people_of(plain: Any) -> list[Person]:
    return [Person(*(str(one.get(name, "")) for name in ("name", "role", "came"))) for one in plain or ()]


def outcomes_of(plain: Any) -> list[Outcome]:
    return [
        Outcome(*(str(one.get(name, "")) for name in ("hoped", "progress", "what"))) for one in plain or ()
    ]


def views_of(plain: Any) -> dict[str, str]:
    return {name: str((plain or {}).get(name, "")) for name in VIEWS}


def advice_of(plain: Any) -> Advice:
    told = plain or {}
    day = told.get("next_on")
    return Advice(
        str(told.get("what", "")), str(told.get("reasons", "")), date.fromisoformat(day) if day else None
    )


def plain_people(people: list[Person]) -> list[dict[str, str]]:
    return [asdict(one) for one in people if one.said]


def plain_outcomes(outcomes: list[Outcome]) -> list[dict[str, str]]:
    return [asdict(one) for one in outcomes if one.said]


def plain_advice(advice: Advice) -> dict[str, str]:
    return {
        "what": advice.what,
        "reasons": advice.reasons,
        "next_on": advice.next_on.isoformat() if advice.next_on else "",
    }


@dataclass(frozen=True)
class Content:
    """Everything recorded of a review."""

    people: list[Person]
    views: dict[str, str]
    outcomes: list[Outcome]
    advice: Advice

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> "Content":
        """From the working copy's columns, or from what a report holds."""
        return cls(
            people_of(plain.get("people")),
            views_of(plain.get("views")),
            outcomes_of(plain.get("outcomes")),
            advice_of(plain.get("advice")),
        )


def content_of(review: Review) -> Content:
    """The working copy of ``review``."""
    return Content.of({part: getattr(review, part) for part in PARTS})


def carried_over(outcomes: list[Outcome]) -> list[dict[str, str]]:
    """What the next review looks at: the outcomes that were not met."""
    return [asdict(Outcome(one.hoped)) for one in outcomes if one.what != "met"]


def missing(content: Content) -> dict[str, str]:
    """Part → what is missing in it, as the end of a text's name; empty when it may be sent."""
    tests: tuple[tuple[str, str, bool], ...] = (
        ("people", "NoPeople", not any(one.came == "attended" for one in content.people)),
        ("people", "PeopleUnclear", any(not (one.name and one.came) for one in content.people)),
        ("views", "NoViews", not all(content.views[name] for name in ("child", "parents", "school"))),
        ("outcomes", "NoOutcomes", not content.outcomes),
        ("outcomes", "OutcomesUnclear", any(not (one.hoped and one.what) for one in content.outcomes)),
        ("advice", "NoAdvice", not (content.advice.what and content.advice.reasons)),
    )
    found: dict[str, str] = {}
    for part, why, wrong in tests:
        if wrong:
            found.setdefault(part, why)
    return found


def read_people(posted: Mapping[str, Any]) -> list[Person]:
    """The rows of people as they were posted: name-0, role-0, came-0 and so on."""
    rows = _rows(posted, MOST_PEOPLE, ("name", "role", "came"), one_line)
    return [Person(name[:120], role[:120], came if came in CAME else "") for name, role, came in rows]


def read_outcomes(posted: Mapping[str, Any]) -> list[Outcome]:
    rows = _rows(posted, MOST_OUTCOMES, ("hoped", "progress", "what"), paragraphs)
    return [Outcome(hoped, progress, what if what in PROGRESS else "") for hoped, progress, what in rows]


def read_views(posted: Mapping[str, Any]) -> dict[str, str]:
    return {name: paragraphs(posted.get(name)) for name in VIEWS}


def _rows(
    posted: Mapping[str, Any], most: int, names: tuple[str, ...], tidy: Callable[[Any], str]
) -> list[tuple[str, ...]]:
    rows = [
        tuple(tidy(posted.get(f"{name}-{number}")) for name in names)
        for number in range(most)
        if any(f"{name}-{number}" in posted for name in names)
    ]
    return [row for row in rows if any(row)]
