"""The rule packs: what ``packs/<key>.yaml`` says, checked when it is read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from .limits import Limit, Unit

HERE = Path(__file__).parent / "packs"
LANGUAGES = ("en", "cy")
# Who can have a step.
OWNERS = ("authority", "school", "health", "adviser", "family", "social-worker")


class PackError(Exception):
    """A pack is wrong: the message names file and place."""


@dataclass(frozen=True)
class Words:
    """The same in English and in Welsh."""

    en: str
    cy: str

    def in_(self, language: str) -> str:
        return self.cy if language == "cy" else self.en


@dataclass(frozen=True)
class Exemption:
    """Why a limit need not be kept. ``days``: the fewest that it must last; ``school``: it is a closure."""

    key: str
    name: Words
    law: Words
    days: int = 1
    school: bool = False


@dataclass(frozen=True)
class Step:
    """Something that must be done in time.

    ``limits``: where there are several, the latest counts. ``met_by`` is the event that meets it.
    ``risk``: so many days before its last day it is at risk. ``period``: the limit is time that somebody
    is given, and nothing is late when it is over. ``exemptions``: keys of those of the pack.
    """

    key: str
    name: Words
    law: Words
    owner: str
    limits: tuple[Limit, ...]
    met_by: str
    risk: int = 14
    period: bool = False
    exemptions: tuple[str, ...] = ()

    @property
    def limit(self) -> Limit:
        """The first, which is the only one of most steps."""
        return self.limits[0]


@dataclass(frozen=True)
class Pack:
    """The steps in force from ``from_on`` on; ``version`` is that day as text."""

    key: str
    name: Words
    from_on: date
    steps: tuple[Step, ...]
    events: Mapping[str, Words]
    exemptions: Mapping[str, Exemption]

    @property
    def version(self) -> str:
        return self.from_on.isoformat()

    def step(self, key: str) -> Step:
        """Raises KeyError."""
        return next((one for one in self.steps if one.key == key), None) or _none(key)


def _none(key: str) -> Step:
    raise KeyError(key)


@cache
def read(path: Path) -> tuple[Pack, ...]:
    """Every version of the pack in ``path``, the oldest first."""
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    try:
        packs = tuple(_versions(path.stem, content))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise PackError(f"{path.name}: {error!r}") from error
    days = [one.from_on for one in packs]
    if not packs or days != sorted(set(days)):
        raise PackError(f"{path.name}: its versions are not in order")
    return packs


def _versions(key: str, content: Mapping[str, Any]) -> Iterator[Pack]:
    name = _words(content["name"])
    events = {event: _words(words) for event, words in content["events"].items()}
    for version in content["versions"]:
        exemptions = {one: _exemption(one, told) for one, told in (version.get("exemptions") or {}).items()}
        steps = tuple(_step(told, events, exemptions) for told in version["steps"])
        if len({one.key for one in steps}) != len(steps):
            raise ValueError("two steps have one key")
        yield Pack(key, name, _day(version["from"]), steps, events, exemptions)


def _step(told: Mapping[str, Any], events: Mapping[str, Words], exemptions: Mapping[str, Exemption]) -> Step:
    step = Step(
        key=told["key"],
        name=_words(told["name"]),
        law=_words(told["law"]),
        owner=told["owner"],
        limits=tuple(_limit(one) for one in told["limits"]),
        met_by=told["met_by"],
        risk=told.get("risk", 14),
        period=told.get("period", False),
        exemptions=tuple(told.get("exemptions", ())),
    )
    known = {step.met_by, *(one.start for one in step.limits)} <= events.keys()
    if not known or step.owner not in OWNERS or not set(step.exemptions) <= exemptions.keys():
        raise ValueError(f"step {step.key} names what the pack does not have")
    return step


def _limit(told: Mapping[str, Any]) -> Limit:
    unit = Unit(told["unit"])
    limit = Limit(
        start=told["start"],
        count=int(told["count"]),
        unit=unit,
        before=told.get("before", False),
        first_day=told.get("first_day", False),
        month=int(told.get("month", 0)),
    )
    counts_back = limit.before and unit not in (Unit.DAYS, Unit.WEEKS, Unit.MONTHS)
    if limit.count < 1 or counts_back or (unit == Unit.DAY_OF_YEAR) != bool(limit.month):
        raise ValueError(f"no limit: {dict(told)}")
    return limit


def _exemption(key: str, told: Mapping[str, Any]) -> Exemption:
    return Exemption(
        key, _words(told["name"]), _words(told["law"]), told.get("days", 1), told.get("school", False)
    )


def _words(told: Mapping[str, str]) -> Words:
    if set(told) != set(LANGUAGES) or not all(isinstance(each, str) and each for each in told.values()):
        raise ValueError(f"not in both languages: {told}")
    return Words(**told)


def _day(told: Any) -> date:
    if type(told) is not date:
        raise ValueError(f"no day: {told}")
    return told
