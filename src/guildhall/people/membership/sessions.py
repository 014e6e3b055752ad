"""The session store: a session, the person it belongs to and their roles, read in one statement."""

from copy import deepcopy
from functools import cache
from typing import Any, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import VALID_KEY_CHARS, UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db import InterfaceError, InternalError, OperationalError, connection
from django.utils import timezone
from django.utils.crypto import get_random_string

from guildhall.foundation.kit import outage, statements
from guildhall.people.accounts.models import BrowserSession, User

from .models import Membership
from .queries import Held


class SessionStore(DatabaseStore):
    """``person`` and ``roles`` (role, team, school) are as they were when the session was read.

    A session that was saved in a transaction, and did not change after it, is not written again when the
    answer leaves.
    """

    person: User | None = None
    roles: tuple[Held, ...] = ()
    _kept: tuple[str, dict[str, Any]] | None = None

    @classmethod
    def get_model_class(cls) -> type[BrowserSession]:
        return BrowserSession

    def create_model_instance(self, data: dict[str, Any]) -> BrowserSession:
        row = cast(BrowserSession, super().create_model_instance(data))
        row.user_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        return row

    def save(self, must_create: bool = False) -> None:
        """Keep what the session holds, by one statement. Raises UpdateError when it was ended meanwhile."""
        if self.session_key is None:
            self.create()
            return
        data = self._get_session(no_load=must_create)  # type: ignore[attr-defined]
        if self._kept == (self.session_key, data):
            return
        row = self.create_model_instance(data)
        if must_create:
            statements.insert(row)
            self._kept = self.session_key, deepcopy(data)
            return
        values = {name: getattr(row, name) for name in ("session_data", "expire_date", "user_id")}
        try:
            kept = statements.update(BrowserSession, values, session_key=row.session_key)
        except (OperationalError, InterfaceError, InternalError):
            # A database that takes nothing must not close pages that only read (decision 21).
            if connection.in_atomic_block or not self._only_seen(data):
                raise
            outage.refused()
            return
        if not kept:
            raise UpdateError
        self._kept = self.session_key, deepcopy(data)
        outage.taken()

    def _only_seen(self, data: dict[str, Any]) -> bool:
        """Whether ``data`` differs from what is kept in nothing but the moment of the last request."""
        rows = _rows(str(self.session_key))
        before = self.decode(rows[0][0]) if rows else {}
        return bool(rows) and before | {"seen": 0} == data | {"seen": 0}

    def cycle_key(self) -> None:
        """A new key for what the session holds. One that was never kept gets its first key when it is."""
        if self.session_key is not None:
            super().cycle_key()

    def _get_new_session_key(self) -> str:
        # No look whether somebody has it: 160 random bits do not come twice, and the key is unique anyway.
        return get_random_string(32, VALID_KEY_CHARS)

    def load(self) -> dict[str, Any]:
        rows = _rows(self.session_key) if self.session_key else []
        if not rows:
            self._session_key = None
            return {}
        written, _role, _team, _school, user_id, *_ = rows[0]
        self.person = _user().row(rows[0][4:]) if user_id is not None else None
        self.roles = tuple((role, team, school) for _, role, team, school, *_ in rows if role)
        return self.decode(written)


@cache
def _user() -> statements.Columns[User]:
    return statements.Columns(User, alias="person")


@cache
def _statement() -> str:
    session, user, held = (model._meta.db_table for model in (BrowserSession, User, Membership))
    return f"""
        SELECT session.session_data, held.role, held.team, held.establishment_id, {_user().sql}
        FROM {session} session
        LEFT JOIN {user} person ON person.id = session.user_id
        LEFT JOIN {held} held ON held.user_id = person.id
            AND held.ended_at IS NULL AND held.locked_at IS NULL
        WHERE session.session_key = %s AND session.expire_date > %s
    """  # noqa: S608 (the names are those of our own models)


def _rows(key: str) -> list[tuple[Any, ...]]:
    """The session once for each open role of its person, or once without."""
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(_statement(), [key, now])
        return cursor.fetchall()
