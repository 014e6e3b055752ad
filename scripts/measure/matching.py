"""Matching among many records: one child at a time on each database, and a whole file beside plain Splink.

Goals L2 to L5. Every figure is a ratio of two things that ran in the same minutes on the same machine.
"""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from scripts.measure.figures import Figure
from scripts.measure.rigs import data_folder, database, databases
from scripts.portal import Portal


@dataclass(frozen=True)
class Scale:
    """How many records there are at first and at last, children matched one by one, and in the whole file."""

    few: int
    many: int
    one_by_one: int
    whole_file: int


QUICK = Scale(2_000, 10_000, 100, 1_000)
USUAL = Scale(10_000, 100_000, 300, 10_000)
LARGE = Scale(100_000, 1_000_000, 300, 100_000)


def measure_large(_database: str, quick: bool) -> Iterator[Figure]:
    """A hundred thousand and a million records: a matter of many minutes."""
    yield from measure(USUAL if quick else LARGE)


def measure(scale: Scale) -> Iterator[Figure]:
    """The whole file first, because every database's decisions are held against it."""
    with ExitStack() as stack:
        registers = {on: stack.enter_context(_register(on)) for on in databases()}
        for register in registers.values():
            _fill(register, 0, scale.few)
        few = {on: _timed(register, scale, scale.few) for on, register in registers.items()}
        ours, peer = _batches(list(registers.values()), scale)
        yield from _whole_file(scale, ours, peer)
        for on, register in registers.items():
            many = _timed(register, scale, scale.many)
            yield from _live(on, scale, few[on], many, peer["one"])
            yield _alike(on, many["decided"], ours["decided"])


def _alike(on: str, one_by_one: list[Any], whole_file: list[Any]) -> Figure:
    pairs = list(zip(one_by_one, whole_file, strict=False))
    alike = sum(one == other for one, other in pairs) / len(pairs)
    note = f"{len(pairs):,} children, outcome and record"
    return Figure("linkage: decided as in a whole file", on, alike, 0.995, True, note=note)


def _whole_file(scale: Scale, ours: dict[str, Any], peer: dict[str, Any]) -> Iterator[Figure]:
    note = (
        f"{scale.whole_file:,} × {scale.many:,}: ours {ours['seconds']:.0f} s of processor, Splink"
        f" {peer['seconds']:.0f} s ({peer['training']:.0f} s of it training), {peer['memory']:.0f} MB"
    )
    ratio, memory = ours["seconds"] / peer["untrained"], ours["memory"]
    yield Figure("linkage: whole file, of Splink's time", "-", ratio, 1.3, False, memory=memory, note=note)
    yield Figure("linkage: whole file, of its memory", "-", memory / peer["memory"], None, False, note=note)


def _live(
    on: str, scale: Scale, few: dict[str, Any], many: dict[str, Any], splink_one: float
) -> Iterator[Figure]:
    memory = many["memory"]
    note = f"{scale.many:,} records, " + _told(many)
    ratio = many["live"]["p95"] / many["bare"]["p95"]
    yield Figure("linkage: one child, of bare blocking", on, ratio, 3, False, memory=memory, note=note)
    faster = splink_one / many["live"]["p95"]
    note = f"Splink's quickest of one row {splink_one:.0f} ms, our p95 {many['live']['p95']:.1f} ms"
    yield Figure("linkage: one child, faster than Splink", on, faster, 100, True, note=note)
    note = f"{scale.few:,}: {_told(few)}; {scale.many:,}: {_told(many)}"
    slower = many["live"]["p95"] / few["live"]["p95"]
    yield Figure("linkage: one child, ten times the records", on, slower, 2, False, note=note)


@contextmanager
def _register(on: str) -> Iterator[Portal]:
    """A portal on a database without records."""
    with data_folder() as folder, database(on) as url:
        portal = Portal(folder, database=url)
        portal.command("migrate", "--verbosity=0")
        yield portal


def _fill(register: Portal, made: int, size: int) -> None:
    register.python("scripts.measure.matching_inside", "fill", str(made), str(size))


def _timed(register: Portal, scale: Scale, size: int) -> dict[str, Any]:
    numbers = (str(size), str(scale.one_by_one), str(scale.whole_file))
    found: dict[str, Any] = json.loads(register.python("scripts.measure.matching_inside", "time", *numbers))
    return found


def _batches(registers: list[Portal], scale: Scale) -> list[dict[str, Any]]:
    """What our program and Splink took, one after the other; a database is filled beside each of them.

    Only seconds of the processor are held against each other, and filling is over before a program is.
    """
    found = []
    with ThreadPoolExecutor() as pool:
        for program, register in zip_longest(("ours", "splink"), registers):
            filling = pool.submit(_fill, register, scale.few, scale.many) if register else None
            found.append(_batch(program, scale))
            if filling:
                filling.result()
    return found


def _told(size: dict[str, Any]) -> str:
    return f"p50/p95 live {_both(size['live'])} ms, bare {_both(size['bare'])} ms"


def _both(values: dict[str, float]) -> str:
    return f"{values['p50']:.1f}/{values['p95']:.1f}"


def _batch(program: str, scale: Scale) -> dict[str, Any]:
    with data_folder() as folder:
        numbers = (str(scale.whole_file), str(scale.many))
        found: dict[str, Any] = json.loads(
            Portal(folder).python("scripts.measure.batches_inside", program, *numbers)
        )
    return found
