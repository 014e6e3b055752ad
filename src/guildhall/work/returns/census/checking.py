"""A census file checked against a pack of rules. It needs Polars: only the worker's tasks import it."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any

import polars as pl

from .findings import MOST, Finding, Result, Unreadable
from .frames import Frames, about_return, frames_of
from .packs import Pack, Rule
from .reading import CannotCut, Rows, pieces_of, rows_of, streamed
from .shape import PUPIL, TABLES

AT_ONCE = 12_000
Windows = Mapping[str, Any]
_TERMS = ("term_from", "last_term_from")
_TOLD = ("record", "line", "upn", "surname", "forename")


@dataclass(frozen=True)
class Job:
    """What a file is checked with: the pack, the term, the days, and the totals of the return before."""

    pack: Pack
    term: str
    windows: Windows
    before: Mapping[str, int]


def check(
    file: IO[bytes],
    job: Job,
    *,
    told: Callable[[int, int], None] = lambda _pupils, _bytes: None,
) -> Result:
    """Check a census file. ``told`` hears from time to time how many pupils and bytes are behind.

    Raises Unreadable. The file is read again from its beginning where something in it needs that.
    """
    try:
        return _Check(job, told).run(file, _cut(file))
    except CannotCut:
        file.seek(0)
        return _Check(job, told).run(file, streamed(file))


def _cut(file: IO[bytes]) -> Iterator[Rows]:
    """The records of the file's pieces, some at a time."""
    gathered, number = Rows(), 1
    for piece in pieces_of(file):
        rows = rows_of(piece, number=number)
        number += len(rows)
        gathered.head = gathered.head or rows.head
        for name, more in rows.tables.items():
            gathered.tables[name].extend(more)
        if len(gathered) >= AT_ONCE:
            yield gathered
            gathered = Rows()
    yield gathered


class _Check:
    """One run over a file. Of what is behind, only sums and the keys that must not repeat are kept."""

    def __init__(self, job: Job, told: Callable[[int, int], None]) -> None:
        self.job, self.told = job, told
        self.result = Result()
        self.rules = job.pack.of(job.term)
        self.tests = tests_of(job.pack, job.term)
        self.repeats = [rule for rule in self.rules if rule.repeats]
        self.keys: dict[str, list[pl.DataFrame]] = {rule.number: [] for rule in self.repeats}
        self.counts: Counter[str] = Counter()
        self.about: dict[str, Any] = {}

    def run(self, file: IO[bytes], some: Iterable[Rows]) -> Result:
        for rows in some:
            if not self.about:
                self.result.head = rows.head
                self.about = about_return(rows.head, self.job.windows)
            if len(rows):
                self._look_at(frames_of(rows, self.about, self.job.pack))
            self.result.pupils += len(rows)
            self.told(self.result.pupils, file.tell())
        if self.result.head.get("root") != "Message":
            raise Unreadable("census")
        self._repeated(file)
        self._whole()
        self.result.totals = dict(self.counts)
        return self.result

    def _look_at(self, frames: Frames) -> None:
        pupils = frames["pupil"]
        for name, value in pupils.select(**_counting(self.job.pack)).row(0, named=True).items():
            self.counts[name] += value
        for rule in self.repeats:
            self.keys[rule.number].append(_keys(pupils, rule))
        for name, frame in frames.items():
            if expressions := self.tests.get(name):
                self._broken_in(frame, expressions, "" if name == "pupil" else "p_")

    def _broken_in(self, frame: pl.DataFrame, tests: Mapping[str, pl.Expr], prefix: str) -> None:
        masks = frame.select(**tests)
        for number, count in masks.sum().row(0, named=True).items():
            if not count:
                continue
            rule = self.job.pack.rules[number]
            room = MOST - min(self.result.broken[number], MOST)
            self.result.broken[number] += count
            self.result.findings += _found(rule, frame.filter(masks[number]).head(room), prefix)

    def _repeated(self, file: IO[bytes]) -> None:
        """What no two records may have alike: known when every record is behind, then looked up again."""
        wanted: dict[int, list[tuple[Rule, int]]] = {}
        for rule in self.repeats:
            if not self.keys[rule.number]:
                continue
            keys = pl.concat(self.keys[rule.number])
            again = keys.with_columns(first=pl.col("record").min().over("key")).filter(
                pl.col("record") != pl.col("first")
            )
            self.result.broken[rule.number] += len(again)
            for record, first in again.sort("record").select("record", "first").head(MOST).iter_rows():
                wanted.setdefault(record, []).append((rule, first))
        if wanted:
            self._looked_up(file, wanted)
        self.result.broken = +self.result.broken

    def _looked_up(self, file: IO[bytes], wanted: Mapping[int, list[tuple[Rule, int]]]) -> None:
        file.seek(0)
        try:
            for rows in _cut(file):
                self._name(rows, wanted)
        except CannotCut:
            file.seek(0)
            for rows in streamed(file):
                self._name(rows, wanted)

    def _name(self, rows: Rows, wanted: Mapping[int, list[tuple[Rule, int]]]) -> None:
        for row in rows.tables["pupil"]:
            for rule, first in wanted.get(row[0], ()):
                told = dict(zip(["record", "line", "on_roll", *PUPIL.columns], row, strict=True))
                self.result.findings.append(_named(rule, told, str(first)))

    def _whole(self) -> None:
        """The rules about the return as a whole, from what the head says and what was counted."""
        before = {f"was_{name}": self.job.before.get(name) for name in self.job.pack.counts}
        known = {name: self.counts[name] for name in self.job.pack.counts}
        told = self.about | known | before
        frame = pl.DataFrame([told], schema=_schema(told, self.job.pack.counts))
        for number, broken in frame.select(**self.tests["return"]).row(0, named=True).items():
            if broken:
                rule = self.job.pack.rules[number]
                self.result.broken[number] += 1
                value = frame[rule.shows][0] if rule.shows else None
                shown = "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)
                self.result.findings.append(Finding(number, item=rule.item, value=shown))


def _schema(names: Iterable[str], counts: Mapping[str, str]) -> dict[str, Any]:
    """The kind of each column of the return as a whole."""
    numbers = {*counts, *(f"was_{name}" for name in counts)}
    days = {*("reference_on", "census_day", "last_census_day", "august", "furthest"), *_TERMS}
    kinds: dict[str, Any] = {}
    for name in names:
        kinds[name] = pl.Float64 if name in numbers or name.endswith("_n") else pl.String
        if name in days:
            kinds[name] = pl.Date
    return kinds | {"has_school": pl.Boolean}


def tests_of(pack: Pack, term: str) -> dict[str, dict[str, pl.Expr]]:
    """The tests of a term by the table whose records they test. What cannot be told is not broken."""
    tests: dict[str, dict[str, pl.Expr]] = {name: {} for name in ("return", *(one.name for one in TABLES))}
    for rule in pack.of(term):
        if rule.breaks:
            tests[rule.table][rule.number] = pl.sql_expr(pack.said(rule.breaks)).fill_null(value=False)
    return tests


def _counting(pack: Pack) -> dict[str, pl.Expr]:
    return {
        name: pl.sql_expr(pack.said(test)).fill_null(value=False).sum() for name, test in pack.counts.items()
    }


def _keys(pupils: pl.DataFrame, rule: Rule) -> pl.DataFrame:
    """A number for what a record must have alone, eight bytes each; records that lack a part have none."""
    whole = pupils.filter(pl.all_horizontal(pl.col(name).is_not_null() for name in rule.repeats))
    words = pl.concat_str([pl.col(name).str.to_lowercase() for name in rule.repeats], separator="\n")
    return whole.select(words.hash(seed=0).alias("key"), "record")


def _found(rule: Rule, frame: pl.DataFrame, prefix: str) -> list[Finding]:
    """The records of ``frame`` as findings of ``rule``."""
    shown = pl.col(rule.shows).cast(pl.String) if rule.shows else pl.lit("")
    told = frame.select("record", *(pl.col(f"{prefix}{name}").alias(name) for name in _TOLD[1:]), value=shown)
    return [_named(rule, row, row["value"]) for row in told.iter_rows(named=True)]


def _named(rule: Rule, told: Mapping[str, Any], value: str | None) -> Finding:
    name = ", ".join(part for part in (told["surname"], told["forename"]) if part)
    return Finding(
        rule.number, told["record"], told["line"], told["upn"] or "", name, rule.item, (value or "")[:100]
    )
