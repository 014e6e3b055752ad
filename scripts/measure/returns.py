"""C1, C2, C3, C5: checking a census file beside bare lxml, its memory over its size, and twice the rules."""

import json
from collections.abc import Iterator

from scripts.measure.figures import Figure
from scripts.measure.rigs import data_folder
from scripts.portal import Portal


def measure(on: str, quick: bool) -> Iterator[Figure]:
    """C1 check / bare lxml iterparse; C3 memory at ten times the pupils; C5 all rules / half of them.

    Every figure is the least CPU of the rounds, and memory that of a process of its own. The department's
    schema is not to be had, so that C1 is the goal without one. C2, two processes, is not built, and C4, the
    peer, checks another census: neither is measured.
    """
    pupils, rounds = (2_000, 2) if quick else (100_000, 3)
    with data_folder() as folder:
        portal = Portal(folder)

        def asked(*words: str) -> dict[str, float]:
            return json.loads(portal.python("scripts.measure.returns_inside", *words))

        found = asked("race", str(pupils), str(rounds))
        small, large = asked("memory", str(pupils // 10)), asked("memory", str(pupils))
    note = f"{found['rate']:,.0f} pupils/s of CPU, bare {found['bare_rate']:,.0f}; {pupils:,} pupils"
    note += f", {found['rules']:.0f} rules"
    yield Figure("C1 check / bare iterparse", on, found["ratio"], 0.45, True, found["spread"], note=note)
    told = f"{small['memory']:.0f} MB at {pupils // 10:,}, {large['memory']:.0f} MB at {pupils:,}"
    ratio = large["memory"] / small["memory"]
    yield Figure("C3 memory at ten times the pupils", on, ratio, 1.25, False, 0.0, large["memory"], told)
    yield Figure("C3 memory, MB", on, large["memory"], 256, False, 0.0, large["memory"], told)
    yield Figure("C5 all rules / half of them", on, found["doubled"], 1.15, False, found["spread"], note=note)
