"""J1 and J3: what sealing a submission costs beside one bare insert, and as answers grow."""

import json
from collections.abc import Iterator

from scripts.measure.figures import Figure
from scripts.measure.rigs import data_folder, database
from scripts.measure.shots import spread_of
from scripts.portal import Portal


def measure(on: str, quick: bool) -> Iterator[Figure]:
    """J1 storing a submission of 60 answers / inserting its row alone; J3 sealing 300 answers / 60.

    Storing writes the submission's row and 5 reportable rows, and deletes the draft. The bare insert is of
    the same row, with the same columns and indexes. The same rows by hand, by plain statements, say what of
    it the database takes. Sealing also judges every answer by the form's definition, which no insert does:
    that whole is given too, without a goal.
    """
    with data_folder() as folder, database(on) as url:
        portal = Portal(folder, database=url)
        portal.command("migrate", "--verbosity=0")
        rounds, count = ("4", "20") if quick else ("25", "25")
        times = json.loads(portal.python("scripts.measure.saving", rounds, count))
    least = {name: min(each) for name, each in times.items()}
    wide = spread_of(times["seal 60"])
    note = ", ".join(f"{name} {value * 1e6:.0f} us CPU" for name, value in least.items())
    yield Figure("J1 store / bare insert", on, least["store 60"] / least["bare"], 1.5, False, wide, note=note)
    floor = least["by hand"] / least["bare"]
    yield Figure("J1 the same rows by hand / bare insert", on, floor, None, False, wide, note=note)
    whole = least["seal 60"] / least["bare"]
    yield Figure("J1 judge and store / bare insert", on, whole, None, False, wide, note=note)
    yield Figure(
        "J3 seal 300 / 60 answers", on, least["seal 300"] / least["seal 60"], 3, False, wide, note=note
    )
