"""The long fault run: forms sent while web processes and the database are killed, each judged one by one."""

import os
from collections.abc import Callable, Iterator
from contextlib import closing

from tests.faults import storm
from tests.faults.rig import Rig, rig
from tests.support.grounds import Grounds

from scripts.measure.figures import Figure

FORMS = 10_000
KILLS, DATABASE_KILLS = 200, 40
AMBIGUOUS = 50
LATE = 0.2  # share of answers held back a second after the commit
ROUND = storm.CLIENTS * 40  # a person holds at most 50 drafts at a time


def measure(on: str, quick: bool) -> Iterator[Figure]:
    """F1, F6 and F13 with their controls.

    GUILDHALL_FAULT_FORMS sets how many forms a run sends. A run goes on until it also has its kills and its
    ambiguous tries; in a smaller run those goals are smaller in proportion.
    """
    forms = int(os.environ.get("GUILDHALL_FAULT_FORMS", ROUND if quick else FORMS))
    with closing(Grounds()) as grounds:
        yield from _protected(grounds, on, forms)
        yield from _control(grounds, on, forms)


def _protected(grounds: Grounds, on: str, forms: int) -> Iterator[Figure]:
    with rig(grounds, on, scanned=False) as site:
        yield from _figures("F1 web processes", site, storm.web_workers_killed, forms, KILLS, AMBIGUOUS)
        if on == "PostgreSQL":
            yield from _figures("F6 database", site, storm.database_killed, forms, DATABASE_KILLS, 0)
        once = storm.sent_eight_times(site, keys=max(forms // 20, 20))
        yield Figure("F13 eight posts: duplicated", on, once.duplicated, 0, False, note=str(once))


def _control(grounds: Grounds, on: str, forms: int) -> Iterator[Figure]:
    with rig(grounds, on, control="key", scanned=False) as site:
        killed = storm.web_workers_killed(site, drafts=10, seconds=300)
        yield Figure("F1 control: duplicated", on, killed.duplicated, 1, True, note=str(killed))
        once = storm.sent_eight_times(site, keys=max(forms // 100, 8))
        yield Figure("F13 control: duplicated", on, once.duplicated, 1, True, note=str(once))


def _figures(
    name: str, site: Rig, run: Callable[..., storm.Run], forms: int, kills: int, ambiguous: int
) -> Iterator[Figure]:
    """Rounds of ``run`` until enough forms were sent, processes killed and people left unsure."""
    share = min(1.0, forms / FORMS)
    least_kills, least_ambiguous = max(4, round(kills * share)), round(ambiguous * share)
    runs: list[storm.Run] = []

    def total(what: str) -> int:
        return sum(getattr(each, what) for each in runs)

    while (
        total("acknowledged") < forms or total("kills") < least_kills or total("ambiguous") < least_ambiguous
    ):
        runs.append(run(site, drafts=min(ROUND, forms) // storm.CLIENTS, seconds=900, late=LATE))
        if total("forms") > 3 * forms + ROUND:
            break
    note = f"{total('acknowledged')} forms, {sum(each.seconds for each in runs):.0f} s; last {runs[-1]}"
    broken = sum(sum(each.verdict.counts.values()) for each in runs)
    yield Figure(f"{name}: lost", site.on, total("lost"), 0, False, note=note)
    yield Figure(f"{name}: duplicated", site.on, total("duplicated"), 0, False)
    yield Figure(f"{name}: rules broken (I1 to I7)", site.on, broken, 0, False)
    yield Figure(f"{name}: not acknowledged", site.on, total("forms") - total("acknowledged"), 0, False)
    yield Figure(f"{name}: kills", site.on, total("kills"), least_kills, True)
    yield Figure(f"{name}: ambiguous", site.on, total("ambiguous"), least_ambiguous, True)
    if returns := [each for one in runs for each in one.returns]:
        yield Figure(f"{name}: seconds to success", site.on, max(returns), 5, False)
