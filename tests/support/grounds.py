"""Portals to try things on: each with a data folder and a database of its own."""

import os
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time
from contextlib import closing
from functools import cached_property
from pathlib import Path
from typing import Any

import psycopg
from scripts.portal import Portal
from scripts.postgres import Postgres
from scripts.setup import ROOT, find_program

from .. import migrated


def databases() -> list[str]:
    """The kinds of database that this machine has."""
    return ["SQLite", "PostgreSQL"] if find_program("initdb") else ["SQLite"]


_OWN = "guildhall.config.wsgi:application"


class Site(Portal):
    """A portal whose web program may be another ``application``, and whose database can be asked."""

    def __init__(self, data: Path, *, on: str, application: str, database: str, **more: str) -> None:
        super().__init__(data, database=database, **more)
        self.on = on
        self.application = application
        self._own["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), str(ROOT)])

    def _spawn(self, command: list[object], more: dict[str, str]) -> subprocess.Popen[bytes]:
        whole = [self.application if part == _OWN else part for part in command]
        return super()._spawn(whole, more)

    def sql(self, words: str) -> list[tuple[Any, ...]]:
        """Do one statement in the portal's database; its rows, if it has any."""
        if self.on == "SQLite":
            with closing(sqlite3.connect(self.data / "guildhall.sqlite3", timeout=20)) as line, line:
                return line.execute(words).fetchall()
        with psycopg.connect(self._own["GUILDHALL_DATABASE"]) as line:
            done = line.execute(words)  # type: ignore[call-overload]
            return done.fetchall() if done.description else []

    def web_workers(self) -> list[int]:
        """The web processes that answer people: those the server started, without Python's helpers."""
        return [pid for pid in self.web_processes() if b"resource_tracker" not in _words_of(pid)]


def _words_of(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b"resource_tracker"


class Grounds:
    """Makes sites. ``close`` when done: it removes every folder and the database server."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="guildhall-faults-"))
        self.server: Postgres | None = None
        self._count = 0

    def site(self, on: str, *, application: str = _OWN, **more: str) -> Site:
        """A site on an empty, migrated database. Nothing of it runs yet."""
        self._count += 1
        data = self.folder / f"site-{self._count}"
        if on == "SQLite":
            site = Site(data, on=on, application=application, database="", **more)
            migrated.copy_into(site)
            return site
        name = f"site_{self._count}"
        self._admin(self._migrated_server, f"CREATE DATABASE {name} TEMPLATE guildhall")
        # Without this a crash sets copied sequences back to what they were in the template: their numbers
        # are logged ahead, and the copy says so, but the log that it refers to is the template's.
        self._admin(self._migrated_server, "CHECKPOINT")
        return Site(data, on=on, application=application, database=self._url(name), **more)

    def _url(self, name: str) -> str:
        assert self.server
        return self.server.url.removesuffix("guildhall") + name

    @cached_property
    def _migrated_server(self) -> Postgres:
        self.server = Postgres().start().create()
        migrated.fill(self.server.url)
        return self.server

    def configure(self, *settings: str) -> None:
        """Change settings of the database server ("fsync = off"), for what is connected too."""
        for words in [f"ALTER SYSTEM SET {each}" for each in settings]:
            self._admin(self._migrated_server, words)
        self._admin(self._migrated_server, "SELECT pg_reload_conf()")
        self._admin(self._migrated_server, "CHECKPOINT")

    def _admin(self, server: Postgres, words: str) -> None:
        with psycopg.connect(self._url("postgres"), autocommit=True) as line:
            line.execute(words)  # type: ignore[call-overload]

    def close(self) -> None:
        if self.server:
            self.server.remove()
        shutil.rmtree(self.folder, ignore_errors=True)


def kill_server(server: Postgres) -> None:
    """Kill the first process of the database server, as the kernel does when memory runs out."""
    first = (server.folder / "db" / "postmaster.pid").read_text().split()[0]
    os.kill(int(first), signal.SIGKILL)


def bring_up(server: Postgres, seconds: float = 30) -> None:
    """Start the server again; its orphans may still be ending, so it is tried until it comes up."""
    until = time.monotonic() + seconds
    while True:
        try:
            server.start()
            return
        except subprocess.CalledProcessError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
