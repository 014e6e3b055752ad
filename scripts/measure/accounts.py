"""Accounts: signing in (H1 to H3), each door's home page, what a warm process looks up, and revocation."""

import json
from collections.abc import Iterator

from scripts.measure import passwords
from scripts.measure.figures import Figure
from scripts.measure.rigs import data_folder, database
from scripts.portal import Portal


def measure(on: str, quick: bool) -> Iterator[Figure]:
    """H1 to H3; statements of home pages, settings and texts; answers after a session was revoked."""
    yield from passwords.measure(on, quick)
    with data_folder() as folder, database(on) as url:
        portal = Portal(folder, database=url, ALSO_HOSTS="testserver")
        portal.command("migrate", "--verbosity=0")
        found = json.loads(portal.python("scripts.measure.accounts_inside", "3" if quick else "15"))
    for door, seen in found["homes"].items():
        note = f"{seen['wall'] * 1e3:.1f} ms at best; statements of a warm process"
        yield Figure(f"home of {door}: statements", on, seen["statements"], None, False, note=note)
    for what, seen in found["looked_up"].items():
        note = f"all {seen['asked']:,} of them asked for, in both languages where there are two"
        yield Figure(f"{what} looked up: statements", on, seen["statements"], 0, False, note=note)
    note = f"{found['revoked']['asked']} open sessions of 4 doors, revoked in {found['revoked']['ways']} ways"
    yield Figure("stale answers after revocation", on, found["revoked"]["stale"], 0, False, note=note)
