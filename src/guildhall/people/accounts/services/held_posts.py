"""Keeping what somebody sent after their session had ended, until they are signed in again."""

from datetime import datetime, timedelta

from django.db import transaction

from guildhall.foundation.outbox import services as outbox

from .. import codes
from ..models import HeldPost

HELD_FOR = timedelta(hours=1)
MOST_CHARACTERS = 2_000_000


@transaction.atomic
def hold_post(user_id: int, *, path: str, fields: list[tuple[str, str]], now: datetime) -> str | None:
    """Keep ``fields`` for an hour; returns the key for the browser's cookie, or None for too much."""
    if sum(len(name) + len(value) for name, value in fields) > MOST_CHARACTERS or len(path) > 500:
        return None
    HeldPost.objects.filter(user_id=user_id).delete()
    key = codes.new_key()
    held = HeldPost.objects.create(
        user_id=user_id,
        key_digest=codes.key_digest(key),
        path=path,
        fields=fields,
        held_at=now,
        expires_at=now + HELD_FOR,
    )
    outbox.put("held-post", {"id": held.pk}, key=f"held-post-{held.pk}", now=now, due_at=held.expires_at)
    return key


def forget_post(held_id: int) -> None:
    """Delete what was held, used or not."""
    HeldPost.objects.filter(pk=held_id).delete()
