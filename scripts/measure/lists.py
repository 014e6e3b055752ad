"""The officers' lists at 1,000 and 100,000 cases: the same statements, and nearly the same time."""

import json
from collections.abc import Iterator

from scripts.measure.figures import Figure
from scripts.measure.rigs import data_folder, database
from scripts.portal import Portal


def measure(on: str, quick: bool) -> Iterator[Figure]:
    """Of each list: its time at the larger size over that at the smaller, and its statements likewise."""
    small, large = (200, 5_000) if quick else (1_000, 100_000)
    with data_folder() as folder, database(on) as url:
        portal = Portal(folder, database=url, ALSO_HOSTS="testserver")
        portal.command("migrate", "--verbosity=0")
        times = "5" if quick else "15"
        found = json.loads(portal.python("scripts.measure.listing", times, str(small), str(large)))
    few, many = found[str(small)], found[str(large)]
    for name, least in few.items():
        most = many[name]
        note = (
            f"{small:,}: {least['wall'] * 1e3:.1f} ms, {least['statements']} statements;"
            f" {large:,}: {most['wall'] * 1e3:.1f} ms, {most['statements']}"
        )
        yield Figure(f"{name}: time", on, most["wall"] / least["wall"], 2, False, note=note)
        more = most["statements"] - least["statements"]
        yield Figure(f"{name}: statements more", on, more, 0, False, note=note)
