"""Django's SQLite, except that its writers try again at once and often while another one writes."""

import fcntl
import os
import time
from contextlib import suppress

from django.db.backends.sqlite3 import base

_PAUSE, _LONGEST = 0.00005, 0.001  # seconds between two tries, at first and at most


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose transactions take a turn before they begin.

    SQLite sleeps longer after every try, up to a tenth of a second, so that in a crowd a page waits for a
    lock which has been free many times. The turn is the lock of a file beside the database: it is given up
    when its process dies, and whoever waits too long goes on without it and lets SQLite decide.
    """

    _turn: int | None = None  # a descriptor

    def _start_transaction_under_autocommit(self) -> None:
        self._take_turn()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._end_turn()
            raise

    def _commit(self) -> None:
        try:
            super()._commit()  # type: ignore[misc]
        finally:
            self._end_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._end_turn()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            if self._turn is not None:
                os.close(self._turn)
                self._turn = None

    def _take_turn(self) -> None:
        """Wait until no other connection holds the turn, at most as long as SQLite may wait."""
        turn = self._open_turn()
        deadline = time.monotonic() + self.settings_dict["OPTIONS"]["timeout"]
        pause = _PAUSE
        while turn is not None and time.monotonic() < deadline:
            with suppress(BlockingIOError):
                fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            time.sleep(pause)
            pause = min(2 * pause, _LONGEST)

    def _open_turn(self) -> int | None:
        """The file of the turn; None for a database in memory, and where no file can be made."""
        if self._turn is None and not self.is_in_memory_db():
            with suppress(OSError):
                self._turn = os.open(f"{self.settings_dict['NAME']}-turn", os.O_CREAT | os.O_RDWR, 0o600)
        return self._turn

    def _end_turn(self) -> None:
        if self._turn is not None:
            fcntl.flock(self._turn, fcntl.LOCK_UN)
