"""W5: what a page of twelve fields costs to render, beside plain Jinja2 macros and crispy-forms-gds."""

import json
import subprocess
import sys
from collections.abc import Iterator

from scripts.measure.figures import Figure
from scripts.setup import PYTHON, ROOT, environment


def measure(quick: bool) -> Iterator[Figure]:
    """Two figures: ours against own macros over plain dicts, and against crispy-forms-gds."""
    own = environment(DJANGO_SETTINGS_MODULE="scripts.measure.page_settings")
    done = subprocess.run(
        [PYTHON, "-W", "ignore", "-m", "scripts.measure.page_race", "3" if quick else "9"],
        cwd=ROOT,
        env=own,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(done.stderr)
    times = json.loads(done.stdout)
    least = {name: min(each) for name, each in times.items()}
    wide = max(times["ours"]) / least["ours"] - 1
    note = ", ".join(f"{name} {value * 1e6:.0f} us" for name, value in least.items())
    yield Figure(
        "W5 page / own Jinja2 macros", "-", least["ours"] / least["macros"], 2, False, wide, note=note
    )
    yield Figure(
        "W5 page / crispy-forms-gds", "-", least["ours"] / least["crispy"], 0.5, False, wide, note=note
    )
