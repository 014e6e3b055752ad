"""Schools' post without a row for each reader, beside the same post with one: goals F1 to F5."""

import json
from collections.abc import Iterator

from scripts.measure.figures import Figure
from scripts.measure.rigs import data_folder, database
from scripts.portal import Portal


def measure(on: str, quick: bool) -> Iterator[Figure]:
    """Publishing, an inbox of which nine in ten are read, and the count; ours over a row for each reader."""
    schools, few, many, times = (400, 500, 5_000, 10) if quick else (24_000, 5_000, 50_000, 40)
    with data_folder() as folder, database(on) as url:
        portal = Portal(folder, database=url, ALSO_HOSTS="testserver")
        portal.command("migrate", "--verbosity=0")
        sizes = map(str, (schools, times, few, many))
        found = json.loads(portal.python("scripts.measure.post_inside", *sizes))
    small, large = found[str(few)], found[str(many)]
    for name, one, other, goal, at_least in (
        ("F1 publish: all / one trust", large["publish all"], large["publish trust"], 2, False),
        ("F2 rows for readers / targets", large["rows for readers"], large["targets"], 100, True),
        ("F3 inbox page / row for each", large["page"], large["page of rows"], 3, False),
        ("F4 unread count / row for each", large["count"], large["count of rows"], 5, False),
        ("F5 inbox page: many / few items", large["inbox"], small["inbox"], 1.5, False),
    ):
        # On SQLite the reference's page is read in some millionths of a second: only told there.
        told = on == "SQLite" and name.startswith(("F3", "F4"))
        note = f"{one * 1e3:.3f} ms / {other * 1e3:.3f} ms; {large['readers']:,} readers, {many:,} items"
        yield Figure(name, on, one / other, None if told else goal, at_least, note=note)
