"""Holding a draft, and writing what a button beside the fields changed: a file or a row."""

from datetime import datetime
from typing import Any

from guildhall.foundation.audit import services as audit
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User

from ..models import Draft
from ..rules import expiry_of
from .drafting import Gone


def hold(draft: Draft) -> Draft:
    """The draft as it is now, locked until the transaction ends. Raises Gone."""
    held = Draft.objects.select_for_update().filter(pk=draft.pk).first()
    if held is None:
        raise Gone(texts.say("send.Error_DraftGone"))
    return held


def write(
    draft: Draft, answers: dict[str, Any], *, verb: str, detail: dict[str, str], by: User, now: datetime
) -> Draft:
    """Write the answers of a held draft; the one unit that ``detail`` names has changed."""
    [unit] = detail.values()
    draft.answers = answers
    draft.revision += 1
    draft.touched = draft.touched | {unit: draft.revision}
    draft.saved_at = now
    draft.warned = 0
    if draft.expires_at:
        draft.expires_at = expiry_of(now)
    fields = ["answers", "removed", "revision", "touched", "saved_at", "warned", "expires_at"]
    draft.save(update_fields=fields)
    audit.record(verb, by=by, about=draft, now=now, detail=detail | {"revision": draft.revision})
    return draft
