"""The handler of every kind of task, and every periodic job, from the tables in the settings."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Protocol

from django.conf import settings
from django.core.checks import Error
from django.utils.module_loading import import_string


class Handler(Protocol):
    """Does the work of one task. It may be called again after a crash, with the same ``task_key``."""

    def __call__(self, payload: dict[str, Any], *, task_key: str, now: datetime) -> None: ...


class UnknownKind(LookupError):
    """The settings name no handler for this kind of task."""


@cache
def handler_of(kind: str) -> Handler:
    """The handler of tasks of ``kind``. Raises UnknownKind."""
    try:
        return import_string(settings.OUTBOX_HANDLERS[kind])
    except KeyError:
        raise UnknownKind(kind) from None


@cache
def jobs() -> dict[str, tuple[timedelta, Callable[[datetime], Any]]]:
    """Every periodic job by name: how often, and what to call with the moment."""
    return {name: (every, import_string(path)) for name, (every, path) in settings.SCHEDULE.items()}


def every_handler_is_there(**_kwargs: Any) -> list[Error]:
    """System check: each path in OUTBOX_HANDLERS and SCHEDULE leads to a function."""
    paths = {f"OUTBOX_HANDLERS[{kind!r}]": path for kind, path in settings.OUTBOX_HANDLERS.items()}
    paths |= {f"SCHEDULE[{name!r}]": path for name, (_every, path) in settings.SCHEDULE.items()}
    return [problem for place, path in paths.items() if (problem := _problem(place, path))]


def _problem(place: str, path: str) -> Error | None:
    try:
        found = import_string(path)
    except ImportError as error:
        return Error(f"{place}: {error}", id="guildhall.E046")
    return None if callable(found) else Error(f"{place}: {path} cannot be called.", id="guildhall.E046")
