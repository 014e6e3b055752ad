"""What returns.py runs in a process of its own: ``race PUPILS ROUNDS`` or ``memory PUPILS``."""

import json
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from lxml import etree

from guildhall.demonstration.census_files import Plan, file_of, on_roll
from guildhall.work.returns.census.checking import Job, check
from guildhall.work.returns.census.days import before, census_day, windows
from guildhall.work.returns.census.packs import pack_for

TERM, YEAR = "AUT", 2026


def main() -> None:
    what, pupils = sys.argv[1], int(sys.argv[2])
    with TemporaryDirectory() as folder:
        path = Path(folder) / "census.xml"
        with path.open("w", encoding="utf-8") as file:
            file.writelines(file_of(Plan(term=TERM, year=YEAR), on_roll(Plan(term=TERM, year=YEAR), pupils)))
        print(json.dumps(_race(path, pupils, int(sys.argv[3])) if what == "race" else _memory(path)))


def job(*, half: bool = False) -> Job:
    """The rules of the term; ``half`` takes every second of them."""
    pack = pack_for(YEAR)
    if half:
        pack = replace(pack, rules=dict(list(pack.rules.items())[::2]))
    last = census_day(*before(TERM, YEAR))
    days = windows(TERM, YEAR, census_day(TERM, YEAR), last) | {"register_urn": "990001"}
    return Job(pack, TERM, days, {})


def bare(path: Path) -> None:
    """What lxml takes to come to the end of every pupil, and nothing else."""
    for _event, pupil in etree.iterparse(str(path), tag="PupilOnRoll"):
        pupil.clear()
        while pupil.getprevious() is not None:
            del pupil.getparent()[0]


def checked(path: Path, *, half: bool = False) -> int:
    with path.open("rb") as file:
        return check(file, job(half=half)).pupils


def _cpu(does: Callable[[], object]) -> float:
    began = time.process_time()
    does()
    return time.process_time() - began


def _race(path: Path, pupils: int, rounds: int) -> dict[str, float]:
    times: dict[str, list[float]] = {"bare": [], "whole": [], "half": []}
    for _ in range(rounds):
        times["bare"].append(_cpu(lambda: bare(path)))
        times["whole"].append(_cpu(lambda: checked(path)))
        times["half"].append(_cpu(lambda: checked(path, half=True)))
    least = {name: min(each) for name, each in times.items()}
    return {
        "ratio": least["bare"] / least["whole"],
        "rate": pupils / least["whole"],
        "bare_rate": pupils / least["bare"],
        "doubled": least["whole"] / least["half"],
        "rules": len(pack_for(YEAR).of(TERM)),
        "spread": median(times["whole"]) / least["whole"] - 1,
    }


def _memory(path: Path) -> dict[str, float]:
    checked(path)
    return {"memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


if __name__ == "__main__":
    main()
