"""All files of a form as one archive."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from guildhall.foundation.audit.models import Entry as Audited
from guildhall.foundation.files import storage
from guildhall.foundation.files.models import StoredFile
from guildhall.work.cases import services
from guildhall.work.cases.models import Case
from tests.standing import NOON, a_parent, a_safeguarding_officer, an_officer, come_in
from tests.work.cases.scene import LATER, LETTER, an_open_case

pytestmark = pytest.mark.django_db
LARGE = b"line of a long letter\n" * 60_000


def a_case_with(*files: tuple[str, bytes, str]) -> Case:
    case = services.request_information(an_open_case(), LETTER, by=an_officer(), now=NOON)
    uploads = [SimpleUploadedFile(name, content) for name, content, _state in files]
    services.receive_answer(case, by=a_parent(), body="Here it is", uploads=uploads, now=LATER)
    for stored, (_name, _content, state) in zip(StoredFile.objects.order_by("pk"), files, strict=True):
        StoredFile.objects.filter(pk=stored.pk).update(state=state)
    return case


def address(case: Case) -> str:
    return reverse("council:archive", args=[case.reference])


def opened(answer: object) -> zipfile.ZipFile:
    assert answer["Content-Type"] == "application/zip"
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert archive.testzip() is None
    return archive


def states(**by_name: str) -> None:
    for name, state in by_name.items():
        StoredFile.objects.filter(name=f"{name}.txt").update(state=state)


@pytest.mark.req("GH-028")
def test_the_clean_files_come_in_one_archive_that_lists_those_left_out(client: Client):
    case = a_case_with(*((f"{name}.txt", LARGE, "clean") for name in ("good", "waiting", "bad", "lost")))
    states(waiting="quarantined", bad="infected")
    storage.path_of(StoredFile.objects.get(name="lost.txt").storage_key).unlink()
    come_in(client, an_officer())

    answer = client.get(address(case))

    assert answer["Content-Disposition"] == f'attachment; filename="{case.reference}.zip"'
    archive = opened(answer)
    inside = {f"{case.reference}/01 good.txt", f"{case.reference}/List of files.txt"}
    assert set(archive.namelist()) == inside
    assert archive.read(f"{case.reference}/01 good.txt") == LARGE
    listing = archive.read(f"{case.reference}/List of files.txt").decode("utf-8-sig")
    kept, left = listing.split("Left out:")
    assert "good.txt" in kept and "good.txt" not in left
    for name in ("waiting.txt: ", "bad.txt: ", "lost.txt: This file is damaged"):
        assert name in left


@pytest.mark.req("GH-028")
def test_who_took_the_archive_and_which_files_is_in_the_audit(client: Client):
    case = a_case_with(("good.txt", b"one", "clean"), ("bad.txt", b"two", "clean"))
    states(bad="infected")
    come_in(client, an_officer())
    client.get(address(case))

    entry = Audited.objects.filter(verb="child.viewed", detail__surface="file").get()
    good, bad = (StoredFile.objects.get(name=f"{name}.txt") for name in ("good", "bad"))
    assert entry.by_id == an_officer().pk and entry.child_id == case.mention.child_id
    assert (entry.detail["files"], entry.detail["left_out"]) == ([str(good.pk)], [str(bad.pk)])


def test_files_of_the_same_name_stay_apart(client: Client):
    case = a_case_with(("llythyr é.txt", b"one", "clean"), ("llythyr é.txt", b"two", "clean"))
    come_in(client, an_officer())
    archive = opened(client.get(address(case)))

    assert {archive.read(each) for each in archive.namelist() if "llythyr é" in each} == {b"one", b"two"}


def test_a_form_without_files_offers_no_archive_and_gives_an_empty_list(client: Client):
    case = an_open_case()
    come_in(client, an_officer())

    assert "Download all files" not in client.get(reverse("council:case", args=[case.reference])).text
    assert [each.rpartition("/")[2] for each in opened(client.get(address(case))).namelist()] == [
        "List of files.txt"
    ]


def test_form_details_leads_to_the_archive_in_both_languages(client: Client):
    case = a_case_with(("good.txt", b"one", "clean"))
    officer = an_officer()
    come_in(client, officer)
    assert (
        f'href="{address(case)}">Download all files'
        in client.get(reverse("council:case", args=[case.reference])).text
    )

    officer.language = "cy"
    officer.save()
    client.cookies["django_language"] = "cy"
    assert any(each.endswith("/Rhestr ffeiliau.txt") for each in opened(client.get(address(case))).namelist())


def test_another_teams_archive_is_not_there(client: Client):
    case = a_case_with(("good.txt", b"one", "clean"))
    come_in(client, a_safeguarding_officer())

    assert client.get(address(case)).status_code == 404
    come_in(client, a_parent())
    assert client.get(address(case)).status_code in {403, 404}
