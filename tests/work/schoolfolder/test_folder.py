"""A school's folder: who may write in it, what it keeps, and what it refuses."""

from datetime import timedelta
from uuid import uuid4

import pytest

from guildhall.foundation.audit.models import Entry
from guildhall.foundation.authority import services as authority
from guildhall.foundation.files import queries as file_queries
from guildhall.foundation.files import services as files
from guildhall.foundation.files import storage
from guildhall.foundation.files.models import StoredFile
from guildhall.people.membership import services as membership
from guildhall.work.schoolfolder import queries, tasks
from guildhall.work.schoolfolder import services as folder
from guildhall.work.schoolfolder.models import Document, Section

from ...people.membership.schools import a_place, a_supervisor, another_school, holder, the_council
from ...standing import NOON, an_administrator
from .scene import ADD, READ, a_document, an_upload, let, told

pytestmark = pytest.mark.django_db


def acting(place):
    return {"place": place, "by": place.user, "now": NOON}


@pytest.mark.req("SC-073")
def test_only_a_supervisor_of_the_school_says_who_uses_its_folder_and_it_ends_with_their_place():
    elen, other = a_place("elen@ysgol.example.org"), a_supervisor("ffion@other.example.org", another_school())
    for stranger in (elen, other):
        with pytest.raises(folder.NotTheirSupervisor):
            let(elen, ADD, supervisor=stranger)
    assert not queries.reader_at(elen).read
    let(elen, READ)
    let(elen, READ)
    assert queries.reader_at(elen).read
    assert not queries.reader_at(elen).add
    changes = Entry.objects.filter(verb="schoolfolder.access_changed").values_list("detail", flat=True)
    assert list(changes) == [{"before": "", "after": "read"}], "the same again is no change"
    membership.remove_person(elen, holder=the_council(), by=an_administrator(), now=NOON)
    again = a_place("elen@ysgol.example.org")
    assert again.pk != elen.pk
    assert not queries.reader_at(again).read


@pytest.mark.req("SC-073")
def test_whoever_was_not_let_add_can_write_nothing():
    document, elen = a_document(), a_place("elen@ysgol.example.org")
    section = folder.add_section(a_supervisor(), "Policies", by=a_supervisor().user, now=NOON)
    let(elen, READ)
    for act in (
        lambda: a_document(by=elen),
        lambda: folder.change_document(document, told("Other"), **acting(elen)),
        lambda: folder.replace_file(document, upload=an_upload(), **acting(elen)),
        lambda: folder.remove_document(document, **acting(elen)),
        lambda: folder.put_back(document, **acting(elen)),
        lambda: folder.add_section(elen, "Other", by=elen.user, now=NOON),
        lambda: folder.rename_section(section, "Other", **acting(elen)),
        lambda: folder.remove_section(section, **acting(elen)),
    ):
        with pytest.raises(folder.NoAccess):
            act()
    assert Document.objects.get().title == "Minutes of March"
    assert Section.objects.get().name == "Policies"


def test_a_replaced_file_stays_as_an_older_version_until_there_are_too_many():
    sian, document = a_supervisor(), a_document()
    authority.change_setting("files.most_each_submission", value=2, by=None, now=NOON)
    later = acting(sian) | {"now": NOON + timedelta(hours=1)}
    document = folder.replace_file(document, upload=an_upload("new.txt", b"We met again."), **later)
    assert [one.name for one in queries.versions(document)] == ["new.txt", "minutes.txt"]
    assert document.file.name == "new.txt"
    assert document.bytes == len(b"We met." + b"We met again.")
    assert [one.title for one in queries.documents(queries.reader_at(sian), words="NEW.txt")]
    with pytest.raises(folder.TooManyVersions):
        folder.replace_file(document, upload=an_upload(), **later)


def test_a_full_folder_and_a_forbidden_kind_are_refused_beside_the_file_and_nothing_is_kept(monkeypatch):
    sian, document = a_supervisor(), a_document()
    with pytest.raises(files.FileRefused) as refused:
        folder.add_document(sian, told(), upload=an_upload("run.exe"), key=uuid4(), by=sian.user, now=NOON)
    assert refused.value.field == "folder_file"
    Document.objects.update(bytes=1000 * queries.MEGABYTE)
    with pytest.raises(folder.FolderFull) as full:
        a_document("One more")
    assert "1000MB" in full.value.message
    with pytest.raises(folder.FolderFull):
        folder.replace_file(document, upload=an_upload(), **acting(sian))
    elsewhere = a_supervisor("ffion@other.example.org", another_school())
    a_document(by=elsewhere)
    assert StoredFile.objects.count() == 2


def test_the_same_page_sent_twice_adds_one_document_and_the_key_of_another_school_opens_nothing():
    sian, key = a_supervisor(), uuid4()
    sent = {"key": key, "now": NOON}
    first = folder.add_document(sian, told(), upload=an_upload(), by=sian.user, **sent)
    assert folder.add_document(sian, told(), upload=an_upload(), by=sian.user, **sent) == first
    assert len(queries.versions(first)) == 1
    ffion = a_supervisor("ffion@other.example.org", another_school())
    theirs = folder.add_document(ffion, told(), upload=an_upload(), by=ffion.user, **sent)
    assert theirs.pk != key
    assert len(queries.versions(first)) == 1


def test_what_was_removed_comes_back_for_30_days_and_is_then_deleted_with_its_bytes(
    django_capture_on_commit_callbacks,
):
    sian, kept, gone = a_supervisor(), a_document("Kept"), a_document("Gone")
    for document in (kept, gone):
        folder.remove_document(document, **acting(sian))
    reader = queries.reader_at(sian)
    assert not queries.readable(reader).exists()
    folder.put_back(kept, **acting(sian))
    assert [one.title for one in queries.readable(reader)] == ["Kept"]
    tasks.forget_removed(NOON + timedelta(days=30))
    assert queries.removed(reader).exists()
    path = storage.path_of(gone.file.storage_key)
    with django_capture_on_commit_callbacks(execute=True):
        tasks.forget_removed(NOON + timedelta(days=30, seconds=1))
    assert not Document.objects.filter(pk=gone.pk).exists()
    assert not file_queries.files_of("folder", gone.pk).exists()
    assert not path.exists()
    assert queries.readable(reader).get().file.state == "clean"


def test_sub_folders_have_names_of_their_own_and_only_empty_ones_are_removed():
    sian = a_supervisor()
    section = folder.add_section(sian, "Polisïau", by=sian.user, now=NOON)
    for name in ("POLISIAU", " ", ""):
        with pytest.raises(folder.NameTaken):
            folder.add_section(sian, name, by=sian.user, now=NOON)
    document = a_document(section=section)
    assert queries.sections(queries.reader_at(sian)).get().count == 1
    with pytest.raises(folder.NotEmpty):
        folder.remove_section(section, **acting(sian))
    folder.remove_document(document, **acting(sian))
    folder.remove_section(section, **acting(sian))
    folder.put_back(document, **acting(sian))
    assert queries.documents(queries.reader_at(sian)).get().section is None


def test_the_folder_of_one_school_is_not_that_of_another():
    a_document("Ours")
    ffion = a_supervisor("ffion@other.example.org", another_school())
    a_document("Theirs", by=ffion)
    assert [one.title for one in queries.readable(queries.reader_at(ffion))] == ["Theirs"]
    assert holder(ffion).supervised == {ffion.school_id}
