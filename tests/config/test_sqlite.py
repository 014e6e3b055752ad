import fcntl
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.db.utils import ConnectionHandler
from pytest_django import DjangoDbBlocker

from guildhall.config.sqlite import ENGINE, connection_options, sound_wal, use_own_library
from guildhall.config.sqlite.base import DatabaseWrapper
from tests.standing import a_parent

only_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has pg_dump")


def test_versions_that_may_use_wal():
    sound = [(3, 44, 6), (3, 44, 7), (3, 50, 7), (3, 51, 3), (3, 52, 0), (4, 0, 0)]
    unsound = [(3, 7, 0), (3, 40, 1), (3, 44, 5), (3, 45, 9), (3, 50, 6), (3, 51, 2)]
    assert [version for version in sound if not sound_wal(version)] == []
    assert [version for version in unsound if sound_wal(version)] == []


def test_the_library_that_comes_with_the_packages_is_the_one_in_use_and_sound():
    pytest.importorskip("pysqlite3", reason="there is no wheel for this kind of machine")
    assert sound_wal(use_own_library())
    assert sys.modules["sqlite3"].__name__ == "pysqlite3"


@pytest.mark.parametrize(
    ("version", "journal", "synchronous"), [((3, 53, 4), "wal", 2), ((3, 40, 1), "delete", 3)]
)
def test_the_journal_follows_from_the_library_and_always_waits_for_the_disk(
    tmp_path: Path, version: tuple[int, ...], journal: str, synchronous: int
):
    with closing(sqlite3.connect(tmp_path / "records.sqlite3")) as line:
        line.executescript(str(connection_options(version)["init_command"]))
        assert line.execute("PRAGMA journal_mode").fetchone() == (journal,)
        assert line.execute("PRAGMA synchronous").fetchone() == (synchronous,)


@pytest.fixture
def lines(
    tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> Iterator[tuple[DatabaseWrapper, DatabaseWrapper]]:
    """Two connections to one database in a file, of which the second waits for a tenth of a second only."""
    made = ConnectionHandler(
        {
            name: {
                "ENGINE": ENGINE,
                "NAME": str(tmp_path / "records.sqlite3"),
                "OPTIONS": connection_options(sqlite3.sqlite_version_info) | {"timeout": timeout},
            }
            for name, timeout in (("default", 20), ("second", 0.1))
        }
    )
    with django_db_blocker.unblock():
        yield made["default"], made["second"]
        made.close_all()


def begin(line: DatabaseWrapper) -> None:
    line.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


@pytest.mark.parametrize("ends", ["commit", "rollback", "close"])
def test_a_writer_has_the_turn_until_its_transaction_ends_however_that_is(
    lines: tuple[DatabaseWrapper, DatabaseWrapper], tmp_path: Path, ends: str
):
    begin(lines[0])

    with (tmp_path / "records.sqlite3-turn").open() as turn:
        with pytest.raises(BlockingIOError):
            fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
        getattr(lines[0], ends)()
        fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_who_waits_too_long_for_the_turn_is_told_by_sqlite_and_may_try_again(
    lines: tuple[DatabaseWrapper, DatabaseWrapper],
):
    begin(lines[0])
    with pytest.raises(OperationalError, match="locked"):
        begin(lines[1])
    lines[0].commit()
    begin(lines[1])


def test_without_a_file_for_the_turn_transactions_begin_all_the_same(
    lines: tuple[DatabaseWrapper, DatabaseWrapper], tmp_path: Path
):
    (tmp_path / "records.sqlite3-turn").mkdir()
    begin(lines[0])
    with lines[0].cursor() as cursor:
        cursor.execute("CREATE TABLE kept (id INTEGER)")
    lines[0].commit()


@only_sqlite
@pytest.mark.django_db(transaction=True)
def test_a_backup_holds_what_the_database_holds_and_only_its_owner_reads_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    parent = a_parent()
    path = tmp_path / "backup.sqlite3"
    call_command("backup", str(path))

    with closing(sqlite3.connect(path)) as copy:
        assert (parent.email,) in copy.execute("SELECT email FROM accounts_user").fetchall()
    assert path.stat().st_mode & 0o077 == 0
    assert list(tmp_path.glob("backup*")) == [path]
    assert "checked and whole" in capsys.readouterr().out


@only_sqlite
@pytest.mark.django_db(transaction=True)
def test_a_backup_never_writes_over_another(tmp_path: Path):
    path = tmp_path / "backup.sqlite3"
    path.write_text("the one of yesterday")

    with pytest.raises(CommandError, match="Name a new file"):
        call_command("backup", str(path))
    assert path.read_text() == "the one of yesterday"


@only_sqlite
@pytest.mark.django_db(transaction=True)
def test_a_backup_that_cannot_be_written_says_why(tmp_path: Path):
    with pytest.raises(CommandError, match="could not be made"):
        call_command("backup", str(tmp_path / "nowhere" / "backup.sqlite3"))
