"""A disk that is full when somebody adds a file (F10): refused in words, and what was typed is kept."""

import errno
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files import uploadhandler
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guildhall.foundation.files import storage
from guildhall.foundation.files.models import StoredFile
from guildhall.paperwork.submissions.models import Draft
from tests.definitions import FULL, a_draft, every_kind, question
from tests.standing import come_in

from .pages import step_url, typed

pytestmark = [pytest.mark.django_db, pytest.mark.req("GH-026")]


@pytest.fixture
def draft(client: Client) -> Draft:
    plain = every_kind()
    plain["groups"][-1]["questions"].append(question("REMARK"))
    made = a_draft(form=plain, answers=FULL)
    come_in(client, made.owner)
    return made


@pytest.fixture
def tiny(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 KiB, mounted."""
    folder = tmp_path / "tiny"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tiny", str(folder)]
    if os.geteuid() or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("NOT TESTED: mounting a disk of our own needs the rights of the machine's owner")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def add(client: Client, draft: Draft, remark: str):
    posted = typed(client.get(step_url(draft, "evidence")), _upload="LETTERS", remark=remark)
    posted["q-letters"] = SimpleUploadedFile("letter.txt", b"We saw Mali in May. " * 500)
    return client.post(step_url(draft, "evidence"), posted, follow=True)


def test_a_full_disk_of_files_refuses_the_file_beside_its_question_until_there_is_room(
    client, draft, tiny, settings
):
    settings.FILES_ROOT = tiny / "files"
    filler = tiny / "filler"
    filler.write_bytes(b"." * 60_000)

    page = add(client, draft, "See page 2")

    assert page.status_code in {200, 422}
    assert "the portal has no room for files at the moment" in page.text
    assert "See page 2" in page.text
    assert Draft.objects.get().answers["REMARK"] == "See page 2"
    assert not StoredFile.objects.exists()
    assert [path for path in tiny.glob("files/**/*") if path.is_file()] == [], "no half file"
    filler.unlink()
    assert "letter.txt" in add(client, draft, "See page 2").text
    assert StoredFile.objects.count() == 1


def test_whatever_the_disk_answers_is_a_refusal_and_leaves_no_half_file(client, draft, monkeypatch):
    def fails(_descriptor: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(storage.os, "fsync", fails)

    page = add(client, draft, "Typed before")

    assert "the portal has no room for files at the moment" in page.text
    assert Draft.objects.get().answers["REMARK"] == "Typed before"
    assert [path for path in storage.path_of("").glob("**/*") if path.is_file()] == []


def test_a_full_disk_of_what_is_being_sent_is_said_in_words(client, draft, monkeypatch):
    def full(*_args: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(uploadhandler, "TemporaryUploadedFile", full)
    client.raise_request_exception = False

    page = add(client, draft, "Typed before")

    assert page.status_code == 507
    assert "Sorry, the portal has no room at the moment" in page.text
