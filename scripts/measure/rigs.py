"""The portal and the reference, started side by side on one kind of database."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.portal import Portal
from scripts.postgres import Postgres, free_port
from scripts.setup import PYTHON, ROOT, VENV, environment, find_program

PEOPLE = 4


@dataclass
class Rig:
    """A running portal and a running reference. ``people`` are signed in at each, with what they may use."""

    on: str
    portal: Portal
    reference: Portal
    people: list[dict[str, Any]]
    reference_people: list[dict[str, Any]]


def databases() -> list[str]:
    """The kinds of database that can be measured on this machine."""
    return ["SQLite", "PostgreSQL"] if find_program("initdb") else ["SQLite"]


@contextmanager
def data_folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="guildhall-bench-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def database(on: str) -> Iterator[str]:
    """The URL of an empty database; empty for SQLite in the data folder."""
    if on == "SQLite":
        yield ""
        return
    server = Postgres().start().create()
    try:
        yield server.url
    finally:
        server.remove()


@contextmanager
def rig(on: str, *, processes: int = 1) -> Iterator[Rig]:
    """Portal and reference with ``PEOPLE`` signed-in people each."""
    with data_folder() as folder, database(on) as url, database(on) as reference_url:
        portal = Portal(folder / "portal", database=url, PLAIN_STATIC="0")
        portal.command("prepare")
        people = json.loads(portal.python("scripts.measure.prepare", str(PEOPLE)))
        reference = Reference(folder / "reference", reference_url)
        reference_people = reference.prepare(PEOPLE)
        portal.start_web(processes=processes)
        reference.start()
        try:
            yield Rig(on, portal, reference, people, reference_people)
        finally:
            portal.stop()
            reference.stop()


class Reference(Portal):
    """The bare program, started as the portal is."""

    def __init__(self, data: Path, database: str) -> None:
        super().__init__(data, port=free_port())
        self._own = {"REFERENCE_DATA": str(data)} | ({"REFERENCE_DATABASE": database} if database else {})

    @property
    def environment(self) -> dict[str, str]:
        own = environment(**self._own, DJANGO_SETTINGS_MODULE="scripts.measure.reference.settings")
        return own | {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}

    def prepare(self, count: int) -> list[dict[str, Any]]:
        return json.loads(self.python("scripts.measure.reference.prepare", str(count)))

    def start(self, **_ways: int) -> "Reference":
        server = [
            PYTHON,
            VENV / "bin" / "granian",
            "--interface",
            "wsgi",
            "--host",
            "127.0.0.1",
            "--port",
            str(self.port),
        ]
        server += ["--workers", "1", "--blocking-threads", "1", "--log-level", "warning"]
        self.web = self._spawn([*server, "scripts.measure.reference.wsgi:application"], {})
        self.wait("/user")
        return self

    def wait(self, path: str = "/user", seconds: float = 30) -> None:
        super().wait(path, seconds)
