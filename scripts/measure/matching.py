"""Matching among many records: one child at a time on each database, and a whole file beside plain Splink.

Goals L2 to L5. Every figure is a ratio of two things that ran in the same minutes on the same machine.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
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
LARGE = Scale(100_000, 1_000_000, 1_000, 100_000)


def measure_large(_database: str, quick: bool) -> Iterator[Figure]:
    """A hundred thousand and a million records: half an hour on two free cores."""
    yield from measure(USUAL if quick else LARGE)


def measure(scale: Scale) -> Iterator[Figure]:
    """The whole file first, because every database's decisions are held against it."""
    ours, peer = (_batch(program, scale) for program in ("ours", "splink"))
    note = (
        f"{scale.whole_file:,} × {scale.many:,}: ours {ours['seconds']:.0f} s of processor, Splink"
        f" {peer['seconds']:.0f} s ({peer['training']:.0f} s of it training), {peer['memory']:.0f} MB"
    )
    ratio, memory = ours["seconds"] / peer["untrained"], ours["memory"]
    yield Figure("linkage: whole file, of Splink's time", "-", ratio, 1.3, False, memory=memory, note=note)
    yield Figure("linkage: whole file, of its memory", "-", memory / peer["memory"], None, False, note=note)
    for on in databases():
        yield from _live(on, scale, ours["decided"], peer["one"])


def _live(on: str, scale: Scale, batch: list[list[Any]], splink_one: float) -> Iterator[Figure]:
    with data_folder() as folder, database(on) as url:
        portal = Portal(folder, database=url)
        portal.command("migrate", "--verbosity=0")
        sizes = (str(scale.few), str(scale.many))
        numbers = (str(scale.one_by_one), str(scale.whole_file), *sizes)
        found = json.loads(portal.python("scripts.measure.matching_inside", *numbers))
    few, many = (found["sizes"][size] for size in sizes)
    memory = many["memory"]
    note = f"{scale.many:,} records, " + _told(many)
    ratio = many["live"]["p95"] / many["bare"]["p95"]
    yield Figure("linkage: one child, of bare blocking", on, ratio, 3, False, memory=memory, note=note)
    faster = splink_one / many["live"]["p95"]
    note = f"Splink's quickest of one row {splink_one:.0f} ms, our p95 {many['live']['p95']:.1f} ms"
    yield Figure("linkage: one child, faster than Splink", on, faster, 100, True, note=note)
    pairs = list(zip(found["decided"], batch, strict=False))
    alike = sum(one == other for one, other in pairs) / len(pairs)
    note = f"{len(pairs):,} children, outcome and record"
    yield Figure("linkage: decided as in a whole file", on, alike, 0.995, True, note=note)
    note = f"{scale.few:,}: {_told(few)}; {scale.many:,}: {_told(many)}"
    yield Figure(
        "linkage: one child, ten times the records",
        on,
        many["live"]["p95"] / few["live"]["p95"],
        2,
        False,
        note=note,
    )


def _told(size: dict[str, dict[str, float]]) -> str:
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
