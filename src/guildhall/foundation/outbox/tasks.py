"""Periodic work. A job is put as a task whose key names its turn, so that no two workers run one turn."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from . import handlers, queries, reports, services
from .services import leases

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def turn_of(every: timedelta, now: datetime) -> int:
    """Which turn of a job that runs once in ``every`` the moment ``now`` belongs to."""
    return (now - _EPOCH) // every


def put_due_jobs(turns_put: dict[str, int], *, now: datetime) -> None:
    """Put every job whose turn has come. ``turns_put`` remembers, for this process, what it has put."""
    for name, (every, _job) in handlers.jobs().items():
        turn = turn_of(every, now)
        if turns_put.get(name) != turn:
            services.put(queries.JOB, {"name": name}, key=f"job:{name}:{turn}", now=now)
            turns_put[name] = turn


def run_job(payload: dict[str, Any], *, task_key: str, now: datetime) -> None:  # noqa: ARG001
    """Handler of "job": calls the job named in the payload; one no longer in the table is over."""
    if payload["name"] in handlers.jobs():
        handlers.jobs()[payload["name"]][1](now)


def tidy(now: datetime) -> None:
    """Job: forget what was done long ago."""
    leases.tidy(now)


def read_bounces(now: datetime) -> None:
    """Job: take in the mail systems' reports, where there is a folder for them."""
    if settings.BOUNCES_FOLDER and Path(settings.BOUNCES_FOLDER).is_dir():
        reports.take_in(Path(settings.BOUNCES_FOLDER), now=now)
