"""The session store: a session, the person it belongs to and their roles, read in one statement."""

from typing import Any, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db.models import F, FilteredRelation, Q
from django.utils import timezone

from guildhall.people.accounts.models import BrowserSession, User


class SessionStore(DatabaseStore):
    """``person`` and ``roles`` (pairs of role and team) are as they were when the session was read."""

    person: User | None = None
    roles: tuple[tuple[str, str], ...] = ()

    @classmethod
    def get_model_class(cls) -> type[BrowserSession]:
        return BrowserSession

    def create_model_instance(self, data: dict[str, Any]) -> BrowserSession:
        row = cast(BrowserSession, super().create_model_instance(data))
        row.user_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        return row

    def load(self) -> dict[str, Any]:
        rows = list(_rows(self.session_key)) if self.session_key else []
        if not rows:
            self._session_key = None
            return {}
        self.person = rows[0].user
        self.roles = tuple((row.role, row.team) for row in rows if row.role)
        return self.decode(rows[0].session_data)


def _rows(key: str) -> Any:
    """The session once for each open role of its person, or once without."""
    still = Q(user__memberships__ended_at=None)
    rows = BrowserSession.objects.filter(session_key=key, expire_date__gt=timezone.now())
    return (
        rows.select_related("user")
        .annotate(held=FilteredRelation("user__memberships", condition=still))
        .annotate(role=F("held__role"), team=F("held__team"))
    )
