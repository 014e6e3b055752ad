"""A school's draft: whose it is, whether colleagues may go on with it, and who is in it now."""

from datetime import datetime, timedelta

from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.people.accounts.models import User
from guildhall.people.organisations.models import Establishment

from ..models import Draft, Presence
from .holding import hold

PRESENT = timedelta(minutes=2)
"""How long somebody who was seen in a draft counts as being there."""
_FORGOTTEN = timedelta(hours=1)


@transaction.atomic
def give_school(draft: Draft, *, school: Establishment) -> Draft:
    """Say for which school a draft is, right after it was begun."""
    draft.school = school
    draft.save(update_fields=["school"])
    return draft


@transaction.atomic
def share_draft(draft: Draft, *, shared: bool, by: User, now: datetime) -> Draft:
    """Let the school's staff go on with the draft, or its owner alone again. Twice changes nothing."""
    held = hold(draft)
    if held.shared == shared:
        return held
    held.shared = shared
    held.save(update_fields=["shared"])
    if not shared:
        Presence.objects.filter(draft_id=held.pk).delete()
    verb = "draft.shared" if shared else "draft.unshared"
    audit.record(verb, by=by, about=held, now=now, detail={"school": held.school_id})
    return held


@transaction.atomic
def hand_over_draft(draft: Draft, *, to: User, by: User, now: datetime) -> Draft:
    """Make the draft ``to``'s; whoever had it loses it, unless it is shared."""
    held = hold(draft)
    before, held.owner = held.owner_id, to
    held.warned = 0
    held.save(update_fields=["owner", "warned"])
    detail = {"from": before, "to": to.pk}
    audit.record("draft.handed_over", by=by, about=held, now=now, detail=detail)
    return held


@transaction.atomic
def note_presence(draft: Draft, *, user: User, place: str, now: datetime) -> None:
    """Keep where ``user`` is in a shared draft, and forget who was last seen an hour ago."""
    seen = {"place": place[:60], "seen_at": now}
    Presence.objects.update_or_create(draft_id=draft.pk, user=user, defaults=seen)
    Presence.objects.filter(seen_at__lt=now - _FORGOTTEN).delete()
