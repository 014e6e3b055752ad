"""The system user of the incoming children queue."""

from datetime import datetime

from guildhall.foundation.authority import queries as authority
from guildhall.people.accounts.models import User

USER_NAME = "incoming-children-queue"


def queue_user(*, now: datetime) -> User:
    """Who Last Updated names for a record that came from the queue.

    The authority's setting ``matching.queue_user`` (id of an account) may name another; without it, the
    system user, which cannot sign in and is made when it is missing.
    """
    if chosen := authority.setting("matching.queue_user"):
        return User.objects.get(pk=chosen)
    user, _ = User.objects.get_or_create(
        user_name=USER_NAME,
        defaults={
            "email": None,
            "password": "!",
            "state": User.State.DISABLED,
            "forename": "Incoming children",
            "surname": "queue",
            "registered_at": now,
        },
    )
    return user
