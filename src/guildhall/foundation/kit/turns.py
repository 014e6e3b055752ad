"""One page at a time in each process, except while one waits for work that needs no Python.

The threads of a process share one interpreter, so pages that run side by side in it only delay each other
(decision 8). Work outside Python, such as a password's hash, steps aside and lets the next page run.

Whoever has the turn has the process's one connection to the database. A thread that opened its own would
take two or three pages' time for it, read the schema and prepare every statement anew.
"""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

Program = Callable[[dict[str, Any], Any], Iterable[bytes]]

_turn = threading.Lock()
_lane = threading.Lock()
_mine = threading.local()


def in_turn(program: Program, *, slow: frozenset[str], waiting: int) -> Program:
    """The WSGI program ``program``, answering one request at a time in this process.

    What is posted to a path in ``slow`` stands in a queue of its own, so that of a crowd there only one at a
    time comes between the other pages. More than ``waiting`` of them do not wait: they are ``crowded_out``.
    """
    room = threading.BoundedSemaphore(1 + waiting)

    def answer(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "POST" or environ["PATH_INFO"] not in slow:
            return _answer(program, environ, start)
        if not room.acquire(blocking=False):
            return _answer(program, environ, start, crowded_out=True)
        try:
            with _lane:
                return _answer(program, environ, start)
        finally:
            room.release()

    return answer


def _answer(
    program: Program, environ: dict[str, Any], start: Any, *, crowded_out: bool = False
) -> Iterable[bytes]:
    _mine.crowded_out = crowded_out
    _begin()
    try:
        return program(environ, start)
    finally:
        _end()
        _mine.crowded_out = False


def _begin() -> None:
    """Close what a long download left open here, wait for the turn, and take the process's connection."""
    connections.close_all()
    _turn.acquire()
    _mine.held = True
    try:
        connections[DEFAULT_DB_ALIAS] = _of_this_process()
    except BaseException:  # nobody gives back a turn that nobody knows of
        _end()
        raise


def _end() -> None:
    """Give the turn and the connection to the next. Whoever has none keeps everybody else's as it is."""
    if not getattr(_mine, "held", False):
        return
    try:
        with suppress(AttributeError):  # it never got one
            del connections[DEFAULT_DB_ALIAS]
    finally:
        _mine.held = False
        _turn.release()


@cache
def _of_this_process() -> BaseDatabaseWrapper:
    """Only for who has the turn. Opened at its first statement, as any connection of Django."""
    made = connections.create_connection(DEFAULT_DB_ALIAS)
    made.inc_thread_sharing()
    return made


def crowded_out() -> bool:
    """Whether so many wait for a slow page that this request has to be refused."""
    return getattr(_mine, "crowded_out", False)


@contextmanager
def aside() -> Iterator[None]:
    """Let other pages run meanwhile; not inside a transaction, because they may wait for its locks."""
    if not getattr(_mine, "held", False) or connection.in_atomic_block:
        yield
        return
    _end()
    try:
        yield
    finally:
        _begin()
