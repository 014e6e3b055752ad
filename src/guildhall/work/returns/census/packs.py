"""Packs of rules, one for each school year: data, in ``packs/<year>/*.yaml``. A year inherits from the one
before and says what is new, changed and gone. Pure; the tests of rules are read as SQL by ``checking`` alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "packs"
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
LEVELS = ("return", "pupil")
ERROR, QUERY = "error", "query"


@dataclass(frozen=True)
class Rule:
    """A published rule. ``table`` names the one whose records it tests, "return" for the return as a whole.

    ``breaks`` is a test in SQL that is true of a record which breaks the rule; ``repeats`` are columns which
    no two records may have alike. ``terms``: the terms in which it is asked. ``item``: the tag that it is
    about, and ``shows`` the column of what that says. ``reason``: a bare confirmation does not explain it.
    ``assumed``: what the published words leave open, and how it is read here.
    """

    number: str
    level: str
    kind: str
    table: str
    item: str
    en: str
    cy: str
    breaks: str = ""
    repeats: tuple[str, ...] = ()
    terms: tuple[str, ...] = ("AUT", "SPR", "SUM")
    shows: str = ""
    reason: bool = False
    assumed: str = ""

    @property
    def is_error(self) -> bool:
        return self.kind == ERROR

    def said(self, language: str) -> str:
        return self.cy if language == "cy" else self.en


@dataclass(frozen=True)
class Sum:
    """What a pupil's records of a group come to: how many satisfy ``each``, or what it adds up to."""

    of: str
    each: str


@dataclass(frozen=True)
class Pack:
    """The rules of the school year that begins in ``year``, and what they speak of.

    ``codes`` are lists of codes by name; a test says ``ethnicity IN (:ethnicity)``. ``sums`` and
    ``derived``: more columns of pupils. ``counts``: numbers of the return, each of the pupils of whom a test
    is true. ``from_before``: the rules that an earlier year's pack wrote.
    """

    year: int
    rules: Mapping[str, Rule] = field(default_factory=dict)
    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    sums: Mapping[str, Sum] = field(default_factory=dict)
    derived: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[str, str] = field(default_factory=dict)
    from_before: frozenset[str] = frozenset()

    def of(self, term: str) -> list[Rule]:
        """The rules that are asked in a term."""
        return [rule for rule in self.rules.values() if term in rule.terms]

    def said(self, test: str) -> str:
        """A test with the codes and values that it names written out."""
        for name, codes in self.codes.items():
            test = test.replace(f"(:{name})", "(" + ", ".join(f"'{code}'" for code in codes) + ")")
        for name, value in self.values.items():
            test = test.replace(f":{name}", value)
        return test


def years(family: str) -> list[int]:
    """The years that there is a pack for, the oldest first."""
    return sorted({int(path.parent.name) for path in FOLDER.glob(f"*/{family}*.yaml")})


def pack_for(year: int, family: str = "school") -> Pack:
    """The pack of a school year, or the newest before it; the oldest for earlier years."""
    own = years(family)
    fitting = [one for one in own if one <= year] or own[:1]
    return _pack(fitting[-1], family)


@cache
def _pack(year: int, family: str) -> Pack:
    """The pack as it is written, on top of the one that it inherits from."""
    plain: dict[str, Any] = {}
    for path in sorted((FOLDER / str(year)).glob(f"{family}*.yaml")):
        for part, told in yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader).items():  # noqa: S506
            plain.setdefault(part, told) if not isinstance(told, dict) else plain.setdefault(part, {}).update(
                told
            )
    before = _pack(int(plain["inherits"]), family) if "inherits" in plain else Pack(0)
    rules = {number: one for number, one in before.rules.items() if number not in plain.get("gone", ())}
    for number, told in plain.get("rules", {}).items():
        rules[number] = _rule(number, told, rules.get(number))
    return Pack(
        year=year,
        rules=rules,
        codes=dict(before.codes)
        | {name: tuple(map(str, codes)) for name, codes in plain.get("codes", {}).items()},
        values=dict(before.values) | {name: str(value) for name, value in plain.get("values", {}).items()},
        sums=dict(before.sums) | {name: Sum(**told) for name, told in plain.get("sums", {}).items()},
        derived=dict(before.derived) | plain.get("derived", {}),
        counts=dict(before.counts) | plain.get("counts", {}),
        from_before=frozenset(before.rules) - frozenset(plain.get("rules", {})),
    )


def _rule(number: str, told: Mapping[str, Any], before: Rule | None) -> Rule:
    """A rule as a pack writes it; a change names only what is different."""
    known = {} if before is None else {name: getattr(before, name) for name in Rule.__dataclass_fields__}
    own = known | dict(told) | {"number": number}
    own.setdefault("table", "return" if own["level"] == "return" else "pupil")
    return Rule(**own | {name: tuple(own[name]) for name in ("repeats", "terms") if name in own})
