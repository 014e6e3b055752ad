"""What mail systems report of an email, from the answer while sending to a report days later."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from guildhall.foundation.audit.models import Entry
from guildhall.foundation.outbox import bounces, queries, reports
from guildhall.foundation.outbox.queries import Way
from guildhall.foundation.outbox.services.evidence import hash_of
from tests.foundation.outbox.test_email import put, server, words, work
from tests.smtp import Server
from tests.standing import NOON

pytestmark = pytest.mark.django_db
__all__ = ["server", "words"]
KEY = "mail:1"
MARK = hash_of(KEY)
REPORT = """From: MAILER-DAEMON@relay.example
To: portal@example.org
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/plain

Sorry.
--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example
{envelope}
Final-Recipient: rfc822; dilys@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 <dilys@example.org>: unknown

--b1
Content-Type: {kind}

From: portal@example.org
Message-ID: {message_id}
Subject: Code

--b1--
"""


def report(
    *,
    action: str = "failed",
    status: str = "5.1.1",
    mark: str = MARK,
    kind: str = "text/rfc822-headers",
    envelope: str = "",
    message_id: str = "",
) -> bytes:
    return REPORT.format(
        action=action,
        status=status,
        kind=kind,
        envelope=envelope,
        message_id=message_id or f"<{mark}@portal.example>",
    ).encode()


def way() -> tuple[Way, str]:
    known = queries.evidence_of([KEY])[KEY]
    return known.way, known.code


@pytest.mark.req("GH-011")
def test_an_email_is_queued_until_the_mail_server_took_it():
    put()
    assert way() == (Way.QUEUED, "")
    work()
    assert way() == (Way.SENT, "")
    assert queries.evidence_of(["mail:never"]) == {}


@pytest.mark.req("GH-011")
@pytest.mark.parametrize("kind", ["text/rfc822-headers", "message/rfc822"])
def test_a_report_that_it_failed_makes_it_a_bounce_once(tmp_path: Path, kind: str):
    put()
    work()
    for number in range(2):
        (tmp_path / f"{number}.eml").write_bytes(report(kind=kind))

    assert reports.take_in(tmp_path, now=NOON) == reports.Taken(read=2)

    assert way() == (Way.BOUNCED, "5.1.1")
    assert Entry.objects.filter(verb="outbox.bounced").count() == 1
    assert sorted(path.name for path in (tmp_path / "done").iterdir()) == ["0.eml", "1.eml"]


@pytest.mark.req("GH-011")
def test_a_report_that_it_arrived_makes_it_delivered_and_a_bounce_after_that_wins(tmp_path: Path):
    put()
    work()
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "1").write_bytes(report(action="delivered", status="2.0.0"))
    reports.take_in(tmp_path, now=NOON)
    assert way() == (Way.DELIVERED, "")

    (tmp_path / "new" / "2").write_bytes(report(status="4.4.7"))
    (tmp_path / "new" / "3").write_bytes(report(action="delivered", status="2.0.0"))
    reports.take_in(tmp_path, now=NOON)
    assert way() == (Way.BOUNCED, "4.4.7")


@pytest.mark.req("GH-011")
def test_the_envelope_names_the_email_where_the_report_gives_nothing_back():
    read = bounces.read(report(envelope=f"Original-Envelope-Id: {MARK}\n", message_id="none"))

    assert read == bounces.Report(MARK, "failed", "5.1.1")


@pytest.mark.req("GH-011")
@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\xff\xfe" * 500,
        b"Subject: I am away\n\nBack on Monday.",
        report(action="delayed"),
        report(action=""),
        report(message_id="<spoof@portal.example>"),
        report(message_id=f"<{MARK}{'a' * 300}>"),
        report(kind="application/octet-stream"),
        report().replace(b"message/delivery-status", b"text/plain"),
        report().replace(b'boundary="b1"', b'boundary=""'),
        report().replace(b'boundary="b1"', b""),
        report().replace(b"--b1", b"--b2"),
        b"Content-Type: multipart/report; boundary=a\n\n"
        + b"--a\nContent-Type: multipart/mixed; boundary=a\n\n" * 5_000,
        b"Content-Type: multipart/report; boundary*=%FF''%FF\n\n",
        report() + b"x" * bounces.MOST_BYTES,
    ],
)
def test_whatever_else_arrives_is_put_aside_and_changes_nothing(tmp_path: Path, raw: bytes):
    put()
    work()
    (tmp_path / "odd.eml").write_bytes(raw)

    assert reports.take_in(tmp_path, now=NOON) == reports.Taken(aside=1)

    assert way() == (Way.SENT, "")
    assert (tmp_path / "aside" / "odd.eml").exists()


def test_a_report_about_an_email_that_was_never_sent_is_put_aside(tmp_path: Path):
    put()
    (tmp_path / "early.eml").write_bytes(report())
    (tmp_path / "other.eml").write_bytes(report(mark=hash_of("mail:2")))

    assert reports.take_in(tmp_path, now=NOON) == reports.Taken(aside=2)
    assert way() == (Way.QUEUED, "")


def test_a_link_out_of_the_folder_is_left_alone(tmp_path: Path):
    folder, secret = tmp_path / "mail", tmp_path / "secret"
    folder.mkdir()
    secret.write_bytes(report())
    (folder / "link.eml").symlink_to(secret)

    assert reports.take_in(folder, now=NOON) == reports.Taken()
    assert secret.exists()


def test_the_command_says_what_it_did_and_which_folder_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    (tmp_path / "odd.eml").write_bytes(b"?")
    call_command("bounces", str(tmp_path))
    assert "Read 0. Put aside, for a person to look at: 1." in capsys.readouterr().out
    with pytest.raises(CommandError, match="There is no folder"):
        call_command("bounces", str(tmp_path / "nowhere"))
    with pytest.raises(CommandError, match="GUILDHALL_BOUNCES"):
        call_command("bounces")


@pytest.mark.req("GH-011")
def test_an_address_that_the_mail_server_refuses_is_a_bounce_until_a_later_try_gets_through(server: Server):
    server.mode = "5xx"
    put()
    work()
    assert way() == (Way.BOUNCED, "550")

    server.mode = "ok"
    work(minutes=10)
    assert way() == (Way.SENT, "")
