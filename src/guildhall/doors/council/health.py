"""How the portal stands, as lines for the status page: each with its next step when it is red."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from guildhall.foundation.audit import queries as audit
from guildhall.foundation.audit import spool
from guildhall.foundation.files import queries as files
from guildhall.foundation.files import storage
from guildhall.foundation.kit.speech import clock, day
from guildhall.foundation.outbox import queries as outbox
from guildhall.foundation.texts.queries import say
from guildhall.work.alerts.asking import running as alert_queries
from guildhall.work.documentstore import queries as documentstore

LATE = timedelta(minutes=5)
SILENT = timedelta(seconds=60)
FILES_LATE = timedelta(minutes=10)
SPOOL_NEARLY_FULL = 0.8
VERIFIED_WITHIN = timedelta(hours=48)
LEAST_ROOM = 2 * 1024**3


@dataclass(frozen=True)
class Line:
    """One thing that can stand still. ``step`` is what to do, empty when all is well."""

    key: str
    name: str
    well: bool
    words: str
    step: str


def lines(now: datetime) -> list[Line]:
    """Everything, in the order in which one looks for a fault."""
    checks: tuple[Callable[[datetime], Line], ...] = (
        _workers,
        _schedule,
        _waiting,
        _stuck,
        _mail,
        _scanner,
        _files,
        _documents,
        _alerts,
        _room,
        _seals,
        _verified,
        _spool,
    )
    return [check(now) for check in checks]


def _line(key: str, well: bool, value: str) -> Line:
    words = say(f"administration.Status_{key}_{'Well' if well else 'Bad'}", value=value)
    step = "" if well else say(f"administration.Status_{key}_Step")
    return Line(key, say(f"administration.Status_{key}"), well, words, step)


def _workers(now: datetime) -> Line:
    standing = outbox.standing(now)
    return _line("Worker", bool(standing.workers), str(standing.workers))


def _schedule(now: datetime) -> Line:
    last = outbox.last_job()
    return _line("Schedule", last is not None and now - last <= LATE, _moment(last))


def _waiting(now: datetime) -> Line:
    oldest = outbox.standing(now).oldest_waiting or timedelta()
    return _line("Waiting", oldest <= LATE, _minutes(oldest))


def _stuck(_now: datetime) -> Line:
    count = outbox.stuck().count()
    return _line("Stuck", not count, str(count))


def _mail(_now: datetime) -> Line:
    failing = outbox.failing("email")
    return _line("Mail", not failing, str(failing))


def _scanner(_now: datetime) -> Line:
    if not settings.CLAMD:
        return _line("NoScanner", False, "")
    return _line("Scanner", files.scanner_is_there(), "")


def _files(now: datetime) -> Line:
    waiting = files.waiting()
    oldest = waiting.first()
    late = oldest is not None and now - oldest.uploaded_at > FILES_LATE
    return _line("Files", not late, str(waiting.count()))


def _documents(_now: datetime) -> Line:
    if not documentstore.is_on():
        return _line("Documents", True, say("administration.Documents_Off"))
    if documentstore.store() is None:
        return _line("Documents", False, say("administration.Documents_NoFolder"))
    if failing := documentstore.failing():
        return _line("Documents", False, say("administration.Documents_Failing", count=failing))
    return _line("Documents", True, say("administration.Documents_Fine"))


def _alerts(_now: datetime) -> Line:
    lacking = alert_queries.lacking_account()
    return _line("Alerts", not lacking, lacking)


def _room(_now: datetime) -> Line:
    free = storage.free_bytes()
    return _line("Room", free >= LEAST_ROOM, f"{free / 1024**3:.1f}")


def _seals(now: datetime) -> Line:
    return _line("Seals", not audit.unsealed_too_long(now), _moment(audit.last_seal()))


def _verified(now: datetime) -> Line:
    last = audit.last_verified()
    if last is not None and last[1]:
        return _line("Broken", False, last[1])
    recent = last is not None and now - last[0] <= VERIFIED_WITHIN
    return _line("Verified", recent, _moment(last[0] if last else None))


def _spool(_now: datetime) -> Line:
    standing = spool.here().standing()
    if not standing.there:
        return _line("NoSpool", False, "")
    if standing.used >= SPOOL_NEARLY_FULL:
        return _line("FullSpool", False, f"{standing.used:.0%}")
    # The worker merges once a minute: whatever it leaves, it could not merge.
    return _line("Spool", not standing.waiting, str(standing.waiting))


def _moment(at: datetime | None) -> str:
    return f"{day(at)}, {clock(at)}" if at else say("administration.Status_Never")


def _minutes(age: timedelta) -> str:
    return str(int(age.total_seconds() // 60))
