"""What the dates of a process must be, what is due by them, and when a family may appeal. Pure."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from guildhall.foundation.access.holder import Holder
from guildhall.records.clocks.limits import last_day
from guildhall.records.clocks.packs import Pack, Step
from guildhall.work.sharing.rules import TEAM, may_share

from .facts import CERTIFICATE, DATES, DECISIONS, DISPUTED, ENDS, MEDIATION, NO, STAGES, TRIBUNAL, YES, Facts

# Part 3 of the Children and Families Act 2014 came into force.
FIRST_DAY = date(2014, 9, 1)
# Longer than any process takes, and no year typed wrongly.
LONGEST_EXCUSE = 366


@dataclass(frozen=True)
class Excused:
    """An exemption that was recorded: its kind, and the days it lasted."""

    kind: str
    first_on: date
    last_on: date


@dataclass(frozen=True)
class Running:
    """A step that began: since when, by when it is due, when it was met, and whether lateness is excused."""

    pack: Pack
    step: Step
    started_on: date
    due_on: date
    met_on: date | None
    excused: bool = False


@dataclass(frozen=True)
class Appeal:
    """The time to appeal about the decision of ``stage``: until when, and whether somebody did."""

    stage: str
    notice_on: date
    until: date
    certificate_on: date | None
    made_on: date | None


def works_for(holder: Holder) -> bool:
    """Whether ``holder`` is of the team whose steps the board lists, and shares what is known of a child."""
    return may_share(holder) and TEAM in holder.services


def faults_of(facts: Facts, *, today: date) -> dict[str, str]:
    """Field → what is wrong, as the end of a text's name; the first for each field."""
    found: dict[str, str] = {}
    for name, why in (*_of_days(facts, today), *_of_stages(facts), *_of_order(facts), *_of_end(facts, today)):
        found.setdefault(name, why)
    return found


def _of_days(facts: Facts, today: date) -> Iterator[tuple[str, str]]:
    if "received" not in facts.dates:
        yield "received", "Required"
    for name, day in facts.dates.items():
        if day > today:
            yield name, "Future"
        elif day < FIRST_DAY:
            yield name, "Early"


def _of_stages(facts: Facts) -> Iterator[tuple[str, str]]:
    for before, after in pairwise(STAGES):
        if after in facts.dates and before not in facts.dates:
            yield before, "Missing"
    if "asked" in facts.dates and "assess" not in facts.dates:
        yield "assess", "Missing"
    for stage in DECISIONS:
        given = facts.decisions.get(stage, "")
        if stage in facts.dates and given not in (YES, NO):
            yield f"{stage}_decision", "Decision"
        if given and stage not in facts.dates:
            yield stage, "DecisionDate"
        if given == NO:
            yield from ((later, "AfterNo") for later in _after(stage) if later in facts.dates)


def _of_order(facts: Facts) -> Iterator[tuple[str, str]]:
    there = [name for name in DATES if name in facts.dates]
    for before, after in pairwise(there):
        if facts.dates[after] < facts.dates[before]:
            yield after, "Order"


def _of_end(facts: Facts, today: date) -> Iterator[tuple[str, str]]:
    if facts.ended and facts.ended not in ENDS:
        yield "ended", "Invalid"
    if facts.ended and facts.ended_on is None:
        yield "ended_on", "Required"
    elif facts.ended_on:
        if not facts.ended:
            yield "ended", "Required"
        if facts.ended_on > today:
            yield "ended_on", "Future"
        elif facts.dates and facts.ended_on < max(facts.dates.values()):
            yield "ended_on", "EndOrder"


def _after(stage: str) -> tuple[str, ...]:
    return DATES[DATES.index(stage) + 1 :]


def marker_fault(facts: Facts, *, stage: str, on: date, today: date) -> tuple[str, str] | None:
    """Field and what is wrong with a marker that is to stand beside ``stage``; None if nothing is."""
    if stage not in DISPUTED or stage not in facts.dates:
        return "stage", "NotReached"
    if on > today:
        return "on", "Future"
    return ("on", "BeforeStage") if on < facts.dates[stage] else None


def running(
    facts: Facts,
    ehc: Pack,
    mediation: Pack,
    excuses: Collection[Excused] = (),
) -> list[Running]:
    """Every step that began and still counts, time that the family is given included."""
    events = dict(facts.dates)
    steps = [_running(ehc, step, events, excuses) for step in ehc.steps if step.key in _counting(facts)]
    asked = _mediation(facts, mediation)
    found = [one for one in (*steps, asked) if one is not None]
    return [one for one in found if one.met_on or not facts.ended]


def _counting(facts: Facts) -> frozenset[str]:
    """The steps of the assessment that are not spared by a decision not to go on."""
    if facts.refused == "assess":
        return frozenset({"assess"})
    if facts.refused == "issue":
        return frozenset({"assess", "advice", "issue"})
    return frozenset({"assess", "advice", "issue", "comments", "final"})


def _running(
    pack: Pack,
    step: Step,
    events: dict[str, date],
    excuses: Collection[Excused] = (),
) -> Running | None:
    begun = [(limit, events[limit.start]) for limit in step.limits if limit.start in events]
    if not begun:
        return None
    due_on = max(last_day(limit, day) for limit, day in begun)
    started_on = min(day for _, day in begun)
    excused = any(excuses_step(one, step, started_on, due_on) for one in excuses)
    return Running(pack, step, started_on, due_on, events.get(step.met_by), excused)


def excuses_step(excuse: Excused, step: Step, started_on: date, due_on: date) -> bool:
    """Whether an exemption is of a kind that the law has for ``step``, and lies in the step's own time."""
    return excuse.kind in step.exemptions and excuse.first_on <= due_on and started_on <= excuse.last_on


def _mediation(facts: Facts, pack: Pack) -> Running | None:
    asked = [one for one in facts.markers if one.kind == MEDIATION]
    if not asked:
        return None
    last = asked[-1]
    ended = _marked(facts, last.stage, CERTIFICATE, since=last.on)
    events = {"mediation": last.on} | ({"mediated": ended} if ended else {})
    return _running(pack, pack.step("mediation"), events)


def appeal_of(facts: Facts, mediation: Pack) -> Appeal | None:
    """Until when the family may appeal about the newest decision that they can appeal about."""
    stage = "final" if "final" in facts.dates else facts.refused
    if not stage or facts.ended:
        return None
    notice_on = facts.dates[stage]
    certificate_on = _marked(facts, stage, CERTIFICATE)
    events = {"notice": notice_on} | ({"certificate": certificate_on} if certificate_on else {})
    window = _running(mediation, mediation.step("appeal"), events)
    if window is None:
        return None
    return Appeal(stage, notice_on, window.due_on, certificate_on, _marked(facts, stage, TRIBUNAL))


def _marked(facts: Facts, stage: str, kind: str, *, since: date = FIRST_DAY) -> date | None:
    """The newest day of a marker of that kind beside ``stage``."""
    days = [one.on for one in facts.markers if (one.stage, one.kind) == (stage, kind) and one.on >= since]
    return max(days, default=None)


def rushed(facts: Facts, ehc: Pack) -> date | None:
    """Where the final plan came before the time for comments on the draft was over: its last day."""
    draft, final = facts.dates.get("draft"), facts.dates.get("final")
    if draft is None or final is None:
        return None
    until = last_day(ehc.step("comments").limit, draft)
    return until if final <= until else None


def excuse_faults(excuse: Excused, ehc: Pack, steps: Collection[Running]) -> dict[str, str]:
    """Field → what is wrong with an exemption, as the end of a text's name."""
    kind = ehc.exemptions.get(excuse.kind)
    if kind is None:
        return {"kind": "Required"}
    if excuse.last_on < excuse.first_on:
        return {"last_on": "Order"}
    length = (excuse.last_on - excuse.first_on) / timedelta(days=1) + 1
    if length < kind.days:
        return {"last_on": "TooShort"}
    if length > LONGEST_EXCUSE:
        return {"last_on": "TooLong"}
    if not any(excuses_step(excuse, one.step, one.started_on, one.due_on) for one in steps):
        return {"first_on": "NoStep"}
    return {}
