"""Runs the measurements that were asked for and prints their figures."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable

from scripts.measure import answers, faults, lists, pages, passwords, web
from scripts.measure.figures import Figure

MEASUREMENTS: dict[str, Callable[[bool], Iterable[Figure]]] = {
    "pages": pages.measure,
    "web": web.measure,
    "answers": answers.measure,
    "passwords": passwords.measure,
    "lists": lists.measure,
    "faults": faults.measure,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*MEASUREMENTS, []])
    parser.add_argument("--json", action="store_true")
    parser.add_argument(
        "--quick", action="store_true", help="fewer rounds: to see that it runs, not to judge"
    )
    options = parser.parse_args()
    figures: list[Figure] = []
    for name in options.names or [name for name in MEASUREMENTS if name != "faults"]:
        for figure in MEASUREMENTS[name](options.quick):
            figures.append(figure)
            if not options.json:
                print(figure, flush=True)
    if options.json:
        print(json.dumps([figure.as_json() for figure in figures], indent=1))
    else:
        missed = sum(not figure.met for figure in figures)
        print(f"load of the machine {os.getloadavg()[0]:.1f}; {missed} of {len(figures)} goals missed")
    return 0 if all(figure.met for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
