"""F2, F18, F19: the work after a form was sent, when workers, scanner and mail server fail."""

import hashlib
import json
import os
import re
import secrets
import time

import pytest
from django.test import override_settings

from tests.clamd import MARKER, Scanner
from tests.faults.ledger import send_once
from tests.faults.rig import LEASE_SECONDS, Rig, within
from tests.support.visitor import Visitor

pytestmark = pytest.mark.faults

# How much; scripts/measure/faults.py runs more.
ROUNDS = int(os.environ.get("GUILDHALL_FAULT_ROUNDS", "1"))
UPLOADS = int(os.environ.get("GUILDHALL_FAULT_UPLOADS", "200"))
LETTERS = int(os.environ.get("GUILDHALL_FAULT_LETTERS", "1000"))
FILES_EACH = 20
RECOVERY = 90  # seconds from the last death to the last effect
# How the mail server is ill, and what a worker that met it so writes down.
AILMENTS = {"4xx": "AskedToWait", "hang": "FarSideDown: SMTPServerDisconnected", "5xx": "Undeliverable"}
PATIENCE = 240  # seconds that a slow machine is given

POINTS = [
    "outbox.after_lease",
    "outbox.before_effect",
    "email.before_send",
    "email.after_send",
    "outbox.after_effect",
    "outbox.before_done",
    "outbox.after_done",
]
REGISTER = {
    "title": "Ms",
    "forename": "Nia",
    "surname": "Bowen",
    "born_on-day": "3",
    "born_on-month": "4",
    "born_on-year": "1988",
    "postcode": "CF10 3AT",
    "house_number": "12",
    "street": "Mill Street",
    "town": "Aberteg",
    "mobile": "07700 900 982",
}
PASSWORD = {"password": "seven green kettles sing", "password_again": "seven green kettles sing"}


def ready(site: Rig) -> None:
    """The site is up, with a worker that has nothing left to do."""
    site.healthy()
    if not site.site.workers:
        site.site.start_worker()
    site.drain()


def send_all(site: Rig, count: int) -> None:
    person = site.people(1, count)[0]
    ledger, visitor = site.ledger(), site.visitor(person)
    for draft in person["drafts"]:
        ledger.write(send_once(visitor, draft))
    assert all(line.acknowledged for line in ledger.lines())


def stop_workers(site: Rig) -> None:
    for worker in site.site.workers:
        worker.terminate()
        worker.wait(30)
    site.site.workers.clear()


@pytest.mark.req("GH-020")
def test_a_worker_that_dies_at_any_point_leaves_its_work_to_another_and_each_letter_arrives_once(site: Rig):
    ready(site)
    stop_workers(site)
    for _ in range(ROUNDS):
        send_all(site, 2 * len(POINTS))
        armed = [site.site.start_worker(GUILDHALL_FAULT=f"{point}:exit") for point in POINTS]
        codes = [worker.wait(PATIENCE) for worker in armed]
        site.site.workers.clear()
        assert codes == [137] * len(POINTS), "every armed worker died at its point"
    site.site.start_worker()
    assert within(PATIENCE, lambda: site.site.sql("SELECT count(*) FROM outbox_heartbeat")[0][0])
    began = time.monotonic()
    site.drain(PATIENCE)

    assert time.monotonic() - began < LEASE_SECONDS + RECOVERY
    assert site.judge().problems == {}
    tried = site.site.sql("SELECT sum(attempts - 1) FROM outbox_task WHERE attempts > 1")
    assert tried[0][0] >= ROUNDS * (len(POINTS) - 1), "every death but the last left work to do again"
    again = len(site.mail.received) - len({str(letter["Message-ID"]) for letter in site.mail.received})
    assert again >= 1, "a letter that had left before the death left again, and the receiver can tell"


@pytest.mark.clamd
def test_no_file_is_opened_unscanned_and_none_is_lost_while_the_scanner_stops_hangs_and_returns(site: Rig):
    if site.scanner is None:
        pytest.skip("NOT TESTED: clamd is not installed (apt-get install clamav-daemon)")
    ready(site)
    person = site.people(1, -(-UPLOADS // FILES_EACH))[0]
    visitor = site.visitor(person)
    for draft in person["drafts"]:
        site.prepared.pop(draft["key"])  # it changes, so that the judge no longer expects it as it was
    places = [draft for draft in person["drafts"] for _ in range(FILES_EACH - len(draft["files"]))]
    half = len(places) // 2

    site.scanner.stop()
    kept = [upload(visitor, draft["id"]) for draft in places[:half]]
    infected = upload(visitor, person["drafts"][-1]["id"], MARKER)
    assert within(PATIENCE, lambda: failing(site, "scan")), "a worker met the scanner that is down"
    assert [opens(visitor, site, sha) for sha in [*kept, infected]] == [409] * (half + 1)
    start(site.scanner)
    assert within(PATIENCE, lambda: not quarantined(site))
    site.scanner.freeze()
    kept += [upload(visitor, draft["id"]) for draft in places[half:-1]]
    assert within(PATIENCE, lambda: in_hand(site, "scan")), "a worker waits for the scanner that hangs"
    assert [opens(visitor, site, sha) for sha in kept[half:]] == [409] * len(kept[half:])
    site.scanner.thaw()

    assert within(PATIENCE, lambda: not quarantined(site))
    assert [opens(visitor, site, sha) for sha in kept] == [200] * len(kept)
    assert opens(visitor, site, infected) not in {200, 409}, "what was found infected is gone for good"
    assert site.judge().problems == {}


def upload(visitor: Visitor, draft: str, words: bytes = b"") -> str:
    """Add a file; the SHA-256 of what it holds."""
    content = f"Letter {secrets.token_hex(8)}\n".encode() + words
    files = {"q-letters": ("a.txt", content)}
    answer = visitor.post(f"/forms/{draft}/upload/", {"place": "story"}, files=files, X_Page="/")
    assert answer.status == 201, answer.text
    return hashlib.sha256(content).hexdigest()


def opens(visitor: Visitor, site: Rig, sha: str) -> int:
    """The status with which the owner opens the file; what comes is what was sent."""
    found = site.site.sql(f"SELECT id FROM files_storedfile WHERE sha256 = '{sha}'")
    answer = visitor.get(f"/forms/files/{_dashed(str(found[0][0]))}/")
    assert (hashlib.sha256(answer.content).hexdigest() == sha) == (answer.status == 200)
    return answer.status


def _dashed(key: str) -> str:
    return re.sub(r"^(.{8})-?(.{4})-?(.{4})-?(.{4})-?(.{12})$", r"\1-\2-\3-\4-\5", key)


def quarantined(site: Rig) -> int:
    return int(site.site.sql("SELECT count(*) FROM files_storedfile WHERE state = 'quarantined'")[0][0])


def failing(site: Rig, kind: str, error: str = "") -> int:
    """How many tasks of ``kind`` are to be done after a failure, whose words begin with ``error``."""
    rows = site.site.sql(f"SELECT last_error FROM outbox_task WHERE state <> 'done' AND kind = '{kind}'")
    return sum(bool(said) and said.startswith(error) for (said,) in rows)


def in_hand(site: Rig, kind: str) -> int:
    query = f"SELECT count(*) FROM outbox_task WHERE state = 'leased' AND kind = '{kind}'"
    return int(site.site.sql(query)[0][0])


def start(scanner: Scanner) -> None:
    with override_settings(CLAMD=str(scanner.socket)):
        scanner.start()


@pytest.mark.req("GH-020")
def test_every_letter_arrives_once_after_the_mail_server_was_down_refused_hung_and_returned(site: Rig):
    ready(site)
    before = len(site.mail.received)
    try:
        site.mail.stop()
        marks = json.loads(site.site.python("tests.faults.letters", str(LETTERS), f"l{before}x"))
        newcomer = registering(site, "nia@example.org")
        page = newcomer.get("/account/register/code")
        assert page.status == 200
        again = newcomer.post("/account/register/new-code")
        assert (again.status, again.location) == (302, "/account/register/code")
        assert within(PATIENCE, lambda: failing(site, "email", "FarSideDown"))

        for mode, error in AILMENTS.items():
            site.mail.mode = mode
            if mode == "4xx":
                site.mail.start()
            assert within(PATIENCE, lambda error=error: failing(site, "email", error)), mode
        assert len(site.mail.received) == before
    finally:
        site.mail.mode = "ok"

    returned = time.monotonic()
    assert within(PATIENCE, lambda: not site.waiting() and not an_hour_passes(site))
    assert time.monotonic() - returned < 600
    arrived = {str(letter["Message-ID"]).strip("<>").partition("@")[0] for letter in site.mail.received}
    assert set(marks) <= arrived
    assert site.judge().problems == {}
    codes = [letter for letter in site.mail.received[before:] if letter["To"] == "nia@example.org"]
    texts = [letter.get_body(("plain",)).get_content() for letter in codes]  # type: ignore[union-attr]
    found = [match[0] for text in texts if (match := re.search(r"\b\d{4} \d{4}\b", text))]
    answers = [newcomer.post("/account/register/code", {"code": code}) for code in found]
    assert "/account/register/terms" in [answer.location for answer in answers], "the newest code works"


def an_hour_passes(site: Rig) -> int:
    """For what was refused for good so often that it stands in sight as stuck and is tried every hour."""
    stuck = int(site.site.sql("SELECT count(*) FROM outbox_task WHERE state = 'stuck'")[0][0])
    site.site.sql("UPDATE outbox_task SET due_at = put_at WHERE state = 'stuck'")
    return stuck


def registering(site: Rig, email: str) -> Visitor:
    """Somebody who has come to the page that asks for the code from the email."""
    visitor = Visitor(site.site.port)
    visitor.post("/account/register/data-protection", {"agree": "yes"})
    assert visitor.post("/account/register", REGISTER).location == "/account/register/sign-in"
    done = visitor.post("/account/register/sign-in", {"email": email, **PASSWORD})
    assert done.location == "/account/register/code", (done.status, done.text)
    return visitor
