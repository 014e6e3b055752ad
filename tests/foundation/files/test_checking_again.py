"""Files are checked again before they leave, with a real ClamAV daemon that learns."""

from datetime import datetime, timedelta

import pytest
from django.core.signals import request_finished
from django.db import close_old_connections
from django.http.response import HttpResponseBase
from django.test import RequestFactory
from django.utils import timezone

from guildhall.foundation.files import clamd, storage, tasks, views
from guildhall.foundation.files.models import StoredFile
from guildhall.foundation.files.services import keeping
from guildhall.foundation.outbox.models import Task
from guildhall.foundation.outbox.worker import Worker
from tests.clamd import Scanner
from tests.standing import NOON, a_parent, an_officer

from .test_uploads import an_upload

pytestmark = [pytest.mark.clamd, pytest.mark.django_db]
NEWLY_BAD = b"guildhall-thing-that-nobody-knew-yesterday"


def a_clean_file(name: str = "note.txt", content: bytes = NEWLY_BAD, **more: object) -> StoredFile:
    """A file that was found clean this minute."""
    now = timezone.now()
    file = an_upload(more.pop("owner", None) or a_parent(), name, content, now=now, **more)
    Worker(clock=lambda: now).drain()
    file.refresh_from_db()
    assert file.state == StoredFile.State.CLEAN
    return file


def ask(file: StoredFile) -> HttpResponseBase:
    """What is served. Closing it says that a request is over, which would close the test's connection."""
    response = views.serve(file, request=RequestFactory().get("/"))
    request_finished.disconnect(close_old_connections)
    response.close()
    request_finished.connect(close_old_connections)
    return response


def scanned(file: StoredFile, at: datetime) -> StoredFile:
    StoredFile.objects.filter(pk=file.pk).update(scanned_at=at)
    file.refresh_from_db()
    return file


@pytest.mark.req("SP-102", "GH-026", "SP-101")
def test_a_file_in_which_newer_signatures_find_a_virus_is_blocked_before_the_download(
    scanner: Scanner, django_capture_on_commit_callbacks
):
    file, other = a_clean_file(), a_clean_file("other.txt", b"Nothing bad")
    scanner.learn(NEWLY_BAD)

    with django_capture_on_commit_callbacks(execute=True):
        response = ask(file)

    assert response.status_code == 404
    assert "There was a problem completing the requested action." in response.content.decode()
    file.refresh_from_db()
    assert file.state == StoredFile.State.INFECTED
    assert not storage.path_of(file.storage_key).exists()
    assert Task.objects.filter(kind="infected-file", payload={"file": str(file.pk)}).count() == 1
    assert ask(other).status_code == 200


@pytest.mark.req("SP-102", "GH-026")
def test_an_officer_s_file_is_scanned_and_checked_again_like_any_other(scanner: Scanner):
    file = a_clean_file(owner=an_officer(), held_by=("message", "a1"), question="files")
    scanner.learn(NEWLY_BAD)

    assert ask(file).status_code == 404


@pytest.mark.req("GH-026")
def test_a_file_is_scanned_once_for_each_new_set_of_signatures(
    scanner: Scanner, monkeypatch: pytest.MonkeyPatch
):
    scanner.learn()
    file = a_clean_file()
    scans: list[str] = []
    look = keeping.look_into
    monkeypatch.setattr(keeping, "look_into", lambda one: scans.append(one.name) or look(one))

    assert ask(file).status_code == 200
    assert scans == []

    scanner.learn()
    assert ask(file).status_code == 200
    assert ask(StoredFile.objects.get()).status_code == 200
    assert scans == ["note.txt"]
    assert "27002" in StoredFile.objects.get().signatures


@pytest.mark.req("SP-102")
def test_without_an_answer_of_the_scanner_only_a_file_scanned_of_late_leaves(scanner: Scanner):
    file = a_clean_file()
    scanner.stop()
    clamd._versions.clear()

    assert ask(file).status_code == 200

    old = scanned(file, timezone.now() - timedelta(hours=49))
    response = ask(old)
    assert response.status_code == 409
    assert "last checked for viruses some time ago" in response.content.decode()
    assert StoredFile.objects.get().state == StoredFile.State.CLEAN

    scanner.start()
    assert ask(old).status_code == 200


def test_an_old_scan_is_done_again_even_when_the_signatures_have_the_same_version(scanner: Scanner):
    file = scanned(a_clean_file(), NOON)

    assert ask(file).status_code == 200
    assert StoredFile.objects.get().scanned_at > NOON


def test_a_file_accepted_unscanned_is_scanned_once_there_is_a_scanner(scanner: Scanner):
    file = a_clean_file()
    StoredFile.objects.update(state=StoredFile.State.ACCEPTED, scanned_at=None, signatures="")
    file.refresh_from_db()

    assert ask(file).status_code == 200
    assert StoredFile.objects.get().state == StoredFile.State.CLEAN


def test_the_scanner_s_word_about_itself_is_kept_a_minute(scanner: Scanner):
    scanner.learn()
    before = clamd.version()
    assert before.startswith("ClamAV ")
    scanner.stop()

    assert clamd.version() == before
    clamd._versions.clear()
    assert clamd.version() == ""


def test_the_handler_for_scans_keeps_which_signatures_it_looked_with(scanner: Scanner):
    scanner.learn()
    file = an_upload(a_parent())

    tasks.scan({"file": str(file.pk)}, task_key="k", now=NOON)

    assert "27001" in StoredFile.objects.get().signatures
