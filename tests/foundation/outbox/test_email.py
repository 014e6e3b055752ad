import email
from collections.abc import Iterator
from datetime import UTC, timedelta
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from django.conf import LazySettings

from guildhall.foundation.authority import services as authority
from guildhall.foundation.outbox import mailbox, queries, transport
from guildhall.foundation.outbox.email import BadEmail, put_email
from guildhall.foundation.outbox.models import Task
from guildhall.foundation.outbox.worker import Worker
from guildhall.foundation.texts import catalogue
from guildhall.foundation.texts import services as texts
from guildhall.foundation.texts.queries import UnknownText
from tests.smtp import Server
from tests.standing import NOON

pytestmark = pytest.mark.django_db
WORDS = {
    "account.EmailSubject_Test": {"en": "Your code from {portal}", "cy": "Eich cod gan {portal}"},
    "text-blocks.Email_Test": {
        "en": "# Hello\n\nYour code is **{code}**, {name}.\n\n1. Open the page\n2. Type the code\n\n"
        "* [Go to the portal]({link})\n* <https://example.org>\n\nLine one  \nline two",
        "cy": "# Helo\n\nEich cod yw **{code}**, {name}.\n\n[Ewch i’r porth]({link})",
    },
}


@pytest.fixture(autouse=True)
def words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two texts of our own beside the portal's."""
    known = catalogue.catalogue()
    for name, said in WORDS.items():
        monkeypatch.setitem(known, name, said)


def put(key: str = "mail:1", *, to: str = "dilys@example.org", language: str = "en", **values: str) -> None:
    values = {"code": "1234 5678", "name": "Siân", "link": "/account/confirm/?token=a-b_c"} | values
    names = {"subject": "account.EmailSubject_Test", "body": "text-blocks.Email_Test"}
    put_email(to, **names, language=language, key=key, now=NOON, **values)


def work(minutes: float = 0) -> None:
    Worker(clock=lambda: NOON + timedelta(minutes=minutes)).drain()


def the_letter() -> mailbox.Letter:
    (letter,) = mailbox.letters()
    return letter


def raw_letter(folder: Path) -> EmailMessage:
    (path,) = folder.glob("mail/*.eml")
    message = email.message_from_bytes(path.read_bytes(), policy=default)
    assert isinstance(message, EmailMessage)
    return message


@pytest.mark.req("SP-292")
def test_an_email_speaks_the_reader_s_language():
    put(language="cy")
    work()

    letter = the_letter()
    assert letter.subject == "Eich cod gan Guildhall"
    assert letter.text.startswith("Helo\n")
    assert 'lang="cy"' in letter.html


@pytest.mark.req("SP-292", "SP-282")
def test_an_email_uses_the_authority_s_own_words_as_they_are_when_it_leaves():
    put()
    texts.change_text("account.EmailSubject_Test", language="en", value="Code inside", by=None, now=NOON)
    work()

    assert the_letter().subject == "Code inside"


def test_the_plain_text_reads_like_a_letter():
    put()
    work()

    assert the_letter().text == (
        "Hello\n\nYour code is 1234 5678, Siân.\n\n1. Open the page\n2. Type the code\n\n"
        "• Go to the portal: http://127.0.0.1:8000/account/confirm/?token=a-b_c\n• https://example.org\n\n"
        "Line one\nline two\n"
    )


def test_the_html_holds_nothing_that_a_person_could_have_put_there():
    hostile = "<script>alert(1)</script> [x](javascript:alert(1)) **bold** <img src=x onerror=y> {code} `a`"
    put(name=hostile)
    work()

    letter = the_letter()
    assert "<script" not in letter.html
    assert "<img" not in letter.html
    assert "<strong>bold" not in letter.html
    assert 'href="javascript' not in letter.html
    assert "{code}" in letter.html
    assert " ".join(hostile.split()) in letter.text


def test_links_lead_to_this_portal_whatever_host_was_asked(settings: LazySettings):
    settings.SITE_URL = "https://portal.example.gov.uk"
    put()
    work()

    assert 'href="https://portal.example.gov.uk/account/confirm/?token=a-b_c"' in the_letter().html


@pytest.mark.parametrize(
    "link", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/a b", "/a)"]
)
def test_a_link_elsewhere_is_refused(link: str):
    with pytest.raises(BadEmail):
        put(link=link)


@pytest.mark.parametrize(
    "bad", ["a@example.org\r\nBcc: b@example.org", "a@example.org\n", "a\x00@example.org"]
)
def test_an_address_that_would_add_a_header_is_refused(bad: str):
    with pytest.raises(BadEmail):
        put(to=bad)


def test_a_subject_that_would_add_a_header_is_refused():
    names = {"subject": "account.EmailSubject_Test", "body": "text-blocks.Email_Test"}
    authority.change_setting("portal.name", value={"en": "x\r\nBcc: b@example.org"}, by=None, now=NOON)

    with pytest.raises(BadEmail):
        put_email("a@example.org", **names, language="en", key="k", now=NOON)


def test_a_subject_that_went_bad_meanwhile_is_stuck_in_sight_and_never_sent():
    put()
    authority.change_setting("portal.name", value={"en": "x\r\nBcc: b@example.org"}, by=None, now=NOON)
    for minutes in (0, 1, 3):
        work(minutes)

    assert "control character" in queries.stuck().get().last_error
    assert not mailbox.letters()


def test_a_text_that_nobody_wrote_is_refused_at_once():
    with pytest.raises(UnknownText):
        put_email(
            "a@b.org",
            subject="account.Nothing",
            body="text-blocks.Email_Test",
            language="en",
            key="k",
            now=NOON,
        )


def test_the_headers_say_who_sends_and_that_a_program_wrote(own_data_folder: Path):
    authority.change_setting("mail.sender", value="portal@council.example.org", by=None, now=NOON)
    put()
    work()

    message = raw_letter(own_data_folder)
    assert message["From"] == "Guildhall <portal@council.example.org>"
    assert message["To"] == "dilys@example.org"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "en"
    assert message["Date"].datetime == NOON.astimezone(UTC)


def test_one_key_makes_one_letter_however_often_it_is_tried(
    monkeypatch: pytest.MonkeyPatch, own_data_folder: Path
):
    written = transport.write

    def write_and_die(*args: object, **more: object) -> None:
        written(*args, **more)
        raise RuntimeError("killed before it was marked done")

    put()
    monkeypatch.setattr(transport, "write", write_and_die)
    work()
    first = raw_letter(own_data_folder)["Message-ID"]
    monkeypatch.setattr(transport, "write", written)
    work(minutes=1)

    assert raw_letter(own_data_folder)["Message-ID"] == first
    assert Task.objects.get().state == Task.State.DONE
    assert not list(own_data_folder.glob("mail/*.part"))


def test_different_keys_never_share_a_message_id():
    put("one"), put("two")
    work()

    assert len({letter.name for letter in mailbox.letters()}) == 2


def test_neither_the_file_s_name_nor_the_message_id_tells_who_or_what(own_data_folder: Path):
    put("registration:dilys@example.org")
    work()

    (path,) = own_data_folder.glob("mail/*.eml")
    assert "dilys" not in path.name
    assert "dilys" not in raw_letter(own_data_folder)["Message-ID"]


def test_the_mailbox_shows_the_newest_first_by_address_and_opens_no_other_file(own_data_folder: Path):
    put("one"), put("two", to="Marek@example.org")
    work()
    (own_data_folder / "mail" / "secret.eml").write_text("x")

    assert [letter.to for letter in mailbox.letters(to="marek@example.org")] == ["Marek@example.org"]
    assert len(mailbox.letters(most=1)) == 1
    assert mailbox.letter(mailbox.letters()[0].name) == mailbox.letters()[0]
    assert mailbox.letter("secret.eml") is None
    assert mailbox.letter("../guildhall.sqlite3") is None


# With a real mail server


@pytest.fixture
def server(settings: LazySettings) -> Iterator[Server]:
    server = Server()
    server.start()
    settings.MAIL = server.url
    yield server
    server.stop()


def test_a_letter_is_handed_to_the_mail_server_with_all_its_parts(server: Server):
    put(name="Siân Llŷr")
    work()

    (message,) = server.received
    assert message["To"] == "dilys@example.org"
    assert "Siân Llŷr" in message.get_body(("plain",)).get_content()
    assert Task.objects.get().state == Task.State.DONE


def test_a_server_that_says_not_now_gets_the_letter_later_once(server: Server):
    server.mode = "4xx"
    put()
    work()
    assert Task.objects.get().last_error.startswith("AskedToWait: 451")

    server.mode = "ok"
    work(minutes=1)

    assert len(server.received) == 1


def test_an_address_that_the_server_refuses_is_stuck_with_the_server_s_reason(server: Server):
    server.mode = "5xx"
    put()
    for minutes in (0, 1, 3):
        work(minutes)

    assert "550 no such person" in queries.stuck().get().last_error
    assert not server.received


def test_one_refused_address_does_not_hold_up_the_others(server: Server):
    put("bad", to="refused@example.org"), put("good")
    work()

    assert [message["To"] for message in server.received] == ["dilys@example.org"]


def test_a_server_that_hangs_is_left_alone_and_asked_again(server: Server, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(transport, "TIMEOUT_SECONDS", 0.5)
    server.mode = "hang"
    put("one"), put("two")
    work()
    assert sorted(Task.objects.values_list("attempts", flat=True)) == [0, 1]

    server.mode = "ok"
    monkeypatch.setattr(transport, "TIMEOUT_SECONDS", 10)
    work(minutes=1)

    assert len(server.received) == 2


@pytest.mark.heavy
@pytest.mark.both
def test_a_server_that_is_down_for_two_hours_gets_every_letter_once_within_ten_minutes(
    server: Server, monkeypatch: pytest.MonkeyPatch
):
    for number in range(30):
        put(f"mail:{number}")
    server.stop()
    for minutes in range(0, 120, 1):
        work(minutes)
    assert not queries.stuck().exists()

    server.start()
    for minutes in range(120, 131):
        work(minutes)

    assert len(server.received) == 30
    assert len({message["Message-ID"] for message in server.received}) == 30


def test_a_letter_sent_twice_after_a_crash_carries_one_message_id(
    server: Server, monkeypatch: pytest.MonkeyPatch
):
    sent = transport.send

    def send_and_die(*args: object) -> None:
        sent(*args)
        raise RuntimeError("killed before it was marked done")

    put()
    monkeypatch.setattr(transport, "send", send_and_die)
    work()
    monkeypatch.setattr(transport, "send", sent)
    work(minutes=1)

    assert len(server.received) == 2
    assert len({message["Message-ID"] for message in server.received}) == 1


def test_a_server_that_offers_encryption_but_no_certificate_gets_nothing(server: Server):
    server.stop()
    server.start(starttls=True)
    put()
    work()

    assert not server.received
    assert "certificate" in Task.objects.get().last_error.lower()


def test_a_wrong_password_for_the_server_is_the_portal_s_trouble_not_the_reader_s(
    server: Server, settings: LazySettings
):
    settings.MAIL = server.url.replace("://", "://portal:wrong@")
    put()
    work()

    assert Task.objects.get().last_error.startswith("FarSideDown: The mail server does not let us in")
