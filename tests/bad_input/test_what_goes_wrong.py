"""Everything that the main job's issue calls bad input: each a clear page, and nothing typed is lost."""

from datetime import timedelta
from unittest.mock import patch

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guildhall.foundation.files import storage
from guildhall.foundation.files.models import StoredFile
from guildhall.foundation.outbox.models import Task
from guildhall.paperwork.forms import services as forms
from guildhall.paperwork.submissions.models import Draft, Submission

from ..clamd import EICAR, Scanner, scanner
from ..definitions import FULL, a_draft, a_full_draft, every_kind, group, published, question
from ..doors.filling.pages import step_url, type_in, typed
from ..mailbox import code_in, deliver, last_letter
from ..smtp import Server
from ..standing import PASSPHRASE, a_parent, come_in

pytestmark = pytest.mark.django_db
__all__ = ["Scanner", "scanner"]
SIGN_IN, CODE = "/account/sign-in", "/account/sign-in/code"


@pytest.fixture
def draft(client):
    """A finished draft whose page for files also asks a question, so that something else is typed there."""
    plain = every_kind()
    letters = plain["groups"][-1]["questions"][0] | {"most": 20}
    plain["groups"][-1] = group("evidence", 7, letters, question("REMARK"))
    made = a_draft(form=plain, answers=FULL)
    come_in(client, made.owner)
    return made


def a_pdf(name="letter.pdf", content=b"A letter."):
    return SimpleUploadedFile(name, content)


def upload(client, draft, *uploads):
    page = client.get(step_url(draft, "evidence"))
    posted = typed(page, _upload="LETTERS", remark="Typed before") | {"q-letters": list(uploads)}
    return client.post(step_url(draft, "evidence"), posted, follow=True)


def send(client, draft):
    draft.refresh_from_db()
    posted = {"key": str(draft.key), "declarations": ["first", "second"], "revision": draft.revision}
    return client.post(reverse("filling:send", args=[draft.pk]), posted)


def remark() -> str:
    return str(Draft.objects.get().answers["REMARK"])


# Codes


def signing_in(client) -> str:
    parent = a_parent()
    client.post(SIGN_IN, {"name": parent.email, "password": PASSPHRASE})
    return code_in(last_letter(parent.email))


def test_a_wrong_code_says_so_and_the_right_one_still_works(client):
    code = signing_in(client)

    answer = client.post(CODE, {"code": "000000" if code != "000000" else "111111"})

    assert answer.status_code == 422
    assert "The Verification Code you entered is invalid" in answer.text
    assert client.post(CODE, {"code": code}).url == "/home"


def test_an_expired_code_says_how_long_codes_last(client):
    code = signing_in(client)

    with time_machine.travel(timezone.now() + timedelta(minutes=6), tick=False):
        answer = client.post(CODE, {"code": code})

    assert answer.status_code == 422
    assert "Codes expire after 5 minutes" in answer.text
    assert client.get("/home").status_code == 302


# Forms


@pytest.mark.parametrize(
    ("code", "words"),
    [("NO-SUCH-FORM", "We cannot open this form"), ("%00", "Page not found")],
)
def test_an_unknown_form_is_a_page_that_says_so(client, code, words):
    come_in(client, a_parent())

    for url in (f"/forms/start/{code}/", f"/forms/overview/{code}/"):
        answer = client.get(url)
        assert answer.status_code == 404
        assert words in answer.text


def test_a_form_withdrawn_while_it_is_filled_in_can_be_finished_but_not_begun(client, draft):
    forms.withdraw(draft.version.form, by=None, now=timezone.now())

    answer = type_in(client, step_url(draft, "evidence"), remark="Typed after")
    assert answer.status_code == 302
    assert remark() == "Typed after"
    assert client.get(reverse("filling:start", args=["EVERY-KIND"])).status_code == 404
    assert send(client, draft).status_code == 302
    assert Submission.objects.count() == 1


def test_sending_twice_leads_to_the_same_receipt(client, draft):
    first, second = send(client, draft), send_again(client, draft)

    assert first.url == second.url
    assert Submission.objects.count() == 1


def send_again(client, draft):
    posted = {"key": str(draft.key), "declarations": ["first", "second"], "revision": draft.revision}
    return client.post(reverse("filling:send", args=[draft.pk]), posted)


# Files


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("program.exe", b"MZ", "is not a kind of file we can take"),
        ("letter.pdf", b"no PDF at all", "does not match the end of its name"),
        ("letter.txt", b"", "is empty"),
        ("big.txt", b"a" * (21 * 1024 * 1024), "is too big. Choose a file of 20MB or less"),
    ],
)
def test_a_file_that_is_not_taken_is_refused_beside_its_field(client, draft, name, content, words):
    answer = upload(client, draft, a_pdf(name, content))

    assert answer.status_code == 422
    assert words in answer.text
    assert 'href="#q-letters"' in answer.text
    assert remark() == "Typed before"
    assert "Typed before" in answer.text
    assert not StoredFile.objects.exists()


def test_the_twenty_first_file_is_refused_and_the_twenty_stay(client, draft):
    upload(client, draft, *(a_pdf(f"letter-{number}.txt") for number in range(20)))
    assert StoredFile.objects.count() == 20

    answer = upload(client, draft, a_pdf("one-more.txt"))

    assert answer.status_code == 422
    assert "20 files" in answer.text
    assert StoredFile.objects.count() == 20
    assert remark() == "Typed before"


def test_twenty_one_files_at_once_are_refused_from_the_twenty_first(client, draft):
    answer = upload(client, draft, *(a_pdf(f"letter-{number}.txt") for number in range(21)))

    assert answer.status_code == 422
    assert "20 files" in answer.text
    assert StoredFile.objects.count() == 20


def test_more_files_than_any_page_posts_get_a_page_in_words(client, draft):
    many = {f"q-{number}": a_pdf() for number in range(31)}

    answer = client.post(step_url(draft, "evidence"), many)

    assert answer.status_code == 413
    assert "That was too much at once" in answer.text


@pytest.mark.clamd
def test_an_infected_file_is_named_and_never_given_out(
    client, draft, scanner, django_capture_on_commit_callbacks
):
    upload(client, draft, a_pdf("eicar.txt", EICAR))
    with django_capture_on_commit_callbacks(execute=True):
        deliver()
    file = StoredFile.objects.get()

    page = client.get(step_url(draft, "evidence"))
    download = client.get(reverse("filling:file", args=[file.pk]))

    assert file.state == StoredFile.State.INFECTED
    assert "virus was found" in page.text
    assert download.status_code == 404
    assert EICAR not in download.content
    assert remark() == "Typed before"


@pytest.mark.clamd
def test_while_the_scanner_is_stopped_files_wait_and_the_form_can_be_sent(client, draft, scanner):
    scanner.stop()
    upload(client, draft, a_pdf("letter.txt"))
    deliver()
    file = StoredFile.objects.get()
    page, download = (
        client.get(step_url(draft, "evidence")),
        client.get(reverse("filling:file", args=[file.pk])),
    )

    assert file.state == StoredFile.State.QUARANTINED
    assert "letter.txt" in page.text
    assert download.status_code == 409
    assert send(client, draft).status_code == 302


def test_without_a_scanner_people_are_told_that_files_wait(client, draft, settings):
    settings.CLAMD = ""
    answer = upload(client, draft, a_pdf("letter.txt"))

    assert answer.status_code == 200
    assert StoredFile.objects.get().state == StoredFile.State.QUARANTINED


# Mail and database


@pytest.mark.parametrize("mode", ["stopped", "4xx", "5xx"])
def test_with_mail_in_trouble_forms_are_sent_and_emails_wait(client, draft, settings, mode):
    server = Server()
    settings.MAIL = server.url
    server.mode = mode
    if mode != "stopped":
        server.start()
    try:
        answer = send(client, draft)
        deliver()
    finally:
        server.stop()

    assert answer.status_code == 302
    assert "Form submitted" in (page := client.get(answer.url).text) or "eference" in page
    assert Submission.objects.get().reference in page
    waiting = Task.objects.filter(kind="email")
    assert waiting.exists()
    assert server.received == []
    if mode != "5xx":
        assert not waiting.filter(state=Task.State.DONE).exists()


@pytest.mark.parametrize("error", [OperationalError("gone"), OperationalError("database is locked")])
def test_a_lost_database_says_that_nothing_was_sent_and_keeps_the_draft(draft, error):
    client = come_in(Client(raise_request_exception=False), draft.owner)
    with patch("guildhall.paperwork.submissions.services.seal", side_effect=error):
        answer = send(client, draft)

    assert answer.status_code == 503
    assert "Sorry, this has not been sent yet" in answer.text
    assert "The answers you saved are safe" in answer.text
    assert int(answer["Retry-After"]) > 0
    assert Draft.objects.get().answers["CHILD_FORENAME"] == "Mali"
    assert send(client, draft).status_code == 302


def test_a_database_lost_while_a_step_is_saved_tells_people_to_press_again(draft):
    client = come_in(Client(raise_request_exception=False), draft.owner)
    page = client.get(step_url(draft, "evidence"))
    posted = typed(page, remark="Typed before")
    with patch("guildhall.paperwork.submissions.services.save_answers", side_effect=OperationalError("gone")):
        answer = client.post(step_url(draft, "evidence"), posted)
    assert answer.status_code == 503
    assert "choose Send again" in answer.text and "Typed before" in answer.text

    assert client.post(step_url(draft, "evidence"), posted).status_code == 302
    assert remark() == "Typed before"


def test_a_full_disk_takes_no_file_and_says_nothing_untrue(draft):
    client = come_in(Client(raise_request_exception=False), draft.owner)
    page = client.get(step_url(draft, "evidence"))
    posted = typed(page, _upload="LETTERS", remark="Typed before") | {"q-letters": a_pdf("letter.txt")}
    with patch.object(storage, "keep", side_effect=OSError(28, "No space left on device")):
        answer = client.post(step_url(draft, "evidence"), posted)

    assert answer.status_code == 507
    assert "No space" not in answer.text
    assert not StoredFile.objects.exists()
    assert remark() == "Typed before"


def test_a_finished_form_without_a_declaration_stays_and_says_which():
    draft = a_full_draft()
    client = come_in(Client(), draft.owner)
    answer = client.post(
        reverse("filling:send", args=[draft.pk]),
        {"key": str(draft.key), "declarations": ["first"], "revision": draft.revision},
    )

    assert answer.status_code == 422
    assert 'href="#declaration-second"' in answer.text
    assert Draft.objects.get().pk == draft.pk
    assert published(every_kind()).pk == draft.version_id
