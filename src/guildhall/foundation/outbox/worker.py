"""The worker: takes one task after another, keeps its lease alive, and says how it ended."""

import os
import secrets
import socket
import threading
import time
from collections.abc import Callable
from datetime import datetime

import structlog
from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django.utils import timezone

from guildhall.foundation.authority import stamps
from guildhall.foundation.kit.faults import fault_point

from . import handlers, queries, tasks
from .failures import FarSideDown
from .services import leases

HEARTBEAT_SECONDS = leases.LEASE.total_seconds() / 4
IDLE_SECONDS = 0.5
PAUSE_SECONDS = leases.FIRST_WAIT.total_seconds() / 3

log = structlog.get_logger(__name__)
Clock = Callable[[], datetime]


def name_of_this_worker() -> str:
    return f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"


class Worker:
    """One worker of this process. ``clock`` gives the moment; tests pass their own."""

    def __init__(self, *, name: str | None = None, clock: Clock = timezone.now) -> None:
        self.name = name or name_of_this_worker()
        self.clock = clock
        self.in_hand: leases.Lease | None = None
        self._paused: dict[str, float] = {}
        self._turns_put: dict[str, int] = {}

    def run_one(self) -> bool:
        """Take and do one due task; False when there is none."""
        lease = leases.lease_next(worker=self.name, now=self.clock(), without=self._paused_kinds())
        if lease is None:
            return False
        self.in_hand = lease
        try:
            fault_point("outbox.after_lease")
            self._do(lease)
        finally:
            self.in_hand = None
        return True

    def drain(self) -> int:
        """Do everything that is due now; how many tasks were tried."""
        done = 0
        while queries.due(self.clock()).exclude(kind__in=self._paused_kinds()).exists() and self.run_one():
            done += 1
        return done

    def put_due_jobs(self) -> None:
        tasks.put_due_jobs(self._turns_put, now=self.clock())

    def _do(self, lease: leases.Lease) -> None:
        stamps.begin_request()
        try:
            fault_point("outbox.before_effect")
            handlers.handler_of(lease.kind)(lease.payload, task_key=lease.key, now=self.clock())
            fault_point("outbox.after_effect")
        except Exception as error:
            self._failed(lease, error)
            return
        finally:
            stamps.end_request()
        fault_point("outbox.before_done")
        if not leases.finish(lease, now=self.clock()):
            log.warning("outbox.lease_lost", task=lease.task_id, kind=lease.kind)
        fault_point("outbox.after_done")

    def _failed(self, lease: leases.Lease, error: Exception) -> None:
        if isinstance(error, FarSideDown):
            self._paused[lease.kind] = time.monotonic() + PAUSE_SECONDS
        log.warning(
            "outbox.failed",
            task=lease.task_id,
            kind=lease.kind,
            attempt=lease.attempts,
            error=type(error).__name__,
        )
        leases.fail(lease, error=error, now=self.clock())

    def _paused_kinds(self) -> list[str]:
        moment = time.monotonic()
        self._paused = {kind: until for kind, until in self._paused.items() if until > moment}
        return list(self._paused)


class Heart(threading.Thread):
    """Says every few seconds that the worker lives, and keeps the lease of what it has in hand."""

    def __init__(self, worker: Worker, *, every: float = HEARTBEAT_SECONDS) -> None:
        super().__init__(name="heart", daemon=True)
        self.worker = worker
        self.every = every
        self.stopping = threading.Event()

    def run(self) -> None:
        while not self.stopping.wait(self.every):
            try:
                self.beat()
            except (DatabaseError, InterfaceError):
                log.warning("outbox.heartbeat_failed")
                connection.close()
        connection.close()

    def beat(self) -> None:
        now = self.worker.clock()
        leases.beat(self.worker.name, now=now)
        if (lease := self.worker.in_hand) is not None:
            leases.keep(lease, now=now)

    def stop(self) -> None:
        self.stopping.set()
        self.join(timeout=5)


def run(worker: Worker, *, stopping: threading.Event, until_empty: bool = False) -> None:
    """Work until ``stopping`` is set (the task in hand is finished first), or until nothing is due.

    A lost database is waited for, as long as it takes.
    """
    heart = Heart(worker)
    heart.start()
    try:
        while not stopping.is_set():
            if not _round(worker, stopping) and (until_empty or stopping.wait(IDLE_SECONDS)):
                return
    finally:
        heart.stop()
        _leave(worker)


def _round(worker: Worker, stopping: threading.Event) -> bool:
    """Put the jobs whose turn has come and do one task; False when there was none."""
    try:
        worker.put_due_jobs()
        return queries.due(worker.clock()).exists() and worker.run_one()
    except (DatabaseError, InterfaceError) as error:
        log.warning("outbox.database_lost", error=type(error).__name__)
        connection.close()
        stopping.wait(1)
        return True


def _leave(worker: Worker) -> None:
    try:
        leases.leave(worker.name)
    except (DatabaseError, InterfaceError):
        log.warning("outbox.database_lost")
    close_old_connections()


def drain(clock: Clock = timezone.now) -> int:
    """Do in this process everything that is due now, without a heartbeat: for tests and the demonstration."""
    return Worker(clock=clock).drain()
