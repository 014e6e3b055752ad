"""P1 to P3: composing a document beside the bare program, beside WeasyPrint, and its memory over time."""

import json
import sys
from collections.abc import Iterator
from statistics import median

from scripts.measure.figures import Figure
from scripts.measure.rigs import data_folder
from scripts.portal import Portal
from scripts.setup import CannotSetUp, set_up_python


def measure(on: str, quick: bool) -> Iterator[Figure]:
    """P1 the composer / typst with the same data; P2 WeasyPrint / the composer; P3 memory after 200 / 20.

    The document has 100 questions in 10 tables, and other answers each time, so that nothing is cached. P2
    is left out, loudly, where WeasyPrint cannot be installed. Word has no goal and is told.
    """
    try:
        set_up_python("bench")
    except CannotSetUp as problem:
        print(f"P2 IS NOT MEASURED: {problem}", file=sys.stderr)
    with data_folder() as folder:
        portal = Portal(folder)
        portal.command("migrate", "--verbosity=0")
        rounds, count = ("3", "40") if quick else ("15", "200")
        found = json.loads(portal.python("scripts.measure.composing", rounds, count))
    times = {name: sorted(each) for name, each in found["times"].items()}
    least = {name: each[0] for name, each in times.items()}
    wide = median(times["pdf"]) / least["pdf"] - 1
    note = ", ".join(f"{name} {value * 1e3:.0f} ms CPU" for name, value in least.items())
    if "weasyprint" not in least:
        note += "; P2 NOT MEASURED: WeasyPrint cannot be loaded"
    yield Figure("P1 pdf / bare typst", on, least["pdf"] / least["bare"], 1.3, False, wide, note=note)
    if "weasyprint" in least:
        faster = least["weasyprint"] / least["pdf"]
        yield Figure("P2 WeasyPrint / pdf", on, faster, 8, True, wide, note=note)
    yield Figure("Word / bare typst", on, least["word"] / least["bare"], None, False, wide, note=note)
    early, late = found["memory"]
    told = f"{early:.0f} MB after 20, {late:.0f} MB after {count}"
    yield Figure("P3 memory after 200 / 20", on, late / early, 1.2, False, 0.0, late, note=told)
