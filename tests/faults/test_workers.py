"""F2, F18, F19: the work after a form was sent, when workers, scanner and mail server fail."""

import hashlib
import re
import secrets
import subprocess
import time
from collections.abc import Callable

import pytest

from tests.faults.ledger import send_once
from tests.faults.rig import LEASE_SECONDS, Rig
from tests.support.visitor import Visitor

pytestmark = pytest.mark.faults

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


def within(seconds: float, true: Callable[[], object]) -> bool:
    """Wait until ``true`` says so, at most so many seconds."""
    until = time.monotonic() + seconds
    while not true():
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True


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
    send_all(site, 2 * len(POINTS))

    armed = [site.site.start_worker(GUILDHALL_FAULT=f"{point}:exit") for point in POINTS]
    codes = [worker.wait(150) for worker in armed]
    site.site.workers.clear()
    assert codes == [137] * len(POINTS), "every armed worker died at its point"
    began = time.monotonic()
    site.site.start_worker()
    site.drain(LEASE_SECONDS + 60)

    assert time.monotonic() - began < LEASE_SECONDS + 45
    assert site.judge().problems == {}
    tried = site.site.sql("SELECT sum(attempts - 1) FROM outbox_task WHERE attempts > 1")
    assert tried[0][0] >= len(POINTS) - 1, "every death but the one after the end left work to do again"
    again = len(site.mail.received) - len({str(letter["Message-ID"]) for letter in site.mail.received})
    assert again >= 1, "a letter that had left before the death left again, and the receiver can tell"


@pytest.mark.clamd
def test_no_file_is_opened_unscanned_and_none_is_lost_while_the_scanner_stops_hangs_and_returns(site: Rig):
    if site.scanner is None:
        pytest.skip("NOT TESTED: clamd is not installed (apt-get install clamav-daemon)")
    ready(site)
    person = site.people(1, 1)[0]
    visitor, draft = site.visitor(person), person["drafts"][0]
    site.scanner.stop()
    kept = [upload(visitor, draft["id"]) for _ in range(2)]
    refused = [opens(visitor, site, sha) for sha in kept]

    _start(site)
    assert within(30, lambda: not waiting(site))
    site.scanner.freeze()
    kept += [upload(visitor, draft["id"]) for _ in range(2)]
    time.sleep(1.5)
    refused += [opens(visitor, site, sha) for sha in kept[2:]]
    site.scanner.thaw()

    assert refused == [409] * 4, "nobody opens what was not scanned"
    assert within(40, lambda: not waiting(site))
    assert [opens(visitor, site, sha) for sha in kept] == [200] * 4
    site.prepared.pop(draft["key"])
    assert site.judge().problems == {}


def upload(visitor: Visitor, draft: str) -> str:
    """Add a file; the SHA-256 of what it holds."""
    content = f"Letter {secrets.token_hex(8)}\n".encode()
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


def waiting(site: Rig) -> int:
    return int(site.site.sql("SELECT count(*) FROM files_storedfile WHERE state = 'quarantined'")[0][0])


def _start(site: Rig) -> None:
    assert site.scanner
    site.scanner._process = subprocess.Popen(
        ["/usr/sbin/clamd", f"--config-file={site.scanner.folder / 'clamd.conf'}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@pytest.mark.req("GH-020")
def test_every_letter_arrives_once_after_the_mail_server_was_down_refused_for_now_and_hung(site: Rig):
    ready(site)
    before = len(site.mail.received)
    try:
        site.mail.stop()
        send_all(site, 3)
        newcomer = registering(site, "nia@example.org")
        page = newcomer.get("/account/register/code")
        assert page.status == 200
        again = newcomer.post("/account/register/new-code")
        assert (again.status, again.location) == (302, "/account/register/code")

        site.mail.mode = "4xx"
        site.mail.start()
        send_all(site, 3)
        time.sleep(2)
        assert len(site.mail.received) == before

        site.mail.mode = "hang"
        send_all(site, 1)
        time.sleep(1)
    finally:
        site.mail.mode = "ok"

    site.drain(60)
    assert site.judge().problems == {}
    codes = [letter for letter in site.mail.received[before:] if letter["To"] == "nia@example.org"]
    texts = [letter.get_body(("plain",)).get_content() for letter in codes]  # type: ignore[union-attr]
    found = [match[0] for text in texts if (match := re.search(r"\b\d{4} \d{4}\b", text))]
    answers = [newcomer.post("/account/register/code", {"code": code}) for code in found]
    assert "/account/register/terms" in [answer.location for answer in answers], "the newest code works"


def registering(site: Rig, email: str) -> Visitor:
    """Somebody who has come to the page that asks for the code from the email."""
    visitor = Visitor(site.site.port)
    visitor.post("/account/register/data-protection", {"agree": "yes"})
    assert visitor.post("/account/register", REGISTER).location == "/account/register/sign-in"
    done = visitor.post("/account/register/sign-in", {"email": email, **PASSWORD})
    assert done.location == "/account/register/code", (done.status, done.text)
    return visitor
