"""One site for each kind of database, for all tests of this folder; and one without the protection."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import clamd
from tests.faults.rig import Rig, rig
from tests.support.grounds import Grounds, databases


@pytest.fixture(scope="session")
def grounds() -> Iterator[Grounds]:
    ground = Grounds()
    yield ground
    ground.close()


@pytest.fixture(scope="session", params=["SQLite", "PostgreSQL"])
def on(request: pytest.FixtureRequest) -> str:
    """The kind of database. Skips, saying so, on a machine without PostgreSQL."""
    if request.param not in databases():
        pytest.skip("NOT TESTED: PostgreSQL is not installed (apt-get install postgresql)")
    return str(request.param)


@pytest.fixture(scope="session")
def site(grounds: Grounds, on: str) -> Iterator[Rig]:
    """The portal itself, in real processes, with a mail server and a scanner."""
    with rig(grounds, on, scanned=Path(clamd._PROGRAM).exists()) as one:
        yield one


@pytest.fixture(scope="session")
def unprotected(grounds: Grounds, on: str) -> Iterator[Rig]:
    """The control: the same portal without the key's protection."""
    with rig(grounds, on, control="key", scanned=False) as one:
        yield one


@pytest.fixture
def torn(grounds: Grounds, on: str) -> Iterator[Rig]:
    """The control: the same portal, in which sending is not one transaction."""
    with rig(grounds, on, control="transaction", scanned=False, processes=1) as one:
        yield one


@pytest.fixture
def forgetful(grounds: Grounds, on: str) -> Iterator[Rig]:
    """The control: the portal on a database server that says yes before what it holds is on disk."""
    if on != "PostgreSQL":
        pytest.skip("a process that dies takes nothing from SQLite that it had written")
    with rig(grounds, on, scanned=False, processes=1) as one:
        grounds.configure("synchronous_commit = off", "wal_writer_delay = '10s'")
        yield one
        grounds.configure("synchronous_commit = DEFAULT", "wal_writer_delay = DEFAULT")
