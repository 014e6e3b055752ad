"""W5: what a page of twelve fields costs to render, beside plain Jinja2 macros and crispy-forms-gds."""

import json
from collections.abc import Iterator

from scripts.measure.figures import Figure
from scripts.measure.rigs import data_folder
from scripts.portal import Portal


def measure(quick: bool) -> Iterator[Figure]:
    """Two figures: ours against own macros over plain dicts, and against crispy-forms-gds."""
    with data_folder() as folder:
        portal = Portal(folder)
        portal.command("migrate", "--verbosity=0")
        settings = {"DJANGO_SETTINGS_MODULE": "scripts.measure.page_settings"}
        times = json.loads(portal.python("scripts.measure.page_race", "3" if quick else "9", **settings))
    least = {name: min(each) for name, each in times.items()}
    wide = max(times["ours"]) / least["ours"] - 1
    note = ", ".join(f"{name} {value * 1e6:.0f} us" for name, value in least.items())
    yield Figure(
        "W5 page / own Jinja2 macros", "-", least["ours"] / least["macros"], 2, False, wide, note=note
    )
    yield Figure(
        "W5 page / crispy-forms-gds", "-", least["ours"] / least["crispy"], 0.5, False, wide, note=note
    )
