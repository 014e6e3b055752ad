"""What a check finds."""

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Finding:
    """A rule broken by a record. ``record`` counts the pupils of the file from 1; 0 is the return itself.

    ``line`` is that of the file where the record begins. ``item`` is the tag, and ``value`` what it says.
    """

    rule: str
    record: int = 0
    line: int = 0
    upn: str = ""
    name: str = ""
    item: str = ""
    value: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass
class Result:
    """What became of a check. ``broken`` counts every time that a rule was broken; of each rule no more than
    ``MOST`` are in ``findings``. ``totals`` are what the next return is compared with.
    """

    head: dict[str, str] = field(default_factory=dict)
    pupils: int = 0
    findings: list[Finding] = field(default_factory=list)
    broken: Counter[str] = field(default_factory=Counter)
    totals: dict[str, int] = field(default_factory=dict)


MOST = 500
"""The most findings of one rule that are kept each: who gets more has one fault to put right, not 500."""


class Unreadable(Exception):
    """The file is no census file that can be read. ``reason`` names why, ``line`` where it is known."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(f"{reason} {line}")
        self.reason = reason
        self.line = line
