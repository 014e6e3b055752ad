"""What the dates of a process must be, what is due by them, and when a family may appeal. Pure."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from guildhall.foundation.access.holder import Holder
from guildhall.records.clocks.limits import NO_CALENDAR, Calendar, last_day
from guildhall.records.clocks.packs import Pack, Step
from guildhall.work.sharing.rules import TEAM, may_share

from .facts import (
    AGREEMENT,
    CARRIED_OUT,
    CERTIFICATE,
    DATES,
    DECISIONS,
    DISMISSED,
    DISPUTED,
    DONE_BY,
    ENDS,
    FOLLOWS,
    MEDIATION,
    NO,
    ORDER,
    OTHER,
    OUTCOMES,
    REGISTERED,
    RESPONSE,
    STAGES,
    TRIBUNAL,
    YES,
    Facts,
    Marker,
)

# Part 3 of the Children and Families Act 2014 came into force.
FIRST_DAY = date(2014, 9, 1)
# Longer than any process takes, and no year typed wrongly.
LONGEST_EXCUSE = 366
# What was ordered → the steps that it starts, by their keys in the rule pack.
ORDERED: Mapping[str, tuple[str, ...]] = {
    "assess": ("order-assess", "order-decide", "order-assess-plan"),
    "plan": ("order-draft", "order-plan"),
    "reconsider": ("order-reconsider",),
    "amend": ("order-amend",),
    "name": ("order-name",),
    OTHER: ("agreement",),
}


@dataclass(frozen=True)
class Excused:
    """An exemption that was recorded: its kind, and the days it lasted."""

    kind: str
    first_on: date
    last_on: date

    @property
    def days(self) -> int:
        return (self.last_on - self.first_on).days + 1


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
    decided_on: date | None = None


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


def marker_fault(facts: Facts, marker: Marker, *, today: date) -> tuple[str, str] | None:
    """Field and what is wrong with a marker that is to stand beside its stage; None if nothing is."""
    if marker.kind not in FOLLOWS:
        return "kind", "Required"
    if marker.stage not in DISPUTED or marker.stage not in facts.dates:
        return "stage", "NotReached"
    if marker.on > today:
        return "on", "Future"
    if marker.on < facts.dates[marker.stage]:
        return "on", "BeforeStage"
    if marker.what not in outcomes_of(marker.kind, marker.stage):
        return "what", "Outcome"
    before = [
        one.on for one in facts.markers if one.stage == marker.stage and one.kind in FOLLOWS[marker.kind]
    ]
    if FOLLOWS[marker.kind] and not before:
        return "kind", "TooEarly"
    return ("on", "BeforeIt") if before and marker.on < min(before) else None


def kinds_that_fit(facts: Facts) -> list[str]:
    """The markers that can be added now, in the order in which they happen."""
    there = {one.kind for one in facts.markers}
    done = {kind for one in facts.markers if one.what for kind in DONE_BY.get(one.what, (CARRIED_OUT,))}
    fits = [kind for kind, before in FOLLOWS.items() if not before or there & set(before)]
    return [kind for kind in fits if ORDER not in FOLLOWS[kind] or kind in done]


def outcomes_of(kind: str, stage: str) -> tuple[str, ...]:
    """What a marker can say of what was ordered or agreed; "" says nothing of it."""
    more = {ORDER: (DISMISSED,), AGREEMENT: (OTHER,)}
    return ("", *OUTCOMES.get(stage, ()), *more[kind]) if kind in more else ("",)


def running(
    facts: Facts,
    ehc: Pack,
    mediation: Pack,
    excuses: Collection[Excused] = (),
    calendar: Calendar = NO_CALENDAR,
) -> list[Running]:
    """Every step that began and still counts, time that the family is given included.

    ``calendar`` is that of the bank holidays, by which the tribunal counts.
    """
    events = dict(facts.dates)
    steps = [_running(ehc, step, events, excuses) for step in ehc.steps if step.key in _counting(facts)]
    disputes = (
        _mediation(facts, mediation),
        _response(facts, mediation, calendar),
        *_ordered(facts, mediation, excuses),
    )
    found = [one for one in (*steps, *disputes) if one is not None]
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
    calendar: Calendar = NO_CALENDAR,
) -> Running | None:
    begun = [(limit, events[limit.start]) for limit in step.limits if limit.start in events]
    if not begun:
        return None
    due_on = max(last_day(limit, day, calendar) for limit, day in begun)
    one = Running(pack, step, min(day for _, day in begun), due_on, events.get(step.met_by))
    return replace(one, excused=any(excuses_step(excuse, one) for excuse in excuses))


def excuses_step(excuse: Excused, one: Running) -> bool:
    """Whether an exemption is one that the law has for a step, long enough for it, and in its own time."""
    if excuse.kind not in one.step.exemptions or excuse.days < one.pack.exemptions[excuse.kind].days:
        return False
    return excuse.first_on <= one.due_on and one.started_on <= excuse.last_on


def _mediation(facts: Facts, pack: Pack) -> Running | None:
    asked = [one for one in facts.markers if one.kind == MEDIATION]
    if not asked:
        return None
    last = asked[-1]
    ended = [_marked(facts, last.stage, kind, since=last.on) for kind in (CERTIFICATE, AGREEMENT)]
    return _until_the_order(facts, pack, last, {"mediated": min(filter(None, ended), default=None)})


def _response(facts: Facts, pack: Pack, calendar: Calendar) -> Running | None:
    """The authority's response to the newest appeal that the tribunal sent."""
    sent = [one for one in facts.markers if one.kind == REGISTERED]
    if not sent:
        return None
    last = sent[-1]
    given = _marked(facts, last.stage, RESPONSE, since=last.on)
    return _until_the_order(facts, pack, last, {"response": given}, calendar)


def _until_the_order(
    facts: Facts, pack: Pack, begun: Marker, met: Mapping[str, date | None], calendar: Calendar = NO_CALENDAR
) -> Running | None:
    """The step that a marker starts and the event of ``met`` meets; none open once it decided."""
    [(event, on)] = met.items()
    if on is None and _marked(facts, begun.stage, ORDER, since=begun.on):
        return None
    [step] = [one for one in pack.steps if one.limit.start == begun.kind and one.met_by == event]
    return _running(pack, step, {begun.kind: begun.on} | ({event: on} if on else {}), calendar=calendar)


def order_of(facts: Facts) -> Marker | None:
    """The newest order or agreement that says what must be done; None where nothing must."""
    told = [one for one in facts.markers if one.kind in (ORDER, AGREEMENT) and one.what]
    return told[-1] if told and told[-1].what != DISMISSED else None


def carried_out(facts: Facts) -> date | None:
    """When what was ordered or agreed last was done."""
    order = order_of(facts)
    return _marked(facts, order.stage, CARRIED_OUT, since=order.on) if order else None


def _ordered(facts: Facts, pack: Pack, excuses: Collection[Excused]) -> list[Running]:
    """The steps that the newest order or agreement starts; once it is done, none of them is still to come."""
    order = order_of(facts)
    if order is None:
        return []
    since = [one for one in facts.markers if one.stage == order.stage and one.on >= order.on]
    events = {one.kind: one.on for one in since} | {"order": order.on, "agreement": order.on}
    steps = [_running(pack, pack.step(key), events, excuses) for key in ORDERED[order.what]]
    return [one for one in steps if one and (one.met_on or CARRIED_OUT not in events)]


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
    made_on, decided_on = (_marked(facts, stage, kind) for kind in (TRIBUNAL, ORDER))
    return Appeal(stage, notice_on, window.due_on, certificate_on, made_on, decided_on)


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
    lasts = [one.pack.exemptions[excuse.kind].days for one in steps if excuse.kind in one.step.exemptions]
    if excuse.days < min(lasts, default=kind.days):
        return {"last_on": "TooShort"}
    if excuse.days > LONGEST_EXCUSE:
        return {"last_on": "TooLong"}
    if not any(excuses_step(excuse, one) for one in steps):
        return {"first_on": "NoStep"}
    return {}
