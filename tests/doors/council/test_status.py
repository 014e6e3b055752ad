"""What stands still is red on the status page, with its next step (GH-058)."""

from datetime import timedelta
from io import StringIO

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guildhall.doors.council import health
from guildhall.foundation.audit import services as audit
from guildhall.foundation.audit import tasks as audit_tasks
from guildhall.foundation.audit.models import Entry
from guildhall.foundation.files.models import StoredFile
from guildhall.foundation.outbox.models import Heartbeat, Task
from guildhall.foundation.texts.queries import say
from guildhall.work.alerts.asking import running as alert_queries
from tests.standing import NOON, a_parent, an_administrator, an_officer, come_in

pytestmark = pytest.mark.django_db
STATUS = "council:status"


def lines() -> dict[str, health.Line]:
    return {line.key: line for line in health.lines(NOON)}


def a_task(kind: str = "email", **more: object) -> Task:
    fields = {"key": f"{kind}:1", "payload": {}, "put_at": NOON, "due_at": NOON} | more
    return Task.objects.create(kind=kind, **fields)


def all_well() -> None:
    Heartbeat.objects.create(worker="w", started_at=NOON, beat_at=NOON)
    a_task("job", state="done", done_at=NOON)
    audit_tasks.verify(NOON)
    audit_tasks.seal(NOON)
    if statements := alert_queries.lacking_account():
        with connection.cursor() as cursor:
            cursor.execute(statements)


@pytest.mark.req("GH-058")
def test_a_portal_that_works_shows_nothing_red_but_that_there_is_no_scanner():
    all_well()

    assert [line.key for line in lines().values() if not line.well] == ["NoScanner"]
    assert not any(line.step for line in lines().values() if line.well)


@pytest.mark.req("GH-058")
def test_each_thing_that_stands_still_is_red_with_its_next_step(settings: LazySettings):
    settings.CLAMD = "127.0.0.1:1"
    long_ago = NOON - timedelta(hours=3)
    a_task(state="waiting", put_at=long_ago, due_at=long_ago, last_error="FarSideDown: no answer")
    a_task("scan", state="stuck", last_error="BytesMissing: x")
    StoredFile.objects.create(
        owner=a_parent(),
        question="Q",
        name="a.pdf",
        kind="pdf",
        bytes=1,
        storage_key="k",
        uploaded_at=long_ago,
    )
    audit.record("account.signed_in", by=None, about=("user", "1"), now=long_ago)

    red = {line.key: line for line in lines().values() if not line.well}

    everything = {"Worker", "Schedule", "Waiting", "Stuck", "Mail", "Scanner", "Files", "Seals", "Verified"}
    everything |= {"NoSpool"} | ({"Alerts"} if connection.vendor == "postgresql" else set())
    assert set(red) == everything
    assert all(line.step for line in red.values())
    assert "180" in red["Waiting"].words


@pytest.mark.req("GH-058", "GH-046")
def test_an_audit_that_was_altered_is_red_after_the_daily_check(monkeypatch: pytest.MonkeyPatch):
    all_well()
    monkeypatch.setattr(audit.queries, "broken", lambda: "entry 7 (position 7): altered")

    audit_tasks.verify(NOON)

    assert "entry 7" in lines()["Broken"].words
    assert "data protection officer" in lines()["Broken"].step


@pytest.mark.req("GH-058")
def test_the_check_that_the_next_step_names_turns_the_line_green():
    call_command("audit_verify", stdout=StringIO())

    now = timezone.now()
    assert next(line for line in health.lines(now) if line.key == "Verified").well


@pytest.mark.req("GH-058")
def test_an_administrator_reads_the_page_and_has_stuck_work_tried_again(client: Client):
    task = a_task(state="stuck", last_error="RefusedForGood: 550 dilys@example.org", attempts=8)
    come_in(client, an_administrator())

    page = client.get(reverse(STATUS)).text
    assert "RefusedForGood" in page
    assert "dilys@example.org" not in page
    assert say("administration.Status_Worker_Step", "en") in page

    answer = client.post(reverse("council:status-again", args=[task.pk]))
    assert answer.headers["Location"] == reverse(STATUS)
    task.refresh_from_db()
    assert task.due_at <= timezone.now()
    assert task.attempts == 0
    assert Entry.objects.get(verb="outbox.tried_again").about_id == str(task.pk)


@pytest.mark.req("GH-058")
def test_the_home_of_an_administrator_leads_to_the_status(client: Client):
    come_in(client, an_administrator())

    page = client.get(reverse("council:home")).text

    assert f'href="{reverse(STATUS)}"' in page
    assert "nothing here for your role" not in page


def test_an_officer_may_not_see_the_status(client: Client):
    come_in(client, an_officer())

    assert client.get(reverse(STATUS)).status_code == 403
