"""Files that come in parts: lost connections, restarts, reloads, limits, and what is swept (GH-026)."""

import random
from datetime import timedelta
from hashlib import sha256

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guildhall.doors.filling.views.uploading import CHUNK
from guildhall.foundation.files import services as files
from guildhall.foundation.files import storage
from guildhall.foundation.files.models import Arriving, StoredFile
from guildhall.paperwork.submissions import services as submissions
from guildhall.paperwork.submissions.models import Draft
from tests.standing import NOON, another_parent, come_in

from .pages import step_url, typed
from .test_files import draft as _draft

pytestmark = pytest.mark.django_db
draft = _draft
TEXT = b"We saw Mali in May, and she was well.\n" * 30_000  # more than one MB


def begin(client, draft, content=TEXT, name="letter.txt", **more):
    asked = {"place": "evidence", "field": "q-letters", "name": name, "size": len(content)}
    asked |= {"fingerprint": f"{name} {len(content)} 1"} | more
    return client.post(reverse("filling:uploads", args=[draft.pk]), asked)


def send(client, begun, content=TEXT, at=None, length=CHUNK):
    at = begun["offset"] if at is None else at
    part = content[at : at + length]
    return client.post(f"{begun['href']}?offset={at}", part, content_type="application/octet-stream")


def send_all(client, begun, content=TEXT):
    while (answer := send(client, begun, content)).status_code == 200:
        begun = answer.json()
    return answer


@pytest.mark.req("GH-026")
def test_a_file_that_came_in_parts_is_the_file_that_was_sent_and_waits_for_the_scanner(client, draft):
    answer = send_all(client, begin(client, draft).json())

    assert answer.status_code == 201 and "letter.txt" in answer.json()["listing"]
    file = StoredFile.objects.get()
    assert (file.original_sha256, file.bytes) == (sha256(TEXT).hexdigest(), len(TEXT))
    assert storage.sound(file.storage_key, file.sha256) and file.state == StoredFile.State.QUARANTINED
    assert Draft.objects.get().answers["LETTERS"] == [str(file.pk)]
    assert list(storage.all_parts(older_than=2**40)) == [Arriving.objects.get().storage_key]


@pytest.mark.heavy
@pytest.mark.both
@pytest.mark.req("GH-026")
def test_a_file_survives_connections_that_break_at_random_and_replies_that_are_lost(client, draft):
    chance = random.Random(7)
    for number in range(10):
        if StoredFile.objects.exists():
            submissions.remove_file(draft, file_id=str(StoredFile.objects.get().pk), by=draft.owner, now=NOON)
        content = chance.randbytes(1_000).hex().encode() * 200
        begun = begin(client, draft, content, name=f"{number}.txt").json()
        while True:
            offset = client.get(begun["href"]).json().get("offset", 0)
            length = chance.randrange(1, CHUNK)  # a proxy hands on what came before the connection broke
            answer = send(client, begun, content, at=offset, length=length)
            if answer.status_code == 201:
                break
            if chance.random() < 0.5:  # its reply is lost: the script sends the same part again
                again = send(client, begun, content, at=offset, length=length)
                assert again.status_code == 200 and again.json()["offset"] == offset + length
        assert StoredFile.objects.get().original_sha256 == sha256(content).hexdigest()


def test_the_reply_to_the_last_part_can_be_asked_for_again_and_the_file_is_there_once(client, draft):
    begun = begin(client, draft).json()
    send_all(client, begun)

    again = client.get(begun["href"])

    assert again.status_code == 201 and "letter.txt" in again.json()["listing"]
    assert send(client, begun).status_code == 201
    assert StoredFile.objects.count() == 1


@pytest.mark.req("GH-026")
def test_after_a_reload_the_page_says_how_much_came_and_the_same_file_goes_on(client, draft):
    begun = begin(client, draft).json()
    send(client, begun)

    page = client.get(step_url(draft, "evidence"))
    assert "22% has arrived" in page.text
    assert begin(client, draft).json()["offset"] == CHUNK
    assert begin(client, draft, TEXT + b"x").json()["offset"] == 0

    client.post(step_url(draft, "evidence"), typed(page) | {"forget-upload": begun["href"].split("/")[-2]})
    assert client.get(begun["href"]).status_code == 404
    assert Arriving.objects.count() == 1


def test_a_part_that_was_written_but_not_committed_is_written_again(client, draft):
    begun = begin(client, draft).json()
    upload = Arriving.objects.get()
    storage.grow(upload.storage_key, at=0, content=b"half of a par")  # and then the process was killed

    assert client.get(begun["href"]).json()["offset"] == 0
    send_all(client, begun)
    assert StoredFile.objects.get().original_sha256 == sha256(TEXT).hexdigest()


def test_bytes_that_the_disk_lost_are_asked_for_again(client, draft):
    begun = send(client, begin(client, draft).json()).json()
    storage.part_path(Arriving.objects.get().storage_key).write_bytes(TEXT[:100])

    answer = send(client, begun)

    assert answer.status_code == 409 and answer.json()["offset"] == 100
    send_all(client, answer.json())
    assert StoredFile.objects.get().original_sha256 == sha256(TEXT).hexdigest()


@pytest.mark.req("GH-026", "CP-035")
def test_what_would_be_refused_whole_is_refused_before_a_byte_is_sent(client, draft):
    for refused in (
        begin(client, draft, name="program.exe"),
        begin(client, draft, size=20 * 1024 * 1024 + 1),
        begin(client, draft, size=0),
        begin(client, draft, size="-5"),
        begin(client, draft, field="q-remark"),
    ):
        assert refused.status_code == 422 and refused.json()["message"]
    assert not Arriving.objects.exists()


@pytest.mark.req("CP-035")
def test_a_file_whose_content_is_not_what_its_name_says_is_refused_when_it_is_whole(client, draft):
    answer = send_all(client, begin(client, draft, name="letter.pdf").json())

    assert answer.status_code == 422 and ".pdf" in answer.json()["message"]
    assert not StoredFile.objects.exists() and not Arriving.objects.exists()


def test_parts_are_bounded(client, draft):
    begun = begin(client, draft).json()
    huge = client.post(
        f"{begun['href']}?offset=0", b"x" * (5 * CHUNK), content_type="application/octet-stream"
    )
    assert huge.status_code == 413
    beyond = client.post(
        f"{begun['href']}?offset={len(TEXT) - 1}", b"xx", content_type="application/octet-stream"
    )
    assert beyond.status_code == 409
    assert client.post(f"{begun['href']}?offset=zero", b"x", content_type="text/plain").status_code == 409
    assert Arriving.objects.get().arrived == 0
    for number in range(19):
        assert begin(client, draft, name=f"{number}.txt").status_code == 201
    assert begin(client, draft, name="twenty-one.txt").status_code == 422


def test_an_upload_is_its_owners_and_its_drafts(client, draft):
    begun = begin(client, draft).json()
    stranger = come_in(Client(), another_parent())
    assert stranger.get(begun["href"]).status_code == 404
    assert send(stranger, begun).status_code == 404
    assert stranger.delete(begun["href"]).status_code == 404
    assert client.delete(begun["href"]).status_code == 204
    assert not Arriving.objects.exists()


def test_uploads_that_nobody_goes_on_with_are_swept_with_their_bytes(
    client, draft, django_capture_on_commit_callbacks
):
    send(client, begin(client, draft).json())
    assert files.sweep_arriving(now=timezone.now() + timedelta(hours=23)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert files.sweep_arriving(now=timezone.now() + timedelta(hours=25)) == 1
    assert not Arriving.objects.exists() and not list(storage.all_parts(older_than=2**40))


def test_deleting_the_draft_deletes_what_was_arriving(client, draft, django_capture_on_commit_callbacks):
    send(client, begin(client, draft).json())
    with django_capture_on_commit_callbacks(execute=True):
        submissions.delete_draft(draft, by=draft.owner, now=NOON)
    assert not Arriving.objects.exists() and not list(storage.all_parts(older_than=2**40))


def test_what_a_browser_says_of_a_file_is_kept_only_as_far_as_it_can_be(client, draft):
    begun = begin(client, draft, name="letter\x00.txt", fingerprint="a\x00b")

    assert begun.status_code == 201
    assert (Arriving.objects.get().name, Arriving.objects.get().fingerprint) == ("letter.txt", "ab")
