"""Is this installation fit for real people? Numbered findings; the operators' guide explains each.

An E is unsafe and must be put right; a W is a thing that works, but less well than people may think.
"""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from guildhall.config.sqlite import sound_wal
from guildhall.foundation.access.check import every_view_has_a_door
from guildhall.foundation.audit import queries as audit
from guildhall.foundation.audit import spool
from guildhall.foundation.files import clamd
from guildhall.foundation.outbox import queries as outbox
from guildhall.work.alerts.asking import running as alert_queries

SHORTEST_KEY = 50
SILENT_AFTER = timedelta(seconds=60)
UNCHECKED_AFTER = timedelta(hours=26)
SPOOLED_TOO_LONG = timedelta(minutes=10)
NEARLY_FULL = 0.8


@dataclass(frozen=True)
class Finding:
    """``number`` begins with E (unsafe) or W (worth knowing)."""

    number: str
    words: str

    @property
    def unsafe(self) -> bool:
        return self.number.startswith("E")


class KnownSecretKey(Exception):
    """The program was started for real people with the key that everybody can read."""


def refuse_known_key() -> None:
    """Raise KnownSecretKey unless this is a demonstration, or a programmer's own machine."""
    if settings.SECRET_KEY == settings.KNOWN_KEY and not settings.DEBUG and not settings.DEMONSTRATION:
        raise KnownSecretKey(
            "Set GUILDHALL_SECRET_KEY to a long random word. Without it anybody can sign codes and sessions."
        )


def findings(now: datetime) -> list[Finding]:
    """Everything that is wrong here, worst first."""
    found = [finding for check in CHECKS for finding in check(now)]
    return sorted(found, key=lambda finding: finding.number)


def _doors(_now: datetime) -> Iterator[Finding]:
    for problem in every_view_has_a_door():
        yield Finding(f"E{(problem.id or '').removeprefix('guildhall.E')}", problem.msg)


def _web(_now: datetime) -> Iterator[Finding]:
    if settings.DEBUG:
        yield Finding("E010", "DEBUG is on: faults show the inside of the program. Unset GUILDHALL_DEBUG.")
    if "*" in settings.ALLOWED_HOSTS or "" in settings.ALLOWED_HOSTS or not settings.ALLOWED_HOSTS:
        yield Finding("E011", "Any host name is taken. Name the portal's own in GUILDHALL_SITE_URL.")
    if not settings.SITE_URL.startswith("https://"):
        yield Finding("E012", "GUILDHALL_SITE_URL is not https: passwords and forms travel in the open.")
    if settings.SECRET_KEY == settings.KNOWN_KEY:
        yield Finding("E013", "GUILDHALL_SECRET_KEY is not set: the one in use is known to everybody.")
    elif len(settings.SECRET_KEY) < SHORTEST_KEY:
        yield Finding("E014", f"GUILDHALL_SECRET_KEY is shorter than {SHORTEST_KEY} characters.")
    if settings.DEMONSTRATION:
        yield Finding("E015", "This is a demonstration: anybody can read its mail. Unset GUILDHALL_DEMO.")
    if settings.WHITENOISE_USE_FINDERS:
        yield Finding("W016", "Pages' files are served uncompressed. Set GUILDHALL_PLAIN_STATIC to 0.")


def _database(_now: datetime) -> Iterator[Finding]:
    try:
        if connection.vendor == "sqlite":
            yield from _sqlite()
        else:
            yield from _postgresql()
    except DatabaseError:
        yield Finding("E020", "The database does not answer.")


def _sqlite() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        journal = str(cursor.execute("PRAGMA journal_mode").fetchone()[0])
        synchronous = int(cursor.execute("PRAGMA synchronous").fetchone()[0])
    if journal == "wal" and not sound_wal(sqlite3.sqlite_version_info):
        yield Finding("E030", "SQLite's journal is WAL, in which this version of SQLite can lose commits.")
    if synchronous < {"wal": 2, "memory": 0}.get(journal, 3):
        yield Finding("E031", "SQLite does not wait for the disk: a power cut loses what people sent.")
    if journal not in {"wal", "delete", "memory"}:
        yield Finding("E032", f"SQLite's journal is {journal}, which does not survive a crash.")
    if _readable_by_others(Path(settings.DATA)):
        yield Finding("E033", "Other users of this machine can open the data folder. Run chmod 700 on it.")


def _readable_by_others(folder: Path) -> bool:
    return folder.exists() and bool(folder.stat().st_mode & 0o077)


def _postgresql() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        for number, name in (("E021", "fsync"), ("E022", "synchronous_commit"), ("E023", "full_page_writes")):
            cursor.execute("SELECT current_setting(%s)", [name])
            if cursor.fetchone()[0] == "off":
                yield Finding(number, f"PostgreSQL's {name} is off: a crash loses what people sent.")
    if statements := alert_queries.lacking_account():
        yield Finding("W024", f"The queries of alerts have no account of their own. Run: {statements}")


def _services(now: datetime) -> Iterator[Finding]:
    if not settings.CLAMD:
        yield Finding("W040", "There is no scanner (GUILDHALL_CLAMD): files wait and nobody can open them.")
    elif not clamd.answers():
        yield Finding("W041", "The scanner does not answer: files wait until it does.")
    if settings.MAIL == "files":
        yield Finding("W042", "Emails are written as files (GUILDHALL_MAIL): nobody gets a code or a notice.")
    try:
        standing = outbox.standing(now)
    except DatabaseError:
        return
    if standing.last_heartbeat is None or standing.last_heartbeat > SILENT_AFTER:
        yield Finding("W043", "No worker was heard of for a minute: no email goes and no file is checked.")
    if standing.stuck:
        yield Finding("W044", f"{standing.stuck} tasks of the outbox failed again and again.")
    if standing.oldest_waiting and standing.oldest_waiting > timedelta(minutes=5):
        yield Finding("W045", "Work has waited in the outbox for more than five minutes.")


def _audit(now: datetime) -> Iterator[Finding]:
    try:
        checked = audit.last_verified()
    except DatabaseError:
        return
    if checked is None:
        return
    at, broken = checked
    if broken:
        yield Finding("E050", f"The audit does not hold together at {broken}: it was changed from outside.")
    if now - at > UNCHECKED_AFTER:
        yield Finding("W051", "Nobody checked for more than a day whether the audit was changed.")


def _spool(now: datetime) -> Iterator[Finding]:
    here = spool.here()
    standing = here.standing()
    if not standing.there:
        yield Finding(
            "W052",
            f"There is no spool in {here.folder}: while the database takes nothing, no child's record opens.",
        )
        return
    if _with_the_database(here.folder):
        yield Finding("W053", "The audit's spool is on the disk of the database (GUILDHALL_AUDIT_SPOOL).")
    if standing.used >= NEARLY_FULL:
        yield Finding("W054", f"The audit's spool is full to {standing.used:.0%}.")
    if standing.oldest and now - standing.oldest > SPOOLED_TOO_LONG:
        yield Finding(
            "W055", f"{standing.waiting} looks at children wait in the spool for more than ten minutes."
        )


def _with_the_database(folder: Path) -> bool:
    """Whether ``folder`` is on the disk of the database, as far as this machine can tell."""
    try:
        if connection.vendor == "sqlite":
            where = str(connection.settings_dict["NAME"])
        else:
            with connection.cursor() as cursor:
                cursor.execute("SELECT current_setting('data_directory', true)")
                where = str(cursor.fetchone()[0] or "")
        return Path(where).stat().st_dev == folder.stat().st_dev
    except (DatabaseError, OSError):  # elsewhere, or not ours to see
        return False


CHECKS: tuple[Callable[[datetime], Iterator[Finding]], ...] = (
    _doors,
    _web,
    _database,
    _services,
    _audit,
    _spool,
)
