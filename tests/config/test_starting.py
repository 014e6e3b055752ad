"""What ``./run`` checks before it starts: its options, and whether there is anything to prepare."""

import sqlite3
from contextlib import closing
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from io import StringIO
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from scripts.prepared import is_prepared, mark
from scripts.setup import ROOT, CannotSetUp

from guildhall.demonstration.management.commands import load_demonstration, prepare
from guildhall.foundation.authority.models import Setting, Stamp
from guildhall.people.membership.models import Membership


@pytest.fixture(scope="module")
def starter() -> ModuleType:
    loader = SourceFileLoader("starter", str(ROOT / "run"))
    spec = spec_from_loader("starter", loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


def a_folder(data: Path, *, in_folder: int, in_database: int) -> Path:
    (data / "prepared").write_text(str(in_folder))
    with closing(sqlite3.connect(data / "guildhall.sqlite3")) as one, one:
        one.execute("CREATE TABLE authority_stamp (name TEXT PRIMARY KEY, revision INTEGER)")
        one.execute("INSERT INTO authority_stamp VALUES ('prepared', ?)", [in_database])
    return data


def test_what_this_program_left_is_not_prepared_again_and_anything_else_is(tmp_path: Path):
    wanted = mark(demo=True)
    assert not is_prepared(tmp_path, "", wanted)

    a_folder(tmp_path, in_folder=wanted, in_database=wanted)

    assert is_prepared(tmp_path, "", wanted)
    assert not is_prepared(tmp_path, "", mark(demo=False))
    assert not is_prepared(tmp_path, "postgres://nobody@127.0.0.1:1/none", wanted)


def test_a_database_put_back_from_another_day_is_prepared_again(tmp_path: Path):
    wanted = mark(demo=True)
    a_folder(tmp_path, in_folder=wanted, in_database=wanted - 1)

    assert not is_prepared(tmp_path, "", wanted)


@pytest.mark.django_db
def test_prepare_leaves_its_mark_when_all_is_done(settings: LazySettings, tmp_path: Path, monkeypatch: Any):
    settings.DATA = tmp_path
    done: list[str] = []
    monkeypatch.setattr(prepare, "call_command", lambda name, **_: done.append(name))

    call_command("prepare", "--mark", "12345")

    assert done == ["load_forms", "load_bank"]
    assert (tmp_path / "prepared").read_text() == "12345"
    assert Stamp.objects.get(name="prepared").revision == 12345


@pytest.mark.django_db
def test_prepare_migrates_first_where_a_migration_waits(monkeypatch: Any):
    MigrationRecorder(connection).flush()
    done: list[str] = []
    monkeypatch.setattr(prepare, "call_command", lambda name, **_: done.append(name))

    call_command("prepare")

    assert done == ["migrate", "load_forms", "load_bank"]


@pytest.mark.django_db
def test_a_database_that_lets_nobody_in_is_said_in_one_line(monkeypatch: Any):
    def closed() -> None:
        raise OperationalError("connection failed: \n password authentication failed")

    monkeypatch.setattr(prepare.connection, "ensure_connection", closed)

    with pytest.raises(CommandError, match=r"does not let us in. Its words: connection failed: password"):
        call_command("prepare")


@pytest.mark.django_db(transaction=True)
def test_a_demonstration_that_is_stopped_half_way_leaves_nothing(monkeypatch: Any):
    def half(*, now: Any, say: Any) -> None:
        Setting.objects.create(key="half.made", value=1, changed_at=now)
        raise KeyboardInterrupt

    monkeypatch.setattr(load_demonstration.services, "make_demonstration", half)

    with pytest.raises(KeyboardInterrupt):
        call_command("load_demonstration", stdout=StringIO())

    assert not Setting.objects.filter(key="half.made").exists()


@pytest.mark.parametrize("port", [0, 65536, 99999, -1])
def test_a_number_that_is_no_port_is_refused(starter: ModuleType, port: int):
    with pytest.raises(CannotSetUp, match=f"{port} is no port"):
        starter._refuse_port(port)


@pytest.mark.parametrize("url", ["mysql://x/y", "postgres://", "postgres://host", "guildhall", "sqlite:///x"])
def test_an_address_that_is_no_database_is_refused_before_anything_is_made(starter: ModuleType, url: str):
    with pytest.raises(CannotSetUp, match="postgres://user:password@host:5432/name"):
        starter._refuse_database(url)


def test_a_folder_that_cannot_be_written_is_refused_with_another_way(starter: ModuleType, tmp_path: Path):
    (tmp_path / "file").touch()

    with pytest.raises(CannotSetUp, match=r"cannot be written \(Not a directory\).*--data"):
        starter._folder(tmp_path / "file" / "data")


@pytest.mark.django_db
def test_without_a_demonstration_the_way_in_is_told_until_somebody_has_it(settings: LazySettings):
    settings.DEMONSTRATION = False
    assert not Membership.objects.exists()
    said = StringIO()

    call_command("welcome", stdout=said)

    assert "./guildhall create_officer NAME EMAIL FORENAME SURNAME --role administrator" in said.getvalue()
