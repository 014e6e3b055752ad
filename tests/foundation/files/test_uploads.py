from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from guildhall.foundation.audit.models import Entry
from guildhall.foundation.authority import services as authority
from guildhall.foundation.files import queries, services, storage, tasks
from guildhall.foundation.files.models import StoredFile
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.outbox.models import Task
from guildhall.people.accounts.models import User
from tests.standing import NOON, a_parent

from . import corpus

DRAFT = ("draft", "0e5c")


def an_upload(
    owner: User, name: str = "llythyr.pdf", content: bytes | None = None, **more: object
) -> StoredFile:
    upload = SimpleUploadedFile("x", corpus.pdf() if content is None else content)
    upload._name = name  # as a hostile client would send it
    options = {"held_by": DRAFT, "question": "REPORT", "now": NOON} | more
    return services.accept_upload(upload, owner=owner, **options)


def refused(owner: User, name: str, content: bytes, **more: object) -> services.FileRefused:
    with pytest.raises(services.FileRefused) as refusal:
        an_upload(owner, name, content, **more)
    return refusal.value


def on_disk() -> list[Path]:
    return [path for path in storage.path_of("").glob("**/*") if path.is_file()]


@pytest.mark.django_db
@pytest.mark.req("GH-026", "CP-032")
def test_an_upload_is_kept_whole_in_quarantine_and_waits_for_its_scan(settings: LazySettings):
    settings.CLAMD = "/nowhere"
    file = an_upload(a_parent())

    assert file.state == StoredFile.State.QUARANTINED
    assert storage.path_of(file.storage_key).read_bytes() == corpus.pdf()
    assert storage.sound(file.storage_key, file.sha256)
    assert Task.objects.get(kind="scan").payload == {"file": str(file.pk)}
    assert Entry.objects.get(verb="files.uploaded").about_id == str(file.pk)
    assert queries.held_by(*DRAFT) == [file]


@pytest.mark.heavy
@pytest.mark.both
@pytest.mark.django_db
@pytest.mark.parametrize("sample", list(corpus.bad()), ids=str)
@pytest.mark.req("SP-097", "CP-033", "CP-035")
def test_a_refused_file_leaves_nothing_and_names_the_kinds_that_would_do(sample: corpus.Sample):
    refusal = refused(a_parent(), sample.name, sample.content)

    assert refusal.reason == sample.refused
    assert refusal.field == "REPORT"
    assert ".doc, .docx, .pdf" in refusal.message
    assert sample.name in refusal.message
    assert not on_disk()
    assert not StoredFile.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "said"), [("en", "Kinds we can take"), ("cy", "Mathau y gallwn eu derbyn")]
)
def test_kinds_are_named_as_kinds_where_the_kind_was_not_what_is_wrong(language: str, said: str):
    with translation.override(language):
        refusal = refused(a_parent(), "a.pdf", b"")

    assert f". {said}: .doc, .docx" in refusal.message
    assert refusal.message.count(":") == 1


@pytest.mark.django_db
@pytest.mark.req("CP-033")
def test_the_refusal_speaks_the_reader_s_language():
    with translation.override("cy"):
        refusal = refused(a_parent(), "a.exe", b"MZ")

    assert "Nid yw “a.exe” yn fath o ffeil y gallwn ei derbyn" in refusal.message


@pytest.mark.django_db
@pytest.mark.req("SP-097", "CP-035")
def test_a_file_of_exactly_the_largest_size_is_taken_and_one_byte_more_is_not():
    parent = a_parent()
    most = 20 * 1024 * 1024

    assert an_upload(parent, "a.txt", b"a" * most).bytes == most
    refusal = refused(parent, "b.txt", b"a" * (most + 1))

    assert refusal.reason == "Too_Big"
    assert "20MB" in refusal.message


@pytest.mark.django_db
@pytest.mark.req("SP-096", "CP-035")
def test_the_authority_sets_the_largest_size():
    parent = a_parent()
    authority.change_setting("files.megabytes_each", value=10, by=None, now=NOON)

    assert "10MB" in refused(parent, "b.txt", b"a" * (10 * 1024 * 1024 + 1)).message


@pytest.mark.django_db
@pytest.mark.req("CP-035")
def test_the_twenty_first_file_of_a_form_is_refused_and_the_others_stay():
    parent = a_parent()
    for number in range(20):
        an_upload(parent, f"{number}.txt", b"words")

    refusal = refused(parent, "one too many.txt", b"words")

    assert refusal.reason == "Too_Many"
    assert "20" in refusal.message
    assert len(queries.held_by(*DRAFT)) == 20
    assert len(on_disk()) == 20
    assert an_upload(parent, "other form.txt", b"words", held_by=("draft", "other"))


@pytest.mark.django_db
@pytest.mark.req("CP-033")
def test_a_question_may_take_fewer_kinds():
    parent = a_parent()

    refusal = refused(parent, "a.pdf", corpus.pdf(), accept={".jpg", "png"})

    assert refusal.reason == "Kind"
    assert refusal.message.endswith(".png, .jpg")
    assert an_upload(parent, "a.png", corpus.picture("PNG"), accept={".jpg", "png"})


@pytest.mark.django_db
@pytest.mark.req("GH-028")
def test_a_photo_is_kept_without_its_location():
    file = an_upload(a_parent(), "cat.jpg", corpus.picture("JPEG", exif=corpus.located_exif()))

    assert b"A camera" not in storage.path_of(file.storage_key).read_bytes()


@pytest.mark.django_db
def test_the_record_of_a_photo_keeps_the_hash_of_what_was_sent():
    sent = corpus.picture("JPEG", exif=corpus.located_exif())
    file = an_upload(a_parent(), "cat.jpg", sent)

    assert file.original_sha256 == sha256(sent).hexdigest() != file.sha256
    unchanged = an_upload(a_parent())
    assert unchanged.original_sha256 == unchanged.sha256


@pytest.mark.django_db
def test_a_hostile_name_never_reaches_the_disk():
    file = an_upload(a_parent(), "../../../tmp/x\u202efdp.pdf")

    assert file.name == "xfdp.pdf"
    assert file.storage_key[2] == "/"
    assert file.name not in file.storage_key


@pytest.mark.django_db
def test_a_write_that_fails_half_way_leaves_no_row(monkeypatch: pytest.MonkeyPatch):
    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(services.FileRefused, match="no room for files"):
        an_upload(a_parent())

    assert not StoredFile.objects.exists()
    assert not on_disk()


@pytest.mark.django_db
def test_bytes_without_a_row_go_when_the_row_cannot_be_written(monkeypatch: pytest.MonkeyPatch):
    parent = a_parent()

    def broken(*_args: object, **_more: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("guildhall.foundation.audit.services.record", broken)
    with pytest.raises(RuntimeError):
        an_upload(parent)

    assert not on_disk()


@pytest.mark.django_db
@pytest.mark.req("CP-035")
def test_a_removed_file_is_gone_with_its_bytes(django_capture_on_commit_callbacks):
    parent = a_parent()
    file = an_upload(parent)

    with django_capture_on_commit_callbacks(execute=True):
        services.remove_file(file, by=parent, now=NOON)

    assert not on_disk()
    assert queries.held_by(*DRAFT) == []
    assert Entry.objects.filter(verb="files.removed", by_id=parent.pk).exists()


@pytest.mark.django_db
@pytest.mark.req("CP-035")
def test_the_files_of_a_draft_go_with_it(django_capture_on_commit_callbacks):
    parent = a_parent()
    an_upload(parent), an_upload(parent, "b.pdf")

    with django_capture_on_commit_callbacks(execute=True):
        services.remove_held(DRAFT, by=parent, now=NOON)

    assert not on_disk()


@pytest.mark.django_db
def test_a_submission_takes_over_the_files_of_its_draft():
    file = an_upload(a_parent())

    services.hand_over(from_=DRAFT, to=("submission", 7), now=NOON)

    assert queries.held_by("submission", 7) == [file]
    assert queries.held_by(*DRAFT) == []


@pytest.mark.django_db
def test_a_correction_gets_copies_that_live_on_their_own(django_capture_on_commit_callbacks):
    parent = a_parent()
    file = an_upload(parent)
    services.hand_over(from_=DRAFT, to=("submission", 7), now=NOON)

    copied = services.copy_held(from_=("submission", 7), to=DRAFT, by=parent, now=NOON)
    with django_capture_on_commit_callbacks(execute=True):
        services.remove_held(DRAFT, by=parent, now=NOON)

    assert list(copied) == [str(file.pk)]
    assert storage.sound(file.storage_key, file.sha256)


@pytest.mark.django_db
@pytest.mark.req("SP-083", "SP-199")
def test_the_files_of_a_correction_stand_in_the_order_in_which_they_first_came():
    parent = a_parent()
    names = [f"{number}.txt" for number in range(8)]
    for minutes, name in enumerate(names):
        an_upload(parent, name, b"words", now=NOON + timedelta(minutes=minutes))
    services.hand_over(from_=DRAFT, to=("submission", 7), now=NOON)

    services.copy_held(from_=("submission", 7), to=("draft", "again"), by=parent, now=NOON)

    assert [file.name for file in queries.held_by("draft", "again")] == names


@pytest.mark.django_db
def test_the_sweep_takes_only_what_no_row_names_and_a_day_has_passed():
    import os

    file = an_upload(a_parent())
    orphan, fresh = storage.path_of(storage.keep(b"orphan")), storage.path_of(storage.keep(b"fresh"))
    half = orphan.with_suffix(".part")
    half.write_bytes(b"half")
    yesterday = NOON.timestamp() - 25 * 3600
    for path in (orphan, half, storage.path_of(file.storage_key)):
        os.utime(path, (yesterday, yesterday))
    os.utime(fresh, (NOON.timestamp() - 3600,) * 2)

    tasks.sweep_orphans(NOON)

    assert not orphan.exists()
    assert not half.exists()
    assert fresh.exists()
    assert storage.path_of(file.storage_key).exists()


@pytest.mark.django_db
@pytest.mark.req("GH-027")
def test_without_a_scanner_a_file_waits_and_says_so_honestly():
    file = an_upload(a_parent())

    assert file.state == StoredFile.State.QUARANTINED
    assert not queries.may_be_served(file)
    assert "not available" in queries.state_words(file, "en")
    assert "Nid yw’r gwiriwr firysau ar gael" in queries.state_words(file, "cy")
    assert not Task.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("demonstration", "scanner", "accepted"), [(True, "", True), (False, "", False), (True, "/x", False)]
)
def test_only_a_demonstration_without_a_scanner_accepts_files_unscanned(
    settings: LazySettings, demonstration: bool, scanner: str, accepted: bool
):
    settings.DEMONSTRATION, settings.CLAMD = demonstration, scanner
    authority.change_setting("files.accept_unscanned", value=True, by=None, now=NOON)

    file = an_upload(a_parent())

    assert queries.may_be_served(file) is accepted
    assert Entry.objects.filter(verb="files.accepted_unscanned").exists() is accepted
    if accepted:
        assert queries.state_words(file, "en") == "Not checked for viruses"


@pytest.mark.django_db
def test_a_refusal_is_one_that_every_page_can_show():
    assert issubclass(services.FileRefused, Refusal)
