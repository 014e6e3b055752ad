"""The rows of a repeating group: their order, and bringing back the one that was removed last."""

import copy
from datetime import datetime

from django.db import transaction

from guildhall.people.accounts.models import User

from ..models import Draft
from .holding import hold, write


@transaction.atomic
def move_row(draft: Draft, *, group: str, row_id: str, by_places: int, by: User, now: datetime) -> Draft:
    """Move a row up (-1) or down (1) among the others. A row that is not there, or at the end, stays."""
    held = hold(draft)
    answers = copy.deepcopy(held.answers)
    rows = answers.get(group, [])
    ids = [row["_id"] for row in rows]
    if row_id not in ids:
        return held
    wanted = min(max(ids.index(row_id) + by_places, 0), len(rows) - 1)
    if wanted == ids.index(row_id):
        return held
    rows.insert(wanted, rows.pop(ids.index(row_id)))
    detail = {"row": f"{group}/{row_id}"}
    return write(held, answers, verb="draft.row_moved", detail=detail, by=by, now=now)


@transaction.atomic
def restore_row(draft: Draft, *, group: str, by: User, now: datetime) -> Draft:
    """Put the row of ``group`` that was removed last back in its place. Doing it twice puts it back once."""
    held = hold(draft)
    removed = dict(held.removed)
    kept = removed.pop(group, None)
    if kept is None:
        return held
    answers = copy.deepcopy(held.answers)
    rows = answers.setdefault(group, [])
    held.removed = removed
    if all(row["_id"] != kept["row"]["_id"] for row in rows):
        rows.insert(min(kept["place"], len(rows)), kept["row"])
    detail = {"row": f"{group}/{kept['row']['_id']}"}
    return write(held, answers, verb="draft.row_restored", detail=detail, by=by, now=now)
