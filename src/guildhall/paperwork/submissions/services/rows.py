"""The rows of a repeating group: their order, and bringing back the one that was removed last."""

import copy
from datetime import datetime
from typing import Any

from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User

from ..models import Draft
from ..rules import expiry_of
from .drafting import Gone


@transaction.atomic
def move_row(draft: Draft, *, group: str, row_id: str, by_places: int, by: User, now: datetime) -> Draft:
    """Move a row up (-1) or down (1) among the others. A row that is not there, or at the end, stays."""
    held = _hold(draft)
    answers = copy.deepcopy(held.answers)
    rows = answers.get(group, [])
    ids = [row["_id"] for row in rows]
    if row_id not in ids:
        return held
    wanted = min(max(ids.index(row_id) + by_places, 0), len(rows) - 1)
    if wanted == ids.index(row_id):
        return held
    rows.insert(wanted, rows.pop(ids.index(row_id)))
    return _save(held, answers, verb="draft.row_moved", unit=f"{group}/{row_id}", by=by, now=now)


@transaction.atomic
def restore_row(draft: Draft, *, group: str, by: User, now: datetime) -> Draft:
    """Put the row of ``group`` that was removed last back in its place. Doing it twice puts it back once."""
    held = _hold(draft)
    removed = dict(held.removed)
    kept = removed.pop(group, None)
    if kept is None:
        return held
    answers = copy.deepcopy(held.answers)
    rows = answers.setdefault(group, [])
    held.removed = removed
    if all(row["_id"] != kept["row"]["_id"] for row in rows):
        rows.insert(min(kept["place"], len(rows)), kept["row"])
    unit = f"{group}/{kept['row']['_id']}"
    return _save(held, answers, verb="draft.row_restored", unit=unit, by=by, now=now)


def _hold(draft: Draft) -> Draft:
    held = Draft.objects.select_for_update().filter(pk=draft.pk).first()
    if held is None:
        raise Gone(texts.say("send.Error_DraftGone"))
    return held


def _save(draft: Draft, answers: dict[str, Any], *, verb: str, unit: str, by: User, now: datetime) -> Draft:
    draft.answers = answers
    draft.revision += 1
    draft.touched = draft.touched | {unit: draft.revision}
    draft.saved_at = now
    draft.warned = 0
    if draft.expires_at:
        draft.expires_at = expiry_of(now)
    draft.save(
        update_fields=["answers", "removed", "revision", "touched", "saved_at", "warned", "expires_at"]
    )
    audit.record(verb, by=by, about=draft, now=now, detail={"row": unit})
    return draft
