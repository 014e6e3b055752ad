"""Files and a real ClamAV daemon: clean, infected, down, hanging, gone in the middle, back again."""

import io
import socket
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import RequestFactory

from guildhall.foundation.audit.models import Entry
from guildhall.foundation.files import clamd, queries, storage, tasks, views
from guildhall.foundation.files.models import StoredFile
from guildhall.foundation.outbox.models import Task
from guildhall.foundation.outbox.worker import Worker
from tests.clamd import EICAR, MARKER, Scanner
from tests.standing import NOON, a_parent

from . import corpus
from .test_uploads import an_upload

pytestmark = [pytest.mark.clamd, pytest.mark.django_db]
LATER = NOON + timedelta(minutes=2)


def work(now: datetime = LATER) -> StoredFile:
    """Let a worker do what is due; the only file, as it then is."""
    Worker(clock=lambda: now).drain()
    return StoredFile.objects.get()


@pytest.mark.req("SP-100", "GH-026")
def test_a_clean_file_is_released(scanner: Scanner):
    an_upload(a_parent())

    file = work()

    assert file.state == StoredFile.State.CLEAN
    assert file.scanned_at == LATER
    assert queries.state_words(file, "en") == "Checked for viruses"
    assert Entry.objects.filter(verb="files.clean", about_id=str(file.pk)).exists()


@pytest.mark.req("SP-100", "CP-035")
@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("eicar.txt", EICAR, "Own.Eicar"),
        ("letter.docx", corpus.docx({"word/media/a.bin": EICAR}), "Own.Eicar"),
        ("sheet.ods", corpus.opendocument(corpus.ODS, {"a.bin": EICAR}), "Own.Eicar"),
        ("note.txt", b"before " + MARKER + b" after", "Own.Marker"),
        ("report.pdf", corpus.pdf().replace(b"%%EOF", b"% " + MARKER + b"\n%%EOF"), "Own.Marker"),
        ("letter.doc", corpus.doc(more={"Data": MARKER}), "Own.Marker"),
    ],
)
def test_an_infected_file_is_refused_and_its_bytes_go(
    scanner: Scanner, name: str, content: bytes, found: str, django_capture_on_commit_callbacks
):
    an_upload(a_parent(), name, content)

    with django_capture_on_commit_callbacks(execute=True):
        file = work()

    assert file.state == StoredFile.State.INFECTED
    assert found in file.verdict
    assert not storage.path_of(file.storage_key).exists()
    assert "virus was found" in queries.state_words(file, "en")
    assert Entry.objects.get(verb="files.infected").about_id == str(file.pk)


def test_the_scanner_opens_archives(scanner: Scanner):
    assert clamd.scan(io.BytesIO(corpus.zipped({"eicar.com": EICAR}))) == "Own.Eicar.UNOFFICIAL"


@pytest.mark.req("GH-027")
def test_a_scanner_that_is_down_holds_the_file_and_releases_it_when_it_returns(scanner: Scanner):
    an_upload(a_parent())
    scanner.stop()

    assert work().state == StoredFile.State.QUARANTINED
    task = Task.objects.get()
    assert task.state == Task.State.WAITING
    assert task.due_at == LATER + timedelta(minutes=1)

    scanner.start()
    tasks.rescan_waiting(LATER)
    assert work().state == StoredFile.State.CLEAN


@pytest.mark.req("GH-027")
def test_a_file_that_came_when_no_scanner_was_set_up_is_scanned_once_there_is_one(
    scanner: Scanner, settings: LazySettings
):
    there, settings.CLAMD = settings.CLAMD, ""
    an_upload(a_parent())
    settings.CLAMD = there

    tasks.rescan_waiting(LATER)

    assert work().state == StoredFile.State.CLEAN


@pytest.mark.req("GH-027")
def test_a_scanner_that_hangs_releases_nothing_and_the_next_file_does_not_wait_for_it(
    scanner: Scanner, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(clamd, "TIMEOUT_SECONDS", 0.3)
    monkeypatch.setattr(clamd, "CONNECT_SECONDS", 0.3)
    parent = a_parent()
    an_upload(parent), an_upload(parent, "second.pdf")
    scanner.freeze()

    tried = Worker(clock=lambda: LATER).drain()

    assert tried == 1
    assert not StoredFile.objects.exclude(state=StoredFile.State.QUARANTINED).exists()

    scanner.thaw()
    monkeypatch.setattr(clamd, "TIMEOUT_SECONDS", 20)
    tasks.rescan_waiting(LATER)
    Worker(clock=lambda: LATER).drain()
    assert StoredFile.objects.filter(state=StoredFile.State.CLEAN).count() == 2


def test_a_file_longer_than_the_scanner_takes_is_never_released(scanner: Scanner):
    with pytest.raises(clamd.ScanFailed):
        clamd.scan(io.BytesIO(b"a" * (26 * 1024 * 1024)))


@pytest.fixture
def odd_scanner(settings: LazySettings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[bytes]]:
    """A scanner that answers what the test puts into the list, after reading everything."""
    answers: list[bytes] = []
    server = socket.create_server(("127.0.0.1", 0))
    settings.CLAMD = f"127.0.0.1:{server.getsockname()[1]}"

    def serve() -> None:
        while True:
            try:
                line, _ = server.accept()
            except OSError:
                return
            with line:
                received = b""
                while not received.endswith((b"\0\0\0\0", b"VERSION\0")) and (piece := line.recv(65536)):
                    received += piece
                line.sendall(b"ClamAV odd\0" if received == b"zVERSION\0" else answers[0])

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield answers
    server.shutdown(socket.SHUT_RDWR)
    server.close()
    thread.join(5)


@pytest.mark.req("GH-027")
@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"stream: O",
        b"stream: OK",
        b"OK\0",
        b"stream: OK \0",
        b"stream: ERROR\0",
        b"INSTREAM size limit exceeded. ERROR\0",
        b"stream: not OK\0",
    ],
)
def test_only_the_scanner_s_own_words_release_a_file(odd_scanner: list[bytes], answer: bytes):
    odd_scanner.append(answer)
    an_upload(a_parent())

    assert work().state == StoredFile.State.QUARANTINED
    assert Task.objects.get().state == Task.State.WAITING


def test_a_verdict_over_tcp_counts(odd_scanner: list[bytes]):
    odd_scanner.append(b"stream: OK\0")
    an_upload(a_parent())

    assert work().state == StoredFile.State.CLEAN


def test_a_file_whose_bytes_were_changed_on_disk_is_never_released(scanner: Scanner):
    file = an_upload(a_parent())
    storage.path_of(file.storage_key).write_bytes(b"something else")

    assert work().state == StoredFile.State.QUARANTINED
    assert "BytesMissing" in Task.objects.get().last_error


def ask(file: StoredFile):
    return views.serve(file, request=RequestFactory().get("/"))


@pytest.mark.req("GH-026", "GH-027")
def test_a_clean_file_leaves_as_a_download_that_no_browser_runs(scanner: Scanner):
    an_upload(a_parent(), "Adroddiad Siân.pdf")
    response = ask(work())

    assert b"".join(response.streaming_content) == corpus.pdf()
    response.close()
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''Adroddiad%20Si%C3%A2n.pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "no-store, private"


@pytest.mark.req("GH-027")
def test_a_file_in_quarantine_is_never_served_and_the_page_says_why():
    response = ask(an_upload(a_parent()))

    assert response.status_code == 409
    assert "cannot be opened yet" in response.content.decode()


@pytest.mark.req("SP-101")
def test_an_infected_file_is_never_served_and_the_page_says_what_the_source_says(scanner: Scanner):
    an_upload(a_parent(), "eicar.txt", EICAR)
    response = ask(work())

    assert response.status_code == 404
    assert "There was a problem completing the requested action." in response.content.decode()


def test_a_file_that_changed_on_disk_is_not_served(scanner: Scanner):
    an_upload(a_parent())
    file = work()
    Path(storage.path_of(file.storage_key)).write_bytes(b"%PDF- something else %%EOF")

    assert ask(file).status_code == 404
