"""While the database takes nothing, a look at a child waits in the spool, and is merged afterwards (P1)."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from guildhall.config import selfcheck
from guildhall.doors.council import health
from guildhall.foundation.access.holder import Holder
from guildhall.foundation.audit import queries, services, spool, tasks
from guildhall.foundation.audit.models import Entry
from guildhall.foundation.authority.outage import only_reading
from guildhall.foundation.kit import outage
from guildhall.people.accounts.models import BrowserSession, User
from tests.records.some import a_child
from tests.standing import NOON, an_officer, come_in, may_look

LATER = datetime(2026, 6, 2, 9, tzinfo=UTC)


@contextmanager
def nothing_can_be_written() -> Iterator[None]:
    """The real refusal of the database: a transaction that may only read."""
    on, off = (
        ("PRAGMA query_only = 1", "PRAGMA query_only = 0")
        if connection.vendor == "sqlite"
        else ("SET default_transaction_read_only = on", "SET default_transaction_read_only = off")
    )
    with connection.cursor() as cursor:
        cursor.execute(on)
    try:
        with pytest.raises(DatabaseError):
            Entry.objects.create(at=NOON, verb="test.nothing", about_kind="x", about_id="1")
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(off)


def a_request() -> HttpRequest:
    request = RequestFactory().get("/")
    request.user = an_officer()
    request.holder = Holder(user_id=request.user.pk)  # type: ignore[attr-defined]
    return request


def look(number: int = 42) -> None:
    services.looked(a_request(), about=("case", f"SND-{number}"), child=number)


def sign_in(client: Client, officer: User) -> None:
    """Five minutes ago, so that the next page would keep when the person was seen."""
    come_in(client, officer)
    session = client.session
    session["began"] = session["seen"] = int(timezone.now().timestamp()) - 300
    session.save()


def waiting() -> list[dict[str, Any]]:
    found = spool.here().waiting()
    return found.entries if found else []


def an_entry(number: int = 1, at: datetime = NOON) -> dict[str, Any]:
    said = {"verb": "child.viewed", "about_kind": "case", "about_id": f"SND-{number}", "detail": {}}
    nobody = {"by_id": 7, "by_name": "Angharad Ŵ", "by_roles": "", "child_id": number, "request_id": ""}
    return said | nobody | {"at": at.isoformat()}


@pytest.mark.req("GH-046")
@pytest.mark.django_db(transaction=True)
def test_an_officer_opens_a_record_while_the_database_takes_nothing_and_the_look_is_merged(client: Client):
    officer = an_officer()
    child = a_child()
    may_look(officer, child)
    sign_in(client, officer)
    before = Entry.objects.count()

    with nothing_can_be_written():
        page = client.get(reverse("council:child", args=[child.pk]))

        written = client.post(reverse("account:rights-ask"), {"right": "access", "whom": "me"})

    assert written.status_code == 503  # "not sent yet", on either database
    assert page.status_code == 200
    assert Entry.objects.count() == before
    (said,) = waiting()
    assert (said["verb"], said["child_id"], said["by_id"]) == ("child.viewed", child.pk, officer.pk)
    tasks.seal(LATER)
    entry = Entry.objects.get(verb="child.viewed")
    assert (entry.request_id, entry.by_roles) == (page["X-Request-ID"], said["by_roles"])
    assert entry.at.isoformat() == said["at"]
    assert waiting() == []
    assert BrowserSession.objects.get(user_id=officer.pk)


@pytest.mark.django_db(transaction=True)
def test_while_the_database_takes_nothing_every_page_says_what_works_until_it_takes_again(client: Client):
    said = "You can read, but nothing can be saved at the moment"
    sign_in(client, an_officer())
    assert said not in client.get("/council/").text

    with nothing_can_be_written():
        first = client.post("/account/sign-in", {"name": "angharad", "password": "not known"})
        door = Client().get("/account/sign-in")
        page = client.get("/council/")
        welsh = Client(headers={"cookie": "language=cy"}).get("/account/sign-in")

    assert first.status_code == 503
    assert "nobody can sign in at the moment" in first.text
    assert (door.status_code, page.status_code) == (200, 200)
    assert said in door.text and said in page.text
    assert "Gallwch ddarllen, ond ni ellir cadw dim" in welsh.text
    assert said not in Client().get("/account/sign-in").text  # the next page of anybody asks it again
    sign_in(client, an_officer())
    assert said not in client.get("/council/").text


@pytest.mark.django_db
def test_what_was_seen_of_an_outage_that_is_over_is_shown_to_nobody():
    outage.refused()

    assert not only_reading()


@pytest.mark.django_db(transaction=True)
def test_an_outage_is_told_for_as_long_as_it_lasts(client: Client):
    sign_in(client, an_officer())
    outage.refused()

    with nothing_can_be_written():
        assert [only_reading() for _ in range(3)] == [True, True, True]

    assert not only_reading()


@pytest.mark.req("GH-046")
@pytest.mark.django_db(transaction=True)
def test_with_the_spool_unwritable_too_the_record_stays_closed_and_the_page_says_why(
    client: Client, settings: LazySettings, tmp_path: Path
):
    child = a_child()
    may_look(an_officer(), child)
    sign_in(client, an_officer())
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    settings.AUDIT_SPOOL = in_the_way / "spool"

    with nothing_can_be_written():
        page = client.get(reverse("council:child", args=[child.pk]))

    assert page.status_code == 503
    assert page["Retry-After"]
    assert "nothing can be noted, so the page stays closed" in page.content.decode()
    assert str(child) not in page.content.decode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL needs a full disk of its own")
def test_a_full_database_sends_looks_to_the_spool():
    request = a_request()
    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")
    try:
        before, looks = Entry.objects.count(), 0
        while not waiting() and looks < 2_000:
            services.looked(request, about=("case", "SND-1"), child=1, detail={"tab": "x" * 400})
            looks += 1
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count = 1073741823")

    assert (len(waiting()), Entry.objects.count()) == (1, before + looks - 1)
    assert services.merge_spool(now=LATER) == 1
    assert Entry.objects.filter(verb="child.viewed").count() == looks


@pytest.mark.django_db
def test_inside_a_transaction_a_look_is_refused_because_what_surrounds_it_is_undone_too(monkeypatch: Any):
    def full(_rows: Any) -> None:
        raise services.OperationalError("database or disk is full")

    request = a_request()
    monkeypatch.setattr(services.statements, "insert_all", full)
    with pytest.raises(services.OperationalError), transaction.atomic():
        services.looked(request, about=("case", "SND-1"))

    assert waiting() == []


@pytest.mark.django_db
def test_what_waits_is_merged_in_order_and_once_even_when_the_power_fails_before_the_spool_is_empty(
    monkeypatch: Any,
):
    for number in (1, 2, 3):
        spool.here().append(an_entry(number, NOON + timedelta(minutes=number)))
    with monkeypatch.context() as power:
        power.setattr(spool.Spool, "clear", lambda *_: False)
        assert services.merge_spool(now=LATER) == 3
    spool.here().append(an_entry(4))

    assert services.merge_spool(now=LATER) == 1
    assert services.merge_spool(now=LATER) == 0
    found = list(Entry.objects.filter(verb="child.viewed").order_by("pk"))
    assert [entry.child_id for entry in found] == [1, 2, 3, 4]
    assert found[0].by_name == "Angharad Ŵ"
    assert [entry.detail["merged"] for entry in Entry.objects.filter(verb="audit.merged").order_by("pk")] == [
        3,
        1,
    ]


@pytest.mark.django_db
def test_a_later_outage_is_merged_after_the_spool_was_emptied():
    for number in (1, 2):
        spool.here().append(an_entry(number))
        assert services.merge_spool(now=LATER) == 1

    assert Entry.objects.filter(verb="child.viewed").count() == 2


@pytest.mark.django_db
def test_the_chain_holds_with_looks_merged_long_after_and_still_names_one_put_in_from_outside():
    services.record("account.signed_in", by=None, about=("user", "1"), now=LATER)
    services.seal(now=LATER)
    spool.here().append(an_entry(1, LATER - timedelta(hours=5)))
    tasks.seal(LATER + timedelta(minutes=1))

    assert queries.broken() is None
    Entry.objects.create(at=NOON - timedelta(days=9), verb="child.viewed", about_kind="case", about_id="9")
    services.seal(now=LATER + timedelta(minutes=2))
    assert "inserted" in str(queries.broken())


def test_a_torn_tail_is_not_read_and_is_written_over():
    here = spool.here()
    here.append(an_entry(1))
    here.append(an_entry(2))
    end = here.waiting().end  # type: ignore[union-attr]
    with here.path.open("r+b") as file:
        file.seek(end - 5)
        file.write(b"\0\0\0\0\0")
    spool._known.clear()

    assert [said["child_id"] for said in waiting()] == [1]
    here.append(an_entry(3))
    assert [said["child_id"] for said in waiting()] == [1, 3]


def test_a_damaged_header_leaves_the_older_one():
    here = spool.here()
    here.append(an_entry(1))
    read = here.waiting()
    assert read is not None
    assert here.clear(read)
    with here.path.open("r+b") as file:
        file.write(b"x")  # the header of the second generation

    found = here.waiting()
    assert found is not None
    assert (found.generation, found.entries) == (1, [])


def test_the_room_is_there_from_the_start_and_a_full_spool_refuses(settings: LazySettings):
    here = spool.here()
    here.prepare()
    size = here.path.stat().st_size
    assert (size, here.path.stat().st_mode & 0o777) == (settings.AUDIT_SPOOL_BYTES, 0o600)
    assert here.path.stat().st_blocks * 512 >= size

    with pytest.raises(spool.SpoolFull):
        for number in range(1_000):
            here.append(an_entry(number))
    assert here.path.stat().st_size == size
    assert here.standing().used > 0.9


def test_an_entry_that_the_disk_did_not_take_does_not_count(monkeypatch: Any):
    def fails(_file: int) -> None:
        raise OSError("input/output error")

    here = spool.here()
    here.append(an_entry(1))
    with monkeypatch.context() as disk:
        disk.setattr(os, "fdatasync", fails)
        with pytest.raises(OSError, match="input/output"):
            here.append(an_entry(2))
    here.append(an_entry(3))

    assert [said["child_id"] for said in waiting()] == [1, 3]


def test_threads_write_one_after_another():
    def write(first: int) -> None:
        for number in range(first, first + 10):
            spool.here().append(an_entry(number))

    threads = [threading.Thread(target=write, args=(first,)) for first in (0, 100, 200, 300)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    found = [said["child_id"] for said in waiting()]
    assert len(found) == len(set(found)) == 40
    assert [each for each in found if each < 100] == list(range(10))


def test_what_was_written_meanwhile_is_not_emptied_away():
    here = spool.here()
    here.append(an_entry(1))
    read = here.waiting()
    here.append(an_entry(2))

    assert read is not None
    assert not here.clear(read)
    assert len(waiting()) == 2


def test_nothing_of_a_look_stays_in_an_emptied_spool():
    here = spool.here()
    here.append(an_entry(1) | {"by_name": "Angharad\x00 Prys \ud800"})
    read = here.waiting()
    assert read is not None
    assert read.entries[0]["by_name"] == "Angharad Prys ?"
    assert here.clear(read)

    assert b"Angharad" not in here.path.read_bytes()


@pytest.mark.django_db
def test_status_and_self_check_say_how_the_spool_stands():
    def line() -> health.Line:
        return next(line for line in health.lines(NOON) if line.key.endswith("Spool"))

    def numbers(now: datetime = NOON) -> set[str]:
        return {each.number for each in selfcheck.findings(now)} & {"W052", "W053", "W054", "W055"}

    assert (line().key, numbers()) == ("NoSpool", {"W052"})
    tasks.prepare_spool()
    assert line().well
    assert numbers() <= {"W053"}
    spool.here().append(an_entry(1))
    assert not line().well
    assert "W055" in numbers(NOON + timedelta(minutes=11))
    with pytest.raises(spool.SpoolFull):
        for number in range(1_000):
            spool.here().append(an_entry(number))
    assert (line().key, "W054" in numbers()) == ("FullSpool", True)
    out = StringIO()
    call_command("audit", "merge", stdout=out)
    assert "entries carried into the audit" in out.getvalue()
    assert line().well
