"""The pages of My School Folder: who comes in, by whichever address, and what they find."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from guildhall.foundation.audit.models import Entry
from guildhall.foundation.files import services as files
from guildhall.work.schoolfolder import services as folder
from guildhall.work.schoolfolder.models import Access, Document, Section

from ....people.membership.schools import a_place, a_school_administrator, a_supervisor, another_school
from ....standing import NOON, come_in
from ....work.schoolfolder.scene import ADD, READ, a_document, an_upload, let

pytestmark = pytest.mark.django_db
HERE = "/schools/folder/"
ACCESS = "/schools/account-management/folder-access"


def addresses(document):
    """Every address of the folder: those for reading, and those for adding and changing."""
    one = f"{HERE}{document.pk}/"
    section = Section.objects.create(school=document.school, name="X", folded="x", added_at=NOON)
    reading = (HERE, one, f"{one}files/{document.file_id}")
    ways = ("add", "removed", "sub-folders/", f"sub-folders/{section.pk}/")
    writing = (*(f"{HERE}{way}" for way in ways), f"{one}change", f"{one}replace", f"{one}remove")
    return reading, writing


def typed(title="Minutes of March", **more):
    day = {"folder_date-day": "27", "folder_date-month": "3", "folder_date-year": "2026"}
    return {"folder_title": title, "folder_section": "", "folder_about": "", **day, **more}


def statuses(client, paths):
    """What each address answers; a file is read to its end, so that it is closed."""
    answers = {path: client.get(path) for path in paths}
    return {path: (b"".join(answer), answer.status_code)[1] for path, answer in answers.items()}


@pytest.mark.req("SC-073")
def test_the_supervisor_ticks_who_may_use_the_folder_and_nobody_else_opens_any_address_of_it(client):
    sian, elen, bryn = a_supervisor(), a_place("elen@ysgol.example.org"), a_school_administrator()
    document = a_document()
    reading, writing = addresses(document)
    hers = come_in(Client(), elen.user)
    assert set(statuses(hers, (*reading, *writing)).values()) == {403}
    for path in (HERE, reading[2]):
        page = hers.get(path).text
        assert "You cannot open My School Folder" in page
        assert "Sian Rowlands" in page
        assert "Minutes of March" not in page
    assert hers.post(f"{HERE}{document.pk}/put-back").status_code == 403

    come_in(client, sian.user)
    page = client.get(ACCESS).text
    assert f'name="access-{elen.pk}"' in page
    assert f'name="access-{sian.pk}"' not in page, "a supervisor always has access"
    shown = re.findall(r'name="shown" value="([^"]+)"', page)
    assert client.post(ACCESS, {"shown": shown, f"access-{elen.pk}": ["read"]}).status_code == 302
    assert set(statuses(hers, reading).values()) == {200}
    assert set(statuses(hers, writing).values()) == {403}
    assert "can read My School Folder but not change it" in hers.get(writing[0]).text

    client.post(ACCESS, {"shown": [f"{elen.pk}:read"], f"access-{elen.pk}": ["read", "add"]})
    assert set(statuses(hers, (*reading, *writing)).values()) == {200}
    client.post(ACCESS, {"shown": [f"{elen.pk}:add"]})
    assert hers.get(HERE).status_code == 403, "from the next request"
    assert come_in(Client(), bryn.user).get(HERE).status_code == 403, "an administrator is not a supervisor"


@pytest.mark.req("SC-073")
def test_change_access_is_for_the_schools_own_supervisor_and_changes_only_what_was_ticked_otherwise(client):
    sian, elen, bryn = a_supervisor(), a_place("elen@ysgol.example.org"), a_school_administrator()
    let(elen, READ)
    stale = [f"{elen.pk}:read", f"{bryn.pk}:"]
    let(elen, ADD)
    come_in(client, sian.user)
    client.post(ACCESS, {"shown": stale, f"access-{elen.pk}": ["read"], f"access-{bryn.pk}": ["read"]})
    assert dict(Access.objects.values_list("place", "level")) == {elen.pk: "add", bryn.pk: "read"}
    for one in (elen, bryn):
        assert come_in(Client(), one.user).get(ACCESS).status_code == 403
    ffion = a_supervisor("ffion@other.example.org", another_school())
    theirs = come_in(Client(), ffion.user)
    theirs.post(ACCESS, {"shown": [f"{elen.pk}:add", "nonsense", f"{sian.pk}:"]})
    assert Access.objects.get(place=elen).level == "add"
    document = a_document()
    for path in addresses(document)[0][1:]:
        assert theirs.get(path).status_code == 404, "another school's document is not there"


def test_a_document_is_added_described_replaced_and_every_download_is_in_the_audit(client):
    elen = a_place("elen@ysgol.example.org")
    let(elen, ADD)
    section = folder.add_section(a_supervisor(), "Minutes", by=a_supervisor().user, now=NOON)
    come_in(client, elen.user)
    refused = client.post(f"{HERE}add", typed("", folder_file=an_upload("run.exe")))
    assert refused.status_code == 422
    assert "Enter a title" in refused.text
    refused = client.post(f"{HERE}add", typed(folder_about="About zebras", folder_file=an_upload("run.exe")))
    assert "is not a kind of file we can take" in refused.text
    assert "About zebras" in refused.text
    key = re.search(r'name="key" value="([^"]+)"', refused.text)[1]
    whole = typed(folder_about="About zebras", folder_section=str(section.pk), key=key)
    for _ in range(2):
        made = client.post(f"{HERE}add", whole | {"folder_file": an_upload()})
        assert made.url == f"{HERE}{key}/"
    document = Document.objects.get(pk=UUID(key))
    assert (document.section, document.added_by) == (section, elen.user)

    download = f"{HERE}{key}/files/{document.file_id}"
    assert client.get(download).status_code == 409, "not before it was checked"
    files.write_verdict(document.file, found="", now=NOON)
    assert b"".join(client.get(download).streaming_content) == b"We met."
    assert Entry.objects.filter(verb="schoolfolder.file_opened", by_id=elen.user_id).count() == 2

    client.post(f"{HERE}{key}/replace", {"folder_file": an_upload("second.txt", b"We met again.")})
    page = client.get(f"{HERE}{key}/").text
    assert "second.txt" in page
    assert download in page
    client.post(f"{HERE}{key}/change", typed("Notes of April"))
    document.refresh_from_db()
    assert (document.title, document.section) == ("Notes of April", None)
    files.write_verdict(document.file, found="Eicar", now=NOON)
    assert client.get(f"{HERE}{key}/files/{document.file_id}").status_code == 404


def test_documents_are_found_without_regard_to_accents_sorted_and_asked_for_with_as_many_queries(
    client, django_assert_num_queries
):
    section = folder.add_section(a_supervisor(), "Polisïau", by=a_supervisor().user, now=NOON)
    a_document("Bws ysgol", about="Llwybr gŵyl")
    a_document("Arolwg", section=section, dated_on=NOON.date())
    come_in(client, a_supervisor().user)
    page = client.get(HERE).text
    assert "Bws ysgol" in page
    assert "Arolwg" not in page, "it is in a sub-folder"
    assert "Arolwg" in client.get(f"{HERE}?in={section.pk}").text
    assert "Arolwg" in client.get(f"{HERE}?find=arolwg").text
    assert "Bws ysgol" in client.get(f"{HERE}?find=GWYL+bws").text
    assert "No document says all of" in client.get(f"{HERE}?find=gwyl+arolwg").text
    for sort in ("title", "-title", "date", "person", "-size"):
        assert client.get(f"{HERE}?find=minutes.txt&sort={sort}").text.count("/files/") == 2
    sorted_by = client.get(f"{HERE}?find=minutes.txt&sort=-title").text
    assert sorted_by.index("Bws ysgol") < sorted_by.index("Arolwg")
    assert client.get(f"{HERE}?in=999").status_code == 404
    with CaptureQueriesContext(connection) as few:
        client.get(f"{HERE}?find=minutes.txt")
    for number in range(4):
        a_document(f"More {number}", section=section)
    with django_assert_num_queries(len(few)):
        assert client.get(f"{HERE}?find=minutes.txt").text.count("/files/") == 6


def test_removing_asks_first_and_can_be_undone_at_once_or_later(client):
    document = a_document()
    come_in(client, a_supervisor().user)
    one = f"{HERE}{document.pk}/"
    assert "Remove “Minutes of March”?" in client.get(f"{one}remove").text
    assert Document.objects.filter(removed_at=None).exists(), "asking removes nothing"
    page = client.post(f"{one}remove", follow=True).text
    assert "“Minutes of March” is removed." in page
    assert f'action="{one}put-back"' in page
    assert client.get(one).status_code == 404
    assert client.get(f"{one}files/{document.file_id}").status_code == 404
    page = client.get(f"{HERE}removed").text
    until = timezone.localdate() + timedelta(days=30)
    assert f"{until.day} {until:%B %Y}" in page
    assert client.post(f"{one}put-back").url == one
    assert client.get(one).status_code == 200
    assert client.post(f"{one}put-back").status_code == 404


def test_sub_folders_are_added_renamed_and_removed_and_a_wrong_name_is_kept_in_its_box(client):
    come_in(client, a_supervisor().user)
    assert "Sub-folders will be listed here" in client.get(f"{HERE}sub-folders/").text
    assert client.post(f"{HERE}sub-folders/", {"name": "Policies"}).status_code == 302
    again = client.post(f"{HERE}sub-folders/", {"name": "POLICIES"})
    assert again.status_code == 422
    assert 'value="POLICIES"' in again.text
    one = f"{HERE}sub-folders/{Section.objects.get().pk}/"
    document = a_document(section=Section.objects.get())
    assert "Documents in it now: 1" in client.get(one).text
    assert client.post(one, {"act": "remove"}).status_code == 422
    assert client.post(one, {"name": "Rules"}).status_code == 302
    folder.remove_document(document, place=a_supervisor(), by=a_supervisor().user, now=NOON)
    assert client.post(one, {"act": "remove"}).status_code == 302
    assert not Section.objects.exists()
