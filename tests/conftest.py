"""What every test stands on."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection, transaction
from django.test import TransactionTestCase
from psycopg.conninfo import make_conninfo
from pytest_django import DjangoDbBlocker
from xdist.scheduler import LoadScopeScheduling

from guildhall.foundation.audit import append_only
from guildhall.foundation.texts import frozen as texts
from guildhall.paperwork.forms import frozen
from guildhall.paperwork.forms import queries as forms
from guildhall.people.accounts.hashers import BoundedArgon2Hasher
from guildhall.people.consent import frozen as consent
from guildhall.work.privacy import frozen as privacy

from . import migrated, standing

_FROZEN = (
    append_only.AUDIT,
    frozen.VERSIONS,
    frozen.REVISIONS,
    consent.STATEMENTS,
    texts.CHANGES,
    privacy.LOGS,
    privacy.REASONS,
)
_COST_OF_A_HASH = {name: getattr(BoundedArgon2Hasher, name) for name in ("time_cost", "memory_cost")}


class InARow(LoadScopeScheduling):
    """What one worker does in a row under ``--dist loadscope``: a file, whose tests share people.

    Of the sweep of all pages it is those of one person, and of the faults those on one kind of database.
    """

    def _split_scope(self, nodeid: str) -> str:
        path, _, test = nodeid.partition("::")
        said = test.partition("[")[2]
        if path.startswith("tests/faults/"):
            return said
        return f"{path} {said.rpartition('-')[0]}" if path == "tests/browser/test_pages.py" else path


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> InARow | None:
    """Our own schedule, where it is asked for. (``xdist_group`` does nothing on this version of pytest.)"""
    return InARow(config, log) if config.getvalue("dist") == "loadscope" else None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what asks the database, which alone is run again on the other one."""
    for item in items:
        if item.get_closest_marker("django_db") or "db" in getattr(item, "fixturenames", ()):
            item.add_marker("database")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """The database is not migrated, but copied from one that was."""
    test = connection.settings_dict["TEST"]
    test["MIGRATE"] = False
    if connection.vendor == "postgresql":
        test["TEMPLATE"] = migrated.postgres_template(_address)


def _address(name: str) -> str:
    """That of the database ``name`` on the server of the tests."""
    own = connection.settings_dict
    said = {"host": own["HOST"], "port": own["PORT"], "user": own["USER"], "password": own["PASSWORD"]}
    return make_conninfo(dbname=name, **{key: value for key, value in said.items() if value})


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """A database in memory can be copied only once it is open."""
    if connection.vendor == "sqlite":
        with django_db_blocker.unblock():
            connection.ensure_connection()
            migrated.bring_back(migrated.sqlite_file(), connection.connection)


@pytest.fixture(autouse=True)
def own_data_folder(tmp_path: Path, settings: django_settings) -> Iterator[Path]:
    """Files and mail of a test go to a folder of its own."""
    settings.DATA = tmp_path
    settings.FILES_ROOT = tmp_path / "files"
    settings.AUDIT_SPOOL = tmp_path / "spool"
    settings.AUDIT_SPOOL_BYTES = 64 * 1024
    settings.MAIL_FOLDER = tmp_path / "mail"
    settings.MAIL = "files"
    yield tmp_path


@pytest.fixture(scope="session", autouse=True)
def cheap_hashes() -> Iterator[None]:
    """Passwords are hashed as people's are, but not for the price that makes guessing dear."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BoundedArgon2Hasher, "time_cost", 1)
        patch.setattr(BoundedArgon2Hasher, "memory_cost", 8)
        yield


@pytest.fixture
def dear_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The hash that people get."""
    for name, cost in _COST_OF_A_HASH.items():
        monkeypatch.setattr(BoundedArgon2Hasher, name, cost)


@pytest.fixture(autouse=True)
def no_form_of_another_test() -> None:
    """Form versions are compiled once a process, by an id that the next test's database gives again."""
    forms.definition_of.cache_clear()


@pytest.fixture(scope="session", autouse=True)
def audit_may_be_emptied_between_tests() -> Iterator[None]:
    """The audit and published forms refuse to be emptied, which a test with real transactions needs."""

    def flush_without_triggers(_case: TransactionTestCase) -> None:
        for triggers in _FROZEN:
            triggers.take_down(connection)
        _empty_the_tables()
        for triggers in _FROZEN:
            triggers.put_up(connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", flush_without_triggers)
        yield


def _empty_the_tables() -> None:
    """As Django's ``flush``, but of hundreds of tables only those that hold rows: each takes its time.

    What ``flush`` takes away and ``post_migrate`` brings back the same, stays.
    """
    all_of_them = connection.introspection.django_table_names(only_existing=True, include_views=False)
    tables = [name for name in all_of_them if name not in {"django_content_type", "auth_permission"}]
    quoted = connection.ops.quote_name
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(
                f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {quoted(name)})" for name in tables
            )
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f"DELETE FROM {quoted(name)}")


@pytest.fixture(autouse=True)
def what_every_authority_starts_with(request: pytest.FixtureRequest) -> None:
    """A test with real transactions empties the tables, and with them the rows that migrations wrote."""
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("_django_db_helper")
        standing.begin()
