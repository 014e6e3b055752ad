"""Steps, states and changes of a process in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from guildhall.doors.families.tracker import marker_words, stage_name
from guildhall.foundation.kit.speech import active_language, day
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.models import User
from guildhall.records.clocks import queries as clocks
from guildhall.records.clocks.packs import Pack
from guildhall.records.clocks.states import State, state_of
from guildhall.work.ehcprocess import queries
from guildhall.work.ehcprocess.facts import DATES, STAGES, Facts
from guildhall.work.ehcprocess.models import Change, Process
from guildhall.work.ehcprocess.rules import Running

COLOURS = {
    State.ON_TIME: "blue",
    State.AT_RISK: "yellow",
    State.OVERDUE: "red",
    State.MET: "green",
    State.MET_LATE: "orange",
    State.EXCUSED: "purple",
}
BOARD_PACKS = (clocks.EHC, clocks.MEDIATION)


@dataclass(frozen=True)
class Step:
    """A step that began, for a table."""

    name: str
    owner: str
    due: date
    met: date | None
    words: str
    colour: str
    law: str


@dataclass(frozen=True)
class Saved:
    """One save of a process: who, when, and field by field what was there before and after."""

    by: User
    at: datetime
    words: str
    changes: list[tuple[str, str, str]]


def state_words(state: str) -> str:
    return say(f"children.Process_State_{state}")


def owner_words(owner: str) -> str:
    return say(f"children.Process_Owner_{owner}")


def step_names() -> dict[str, str]:
    """Step → its name, of every pack of which the board has steps, in the newest words."""
    packs = [clocks.in_force(key) for key in BOARD_PACKS]
    return {one.key: one.name.in_(active_language()) for pack in packs for one in pack.steps}


def steps_of(process: Process, *, today: date) -> list[Step]:
    """Every step of a process that began, in the order of the packs; time for the family is told apart."""
    return [_step(one, today) for one in queries.running_of(process)]


def _step(one: Running, today: date) -> Step:
    language, step = active_language(), one.step
    state = state_of(one.due_on, one.met_on, today=today, risk=step.risk, excused=one.excused)
    if step.period:
        words, colour = say("children.Process_State_period"), "grey"
    else:
        words, colour = state_words(state), COLOURS[state]
    return Step(
        step.name.in_(language),
        owner_words(step.owner),
        one.due_on,
        one.met_on,
        words,
        colour,
        step.law.in_(language),
    )


def kinds_of(pack: Pack) -> list[tuple[str, str]]:
    """The exceptions that a pack knows, to choose from."""
    language = active_language()
    return [
        (key, f"{one.name.in_(language)} ({one.law.in_(language)})") for key, one in pack.exemptions.items()
    ]


def saves_of(process: Process) -> list[Saved]:
    """The history of a process, the newest first."""
    changes = queries.history_of(process)
    people = queries.owners_in(changes)
    before = [*changes[1:], None]
    return [_saved(one, earlier, people) for one, earlier in zip(changes, before, strict=True)]


def _saved(change: Change, before: Change | None, people: dict[int, User]) -> Saved:
    now, then = _values(change.facts, people), _values(before.facts, people) if before else {}
    differs = [name for name in {**now, **then} if now.get(name) != then.get(name)]
    key = "Undone" if change.undoes else "Changed" if before else "Began"
    rows = [(name, then.get(name, ""), now.get(name, "")) for name in differs]
    return Saved(change.by, change.at, say(f"children.Process_History_{key}"), rows)


def _values(facts: Facts, people: dict[int, User]) -> dict[str, str]:
    return dict(_said(facts, people))


def _said(facts: Facts, people: dict[int, User]) -> Iterator[tuple[str, str]]:
    for name in DATES:
        if name in facts.dates:
            yield date_name(name), day(facts.dates[name])
        if given := facts.decisions.get(name):
            yield say(f"children.Process_{name.title()}Decision"), say(f"children.Process_{given.title()}")
    if facts.ended and facts.ended_on:
        yield say("children.Process_Ended"), say(f"children.Process_Ended_{facts.ended}")
        yield say("children.Process_EndedOn"), day(facts.ended_on)
    for marker in facts.markers:
        words = marker_words(marker)
        yield f"{words} ({stage_name(marker.stage)}, {day(marker.on)})", say("children.Process_There")
    if facts.owner and facts.owner in people:
        yield say("children.Process_Owner"), str(people[facts.owner])


def date_name(name: str) -> str:
    """What a date is of: a stage, or asking for advice."""
    return stage_name(name) if name in STAGES else say(f"children.Process_{name.title()}")


def markers_of(facts: Facts) -> list[dict[str, Any]]:
    """Mediation and tribunal, with what it takes to remove each."""
    return [
        {
            "words": marker_words(one),
            "stage": stage_name(one.stage),
            "on": one.on,
            "value": f"{one.kind}:{one.stage}:{one.on.isoformat()}:{one.what}",
        }
        for one in facts.markers
    ]
