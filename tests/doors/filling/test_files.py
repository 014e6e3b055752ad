"""Files on a step: with and without the page's script."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from guildhall.foundation.audit.models import Entry
from guildhall.foundation.files.models import StoredFile
from guildhall.paperwork.submissions import services as submissions
from guildhall.paperwork.submissions.models import Draft
from guildhall.work.intake import services as intake
from tests.definitions import FULL, a_draft, every_kind, group, question
from tests.standing import NOON, another_parent, come_in

from .pages import step_url, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(client):
    plain = every_kind()
    plain["groups"][-1]["questions"].append(question("REMARK"))
    made = a_draft(form=plain, answers=FULL)
    come_in(client, made.owner)
    return made


def a_letter(name="letter.txt", content=b"We saw Mali in May."):
    return SimpleUploadedFile(name, content)


def upload(client, draft, file=None, **more):
    page = client.get(step_url(draft, "evidence"))
    posted = typed(page, _upload="LETTERS", **more) | {"q-letters": file or a_letter()}
    return client.post(step_url(draft, "evidence"), posted, follow=True)


@pytest.mark.req("SP-094", "SP-098", "SP-099", "GH-026")
def test_a_file_is_uploaded_with_its_own_button_and_nothing_else_typed_is_lost(client, draft):
    page = client.get(step_url(draft, "evidence"))
    assert "you are confirming that it is free from viruses or other malware" in page.text
    assert "please ensure you have their consent for the image to be shared" in page.text

    response = upload(client, draft, remark="See page 2")

    assert "letter.txt" in response.text
    for heading in ("File Name", "File Type", "File Size"):
        assert heading in response.text
    assert Draft.objects.get().answers["REMARK"] == "See page 2"
    assert Draft.objects.get().answers["LETTERS"] == [str(StoredFile.objects.get().pk)]


@pytest.mark.req("SP-079", "SP-099")
@pytest.mark.parametrize("button", [{}, {"_later": "yes"}, {"_go": "needs"}, {"_upload": "PHOTO"}])
def test_a_file_that_was_chosen_is_kept_whichever_button_is_pressed(client, draft, button):
    page = client.get(step_url(draft, "evidence"))

    client.post(step_url(draft, "evidence"), typed(page, **button) | {"q-letters": a_letter()})

    assert Draft.objects.get().answers["LETTERS"] == [str(StoredFile.objects.get().pk)]


@pytest.mark.req("SP-080")
def test_a_file_that_must_be_given_may_be_chosen_and_the_step_continued(client, draft):
    plain = every_kind(code="NEEDS-A-FILE")
    plain["groups"][-1]["questions"][0]["mandatory"] = True
    needing = a_draft(draft.owner, form=plain, answers=FULL)
    page = client.get(step_url(needing, "evidence"))

    refused = client.post(
        step_url(needing, "evidence"), typed(page) | {"q-letters": a_letter("a.exe", b"MZ")}
    )
    assert refused.status_code == 422 and "a.exe" in refused.text
    taken = client.post(step_url(needing, "evidence"), typed(page) | {"q-letters": a_letter()})
    assert taken.url == reverse("filling:summary", args=[needing.pk])


@pytest.mark.req("SP-104", "GH-026")
def test_several_files_at_once(client, draft):
    page = client.get(step_url(draft, "evidence"))
    posted = typed(page, _upload="LETTERS") | {"q-letters": [a_letter("a.txt"), a_letter("b.txt")]}

    response = client.post(step_url(draft, "evidence"), posted, follow=True)

    assert "a.txt" in response.text and "b.txt" in response.text


def test_one_file_too_many_is_refused_beside_the_field(client, draft):
    for name in ("a.txt", "b.txt", "c.txt"):
        upload(client, draft, a_letter(name))

    response = upload(client, draft, a_letter("d.txt"))

    assert response.status_code == 422
    assert "no more than 3 files" in response.text and 'href="#q-letters"' in response.text
    assert StoredFile.objects.count() == 3


@pytest.mark.req("SP-095", "CP-033")
def test_a_file_of_the_wrong_kind_is_refused_with_the_kinds_that_are_taken(client, draft):
    response = upload(client, draft, a_letter("program.exe", b"MZ"), remark="kept")

    assert response.status_code == 422
    assert ".docx" in response.text
    assert Draft.objects.get().answers["REMARK"] == "kept"


def test_pressing_upload_without_a_file_says_so(client, draft):
    page = client.get(step_url(draft, "evidence"))

    response = client.post(step_url(draft, "evidence"), typed(page, _upload="LETTERS"))

    assert response.status_code == 422
    assert "Choose a file" in response.text


def press(client, draft, **button):
    page = client.get(step_url(draft, "evidence"))
    pressed = {name.replace("_", "-"): value for name, value in button.items()}
    return client.post(step_url(draft, "evidence"), typed(page) | pressed, follow=True).text


@pytest.mark.req("SP-104", "CP-035")
def test_a_file_is_removed_and_brought_back(client, draft):
    upload(client, draft)
    file = StoredFile.objects.get()

    removed = press(client, draft, remove_file=str(file.pk))

    assert "You removed letter.txt." in removed and 'name="remove-file"' not in removed
    assert "LETTERS" not in Draft.objects.get().answers
    assert client.get(reverse("filling:file", args=[file.pk])).status_code == 404
    for _ in range(2):  # pressed twice, it comes back once
        back = press(client, draft, undo_file="yes")
        assert "You removed" not in back and back.count('name="remove-file"') == 1
        assert Draft.objects.get().answers["LETTERS"] == [str(file.pk)]


@pytest.mark.req("SP-104", "CP-035")
def test_a_removed_file_is_gone_for_good_once_another_comes_or_the_form_is_sent(client, draft):
    upload(client, draft)
    first = StoredFile.objects.get()
    press(client, draft, remove_file=str(first.pk))

    page = upload(client, draft, a_letter("second.txt")).text
    second = StoredFile.objects.get()
    assert second != first and "You removed" not in page
    press(client, draft, remove_file=str(second.pk))
    kept = Draft.objects.get()
    intake.submit(
        kept.pk, sender=kept.owner, key=kept.key, declarations={"first", "second"}, now=timezone.now()
    )

    assert not StoredFile.objects.exists()


def test_a_file_in_which_a_virus_was_found_goes_at_once_and_does_not_come_back(client, draft):
    upload(client, draft)
    StoredFile.objects.update(state=StoredFile.State.INFECTED)

    page = press(client, draft, remove_file=str(StoredFile.objects.get().pk))

    assert "You removed" not in page
    assert not StoredFile.objects.exists()


def test_the_pages_script_uploads_and_gets_the_list_back(client, draft):
    page = client.get(step_url(draft, "evidence"))
    posted = typed(page) | {"q-letters": a_letter()}

    response = client.post(reverse("filling:upload", args=[draft.pk]), posted)

    assert response.status_code == 201
    assert "letter.txt" in response.json()["listing"]


def test_the_pages_script_is_told_why_a_file_is_not_taken(client, draft):
    url = reverse("filling:upload", args=[draft.pk])

    wrong = client.post(url, {"place": "evidence", "q-letters": a_letter("x.exe")})
    none = client.post(url, {"place": "evidence"})

    assert (wrong.status_code, none.status_code) == (422, 422)
    assert ".docx" in wrong.json()["message"]


def test_a_page_that_was_open_during_an_upload_saves_without_a_conflict(client, draft):
    page = client.get(step_url(draft, "evidence"))
    client.post(reverse("filling:upload", args=[draft.pk]), typed(page) | {"q-letters": a_letter()})

    response = client.post(step_url(draft, "evidence"), typed(page, remark="kept"))

    assert response.status_code == 302
    assert Draft.objects.get().answers["REMARK"] == "kept"
    assert len(Draft.objects.get().answers["LETTERS"]) == 1


@pytest.mark.req("SP-103")
def test_a_repeating_group_collects_files(client):
    letters = group(
        "letters",
        8,
        question("SCAN", "file"),
        repeats={"least": 0, "most": 5, "item": {"en": "letter", "cy": "llythyr"}},
    )
    plain = every_kind()
    plain["groups"].append(letters)
    draft = a_draft(form=plain, answers=FULL)
    come_in(client, draft.owner)
    for row in ("r1", "r2"):
        page = client.get(step_url(draft, "letters", row))
        posted = typed(page, _upload="SCAN") | {"q-scan": a_letter(f"{row}.txt")}
        client.post(step_url(draft, "letters", row), posted)

    assert [len(row["SCAN"]) for row in Draft.objects.get().answers["letters"]] == [1, 1]
    assert "r1.txt" not in client.get(step_url(draft, "letters", "r2")).text


@pytest.mark.req("SP-083")
def test_the_summary_shows_the_details_of_every_file(client, draft):
    upload(client, draft)

    summary = client.get(reverse("filling:summary", args=[draft.pk])).text

    assert "letter.txt, TXT, 19 bytes" in summary


@pytest.mark.req("SP-100")
def test_ones_own_file_opens_only_when_it_was_found_clean(client, draft):
    upload(client, draft)
    file = StoredFile.objects.get()
    url = reverse("filling:file", args=[file.pk])

    assert client.get(url).status_code == 409
    StoredFile.objects.update(state=StoredFile.State.CLEAN)
    response = client.get(url)
    assert response.status_code == 200
    assert b"".join(response.streaming_content) == b"We saw Mali in May."
    assert Entry.objects.filter(verb="child.viewed", about_id=str(file.pk)).exists()
    come_in(client, another_parent())
    assert client.get(url).status_code == 404


def test_deleting_a_draft_deletes_its_files(client, draft, settings):
    upload(client, draft)

    submissions.delete_draft(draft, by=draft.owner, now=NOON)

    assert not StoredFile.objects.exists()
