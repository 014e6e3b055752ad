"""Approved forms and their files go to the authority's document store, once, or somebody is told."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings

from guildhall.doors.council import health
from guildhall.foundation.audit.models import Entry as Audited
from guildhall.foundation.authority import services as authority
from guildhall.foundation.outbox.models import Task
from guildhall.foundation.outbox.worker import Worker
from guildhall.records.chronology.models import Entry
from guildhall.work.documentstore import services
from guildhall.work.documentstore.models import Export
from guildhall.work.documentstore.store import safe
from tests.standing import NOON
from tests.work.sharing.scene import a_file, an_entry, child_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings: LazySettings, tmp_path: Path) -> Path:
    """A store that is switched on."""
    store = tmp_path / "store"
    store.mkdir()
    settings.DOCUMENT_STORE = str(store)
    authority.change_setting("documents.export", value=True, by=None, now=NOON)
    return store


def run(minutes: float = 0) -> None:
    now = NOON + timedelta(minutes=minutes)
    services.put_exports(now=now)
    Worker(clock=lambda: now).drain()


def documents(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def standing() -> bool:
    (line,) = [line for line in health.lines(NOON) if line.key == "Documents"]
    return line.well


@pytest.fixture
def entry() -> Entry:
    entry = an_entry()
    a_file(entry)
    return entry


@pytest.mark.req("SP-348")
def test_an_approved_form_and_its_files_go_there_with_reference_child_and_file_beside_each(
    folder: Path, entry: Entry
):
    run()
    run(5)

    assert documents(folder) == ["01-plan.txt", "01-plan.txt.json", "form.pdf", "form.pdf.json"]
    (beside,) = folder.rglob("01-plan.txt.json")
    said, child = json.loads(beside.read_text()), child_of(entry)
    assert said["reference"] == beside.parent.parent.name
    assert said["child"]["reference"] == child.reference
    assert said["child"]["name"] == child.name
    assert said["file"]["name"] == "plan.txt"
    assert (beside.parent / "01-plan.txt").read_bytes() == b"The plan."
    assert (beside.parent / "form.pdf").read_bytes().startswith(b"%PDF")
    assert Export.objects.get().files == 1
    assert Audited.objects.filter(verb="documents.exported", child_id=child.pk).count() == 1
    assert standing()


@pytest.mark.req("SP-348")
def test_it_is_off_until_somebody_switches_it_on_and_then_takes_what_was_approved_before(
    settings: LazySettings, tmp_path: Path, entry: Entry
):
    settings.DOCUMENT_STORE = str(tmp_path)
    run()
    assert not Task.objects.filter(kind="document-export").exists()

    authority.change_setting("documents.export", value=True, by=None, now=NOON)
    run()
    assert Export.objects.count() == 1


@pytest.mark.req("SP-348")
def test_a_store_that_is_away_is_tried_again_and_shown_to_the_administrator(folder: Path, entry: Entry):
    folder.rmdir()
    run()
    assert not Export.objects.exists()
    assert not standing()
    assert not folder.exists()

    folder.mkdir()
    run(10)
    assert Export.objects.count() == 1
    assert standing()


@pytest.mark.req("SP-348")
def test_a_file_that_waits_for_its_scan_is_waited_for(folder: Path, entry: Entry):
    a_file(entry, state="quarantined")
    run()
    assert documents(folder) == []
    assert "FilesWait" in Task.objects.get(kind="document-export").last_error


def test_switched_on_without_a_folder_is_told(settings: LazySettings):
    settings.DOCUMENT_STORE = ""
    authority.change_setting("documents.export", value=True, by=None, now=NOON)
    assert services.put_exports(now=NOON) == 0
    assert not standing()


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "_.._etc_passwd"),
        ("a/b\\c\x00.txt", "a_b_c_.txt"),
        (".hidden", "hidden"),
        ("…", "_"),
        ("plan " + "x" * 300 + ".pdf", "plan " + "x" * 155 + ".pdf"),
        ("ŵ" * 300 + "." + "z" * 300, "ŵ" * 80 + "." + "z" * 20),
        ("..", "file"),
    ],
)
def test_a_name_leads_nowhere_else(name: str, kept: str):
    assert "/" not in safe(name)
    assert not safe(name).startswith(".")
    assert len(safe(name).encode()) <= 200
    assert safe(name) == kept
