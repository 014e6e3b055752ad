"""W5: what a page of twelve fields costs to render, beside plain Jinja2 macros and crispy-forms-gds."""

import json
from collections.abc import Iterator

from scripts.measure.figures import Figure
from scripts.measure.rigs import data_folder
from scripts.measure.shots import spread_of
from scripts.portal import Portal


def measure(on: str, quick: bool) -> Iterator[Figure]:
    """Two figures: ours against own macros over plain dicts, and against crispy-forms-gds."""
    with data_folder() as folder:
        portal = Portal(folder)
        portal.command("migrate", "--verbosity=0")
        settings = {"DJANGO_SETTINGS_MODULE": "scripts.measure.page_settings"}
        times = json.loads(portal.python("scripts.measure.page_race", "5" if quick else "25", **settings))
    least = {name: min(each) for name, each in times.items()}
    wide = spread_of(times["ours"])
    note = ", ".join(f"{name} {value * 1e6:.0f} us" for name, value in least.items())
    yield Figure(
        "W5 page / own Jinja2 macros", on, least["ours"] / least["macros"], 2, False, wide, note=note
    )
    yield Figure(
        "W5 page / crispy-forms-gds", on, least["ours"] / least["crispy"], 0.5, False, wide, note=note
    )
