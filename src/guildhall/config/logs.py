"""What the log leaves out, and that nobody suffers where it cannot be written."""

import logging
from contextlib import suppress
from typing import Any

import structlog
from django.db import InterfaceError, OperationalError


class OneLineForALostDatabase(logging.Filter):
    """While the database is away every request fails alike: one line each, without the traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        fault = record.exc_info[1] if record.exc_info else None
        if isinstance(fault, (OperationalError, InterfaceError)):
            state = getattr(fault.__cause__, "sqlstate", None)
            words = "%s (the database did not answer: %s)" if state else "%s (the database did not answer)"
            record.msg, record.args = words, (record.getMessage(), state)[: words.count("%s")]
            record.exc_info = record.exc_text = None
        return True


class _Patient(structlog.PrintLogger):
    """Drops a line that its disk or pipe does not take: a page is not to fail for its log (F10)."""

    def msg(self, message: str) -> None:
        with suppress(OSError, ValueError):
            super().msg(message)

    log = debug = info = warn = warning = fatal = failure = err = error = critical = exception = msg


def _factory(*_names: Any) -> _Patient:
    return _Patient()


def configure() -> None:
    """Let the program's own lines be printed as long as somebody takes them."""
    structlog.configure(logger_factory=_factory)
