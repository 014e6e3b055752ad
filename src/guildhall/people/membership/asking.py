"""Who does something, with which roles, and when: as services ask it of a request."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from guildhall.foundation.access.doors import holder_of
from guildhall.people.accounts.asking import who


def acting(request: HttpRequest) -> dict[str, Any]:
    """``holder``, ``by`` and ``now`` for a service."""
    return {"holder": holder_of(request), "by": who(request), "now": timezone.now()}
