"""The process of a child as portal users see it: where it is, what is next, what they can do (GH-007).

The same for officers, who look at what a family sees.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.texts.queries import say
from guildhall.records.clocks.states import State, state_of
from guildhall.work.ehcprocess import queries
from guildhall.work.ehcprocess.facts import MISTAKE, STAGES, Facts, Marker
from guildhall.work.ehcprocess.models import Process
from guildhall.work.ehcprocess.rules import ORDERED, Appeal, Running, appeal_of, carried_out, order_of

DONE, NOW, COMING, SPARED = "done", "now", "coming", "spared"
FAMILY, PROFESSIONAL = "family", "professional"


@dataclass(frozen=True)
class Mark:
    """Mediation or tribunal, beside a stage."""

    words: str
    on: date


@dataclass(frozen=True)
class Line:
    """A stage: its name, how it stands, when it was reached or is due, and by what law."""

    stage: str
    name: str
    state: str
    outcome: str = ""
    on: date | None = None
    due: date | None = None
    late: bool = False
    excused: bool = False
    law: str = ""
    marks: list[Mark] = field(default_factory=list)


@dataclass(frozen=True)
class Todo:
    """Something that the reader can do; ``by``: in so much time, None at any time."""

    words: str
    by: date | None = None
    law: str = ""


@dataclass(frozen=True)
class Tracker:
    """A process in words. ``next`` is what happens next, ``by`` when (None: no limit), ``who`` has it."""

    process: Process
    lines: list[Line]
    next: str
    by: date | None
    late: bool
    who: str
    can: list[Todo]
    appeal: Appeal | None
    ended: str = ""


def tracker_of(process: Process, *, today: date, reader: str = FAMILY) -> Tracker:
    """``process`` for a ``reader``: FAMILY or PROFESSIONAL."""
    facts = process.facts
    ehc, mediation = queries.packs_of(process)
    steps = queries.running_of(process)
    found = {one.step.key: one for one in steps if one.pack.key == ehc.key}
    appeal = appeal_of(facts, mediation)
    appeal_law = mediation.step("appeal").law.in_(active_language())
    lines = [_line(stage, facts, found, today) for stage in STAGES]
    now = next((one for one in lines if one.state == NOW), None)
    ordered = _ordered(steps) if order_of(facts) and not facts.ended else None
    by = ordered.due_on if ordered else now.due if now else None
    return Tracker(
        process=process,
        lines=lines,
        next=_next(facts, ordered, reader),
        by=by,
        late=bool(by and by < today) if ordered else bool(now and now.late),
        who=_team(process) if ordered else _who(process, _place(facts)),
        can=_todos(facts, found, appeal if reader == FAMILY else None, appeal_law, reader, today),
        appeal=appeal,
        ended=say(f"send.Ehc_Ended_{facts.ended}") if facts.ended not in ("", MISTAKE) else "",
    )


def stage_name(stage: str) -> str:
    """The name of a stage, which the authority words itself (SP-325)."""
    return say(f"send.Ehc_Stage_{stage}")


def marker_words(marker: Marker) -> str:
    """What a marker is, with what was ordered or agreed."""
    words = say(f"send.Ehc_Marker_{marker.kind}")
    return f"{words}: {say(f'send.Ehc_What_{marker.what}')}" if marker.what else words


def where(process: Process) -> str:
    """In one line: the stage that was reached, or how the process ended."""
    facts = process.facts
    if facts.ended:
        return say(f"send.Ehc_Ended_{facts.ended}")
    return say("send.Ehc_Reached", stage=stage_name(facts.reached))


def _line(stage: str, facts: Facts, found: dict[str, Running], today: date) -> Line:
    step = found.get(stage)
    due = step.due_on if step else _planned(stage, found)
    state = state_of(step.due_on, step.met_on, today=today, excused=step.excused) if step else None
    return Line(
        stage=stage,
        name=stage_name(stage),
        state=_state(stage, facts),
        outcome=_outcome(stage, facts),
        on=facts.dates.get(stage),
        due=due if _state(stage, facts) != SPARED else None,
        late=state in (State.OVERDUE, State.MET_LATE),
        excused=state == State.EXCUSED,
        law=step.step.law.in_(active_language()) if step else "",
        marks=[Mark(marker_words(one), one.on) for one in facts.markers if one.stage == stage],
    )


def _state(stage: str, facts: Facts) -> str:
    if stage in facts.dates:
        return DONE
    if facts.closed:
        return SPARED
    return NOW if stage == facts.coming else COMING


def _outcome(stage: str, facts: Facts) -> str:
    given = facts.decisions.get(stage)
    return say(f"send.Ehc_Outcome_{stage}_{given}") if given else ""


def _planned(stage: str, found: dict[str, Running]) -> date | None:
    """A draft that leaves the family its time for comments before the final plan is due."""
    final = found.get("final")
    return final.due_on - timedelta(days=15) if stage == "draft" and final else None


def _place(facts: Facts) -> str:
    """What the words are about: the stage that comes next, or how it ended."""
    if facts.ended:
        return facts.ended
    return f"{facts.refused}_no" if facts.refused else facts.coming or "done"


def _ordered(steps: list[Running]) -> Running | None:
    """The first step still to come of those that an order or agreement started."""
    keys = {key for some in ORDERED.values() for key in some}
    waits = [one for one in steps if one.step.key in keys and not one.met_on]
    return min(waits, key=lambda one: one.due_on, default=None)


def _next(facts: Facts, ordered: Running | None, reader: str) -> str:
    order = order_of(facts)
    if order is None or facts.ended:
        return say(_text("Next", _place(facts), reader))
    what = say(f"send.Ehc_What_{order.what}")
    if ordered:
        return say(_text("Next", "ordered", reader), what=what, step=ordered.step.name.in_(active_language()))
    return say(_text("Next", "carried_out" if carried_out(facts) else "ordered_no_step", reader), what=what)


def _text(kind: str, place: str, reader: str) -> str:
    return f"send.Ehc_{kind}_{place}" + ("_pro" if reader == PROFESSIONAL else "")


def _who(process: Process, place: str) -> str:
    if place == "advice":
        return say("send.Ehc_Who_advice")
    return "" if process.facts.closed else _team(process)


def _team(process: Process) -> str:
    if process.owner:
        return say("send.Ehc_Who_officer", name=process.owner)
    return say("send.Ehc_Who_team")


def _todos(
    facts: Facts, found: dict[str, Running], appeal: Appeal | None, law: str, reader: str, today: date
) -> list[Todo]:
    todos = [_todo(_place(facts), found, reader)]
    if appeal is None:
        return todos
    if appeal.decided_on:
        return [*todos, Todo(say("send.Ehc_Can_ordered"))]
    if appeal.made_on:
        return [*todos, Todo(say("send.Ehc_Can_appealed"))]
    if today > appeal.until:
        return [*todos, Todo(say("send.Ehc_Can_appeal_over"))]
    mediate = [] if appeal.certificate_on else [Todo(say("send.Ehc_Can_mediate"), appeal.until)]
    return [*todos, *mediate, Todo(say(f"send.Ehc_Can_appeal_{appeal.stage}"), appeal.until, law)]


def _todo(place: str, found: dict[str, Running], reader: str) -> Todo:
    """What the reader can do now; comments of a family and advice of a professional have their time."""
    step = {("final", FAMILY): "comments", ("advice", PROFESSIONAL): "advice"}.get((place, reader), "")
    window, words = found.get(step), say(_text("Can", place, reader))
    if window is None:
        return Todo(words)
    return Todo(words, window.due_on, window.step.law.in_(active_language()))
