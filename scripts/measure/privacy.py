"""Odd readings planted among many, and how long it takes to say who saw a child in a long audit."""

import json
from collections.abc import Iterator

from scripts.measure.figures import Figure
from scripts.measure.rigs import data_folder, database
from scripts.portal import Portal

SNOOPS = 20


def measure(on: str, quick: bool) -> Iterator[Figure]:
    """Found of the planted, false of all readings, and the seconds of an answer (the goals of P3 and P8)."""
    readings, entries = (10_000, 50_000) if quick else (100_000, 10_000_000)
    with data_folder() as folder, database(on) as url:
        portal = Portal(folder, database=url, ALSO_HOSTS="testserver")
        portal.command("migrate", "--verbosity=0")
        odd = json.loads(portal.python("scripts.measure.snooping", str(readings), str(SNOOPS)))
        seen = json.loads(portal.python("scripts.measure.long_audit", str(entries)))
    note = f"{odd['readings']:,} readings, {odd['seconds']:.1f} s to go through them"
    yield Figure("snoops found of 20", on, odd["found"], 19, True, note=note)
    yield Figure("readings listed for nothing", on, odd["false"], 0.01, False, note=note)
    for kind, answer in seen["answers"].items():
        note = f"{seen['entries']:,} entries; the answer has {answer['rows']:,}; a year of {seen['years']}"
        yield Figure(f"who saw {kind}: seconds", on, answer["seconds"], 60, False, note=note)
