import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from guildhall.foundation.outbox import handlers, queries, services, tasks, worker
from guildhall.foundation.outbox.failures import FarSideDown, RefusedForGood
from guildhall.foundation.outbox.models import Heartbeat, Task
from guildhall.foundation.outbox.services import leases
from tests.migrated import sqlite_file
from tests.standing import NOON

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


class Recorder:
    """A handler that remembers its calls and fails as told."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.failures: list[Exception] = []

    def __call__(self, payload: dict[str, Any], *, task_key: str, now: datetime) -> None:
        self.calls.append((task_key, payload))
        if self.failures:
            raise self.failures.pop(0)

    @property
    def keys(self) -> list[str]:
        return [key for key, _ in self.calls]


@pytest.fixture
def recorder(monkeypatch: pytest.MonkeyPatch) -> Recorder:
    """Every kind of task is done by this handler."""
    recorder = Recorder()
    monkeypatch.setattr(handlers, "handler_of", lambda _kind: recorder)
    return recorder


def a_worker(now: datetime = NOON) -> worker.Worker:
    return worker.Worker(name=f"worker at {now}", clock=lambda: now)


def put(key: str = "one", kind: str = "letter", **more: Any) -> None:
    services.put(kind, {"say": key}, key=key, now=more.pop("now", NOON), **more)


def test_a_task_is_done_once_and_forgets_what_it_said(recorder: Recorder):
    put()

    assert a_worker().drain() == 1
    assert a_worker().drain() == 0

    task = Task.objects.get()
    assert recorder.calls == [("one", {"say": "one"})]
    assert (task.state, task.done_at, task.payload) == (Task.State.DONE, NOON, {})


def test_the_same_key_is_put_once_however_often_it_is_asked(recorder: Recorder):
    put(), put()
    a_worker().drain()
    put()
    a_worker().drain()

    assert recorder.keys == ["one"]


def test_a_task_is_not_there_when_its_transaction_was_rolled_back(recorder: Recorder):
    with pytest.raises(RuntimeError), transaction.atomic():
        put()
        raise RuntimeError

    assert a_worker().drain() == 0


def test_what_is_not_due_waits(recorder: Recorder):
    put(due_at=NOON + MINUTE)

    assert a_worker(NOON).drain() == 0
    assert a_worker(NOON + MINUTE).drain() == 1


def test_tasks_are_done_in_the_order_in_which_they_became_due(recorder: Recorder):
    for number in (3, 1, 2):
        put(str(number), now=NOON - number * MINUTE)

    a_worker().drain()

    assert recorder.keys == ["3", "2", "1"]


def test_what_somebody_may_wait_for_is_done_before_periodic_jobs_that_were_due_first(recorder: Recorder):
    put("job first", kind="job")
    put("code", kind="email", now=NOON + MINUTE)
    put("job second", kind="job", now=NOON + MINUTE)
    a_worker(NOON + MINUTE).drain()
    assert recorder.keys == ["code", "job first", "job second"]


def test_a_failure_is_tried_again_after_one_minute_then_two_up_to_an_hour(recorder: Recorder):
    recorder.failures = [ValueError("no")] * 20
    put()
    waits, now = [], NOON
    for _ in range(10):
        assert a_worker(now).drain() == 1
        due = Task.objects.get().due_at
        waits.append((due - now) // MINUTE)
        assert a_worker(due - timedelta(seconds=1)).drain() == 0
        now = due

    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60, 60]


def test_a_task_that_keeps_failing_is_stuck_in_sight_and_still_tried_until_it_works(recorder: Recorder):
    recorder.failures = [ValueError("the reason")] * 9
    put()
    now = NOON
    for _ in range(9):
        a_worker(now).drain()
        now = Task.objects.get().due_at

    task = queries.stuck().get()
    assert task.last_error == "ValueError: the reason"
    assert queries.standing(now).stuck == 1
    assert not queries.standing(now).healthy

    a_worker(now).drain()
    assert Task.objects.get().state == Task.State.DONE


def test_what_the_far_side_refuses_for_good_is_stuck_after_three_tries(recorder: Recorder):
    recorder.failures = [RefusedForGood("550 no such person")] * 3
    put()
    now = NOON
    for _ in range(3):
        assert Task.objects.get().state == Task.State.WAITING
        a_worker(now).drain()
        now = Task.objects.get().due_at

    assert queries.stuck().get().last_error == "RefusedForGood: 550 no such person"


def test_a_far_side_that_is_down_is_asked_once_not_once_for_every_task(recorder: Recorder):
    recorder.failures = [FarSideDown("nobody answers")]
    for number in range(5):
        put(str(number))
    put("other", kind="other", now=NOON + timedelta(seconds=1))
    one_worker = a_worker(NOON + MINUTE)

    assert one_worker.drain() == 2

    assert recorder.keys == ["0", "other"]
    assert Task.objects.filter(state=Task.State.WAITING, attempts=0).count() == 4


def test_a_far_side_that_was_down_for_hours_is_asked_again_within_five_minutes(recorder: Recorder):
    recorder.failures = [FarSideDown("nobody answers")] * 40
    put()
    now = NOON
    for _ in range(40):
        a_worker(now).drain()
        waited = Task.objects.get().due_at - now
        assert waited <= 5 * MINUTE
        now += waited
    assert Task.objects.get().state == Task.State.WAITING

    a_worker(now).drain()
    assert Task.objects.get().state == Task.State.DONE


def test_what_waits_a_whole_day_is_stuck_whoever_is_to_blame(recorder: Recorder):
    recorder.failures = [FarSideDown("nobody answers")]
    put()

    a_worker(NOON + timedelta(hours=24)).drain()

    assert queries.stuck().exists()


def test_a_task_in_one_worker_s_hands_is_not_taken_by_another():
    put()
    first = leases.lease_next(worker="a", now=NOON)

    assert first is not None
    assert leases.lease_next(worker="b", now=NOON + timedelta(seconds=59)) is None


def test_a_dead_worker_s_task_is_taken_after_a_minute_and_its_late_word_counts_no_more():
    put()
    dead = leases.lease_next(worker="dead", now=NOON)
    living = leases.lease_next(worker="living", now=NOON + timedelta(seconds=61))

    assert dead and living
    assert living.fence > dead.fence
    assert not leases.finish(dead, now=NOON + 2 * MINUTE)
    assert not leases.fail(dead, error=ValueError(), now=NOON + 2 * MINUTE)
    assert not leases.keep(dead, now=NOON + 2 * MINUTE)
    assert Task.objects.get().state == Task.State.LEASED
    assert leases.finish(living, now=NOON + 2 * MINUTE)


def test_a_worker_that_lives_keeps_its_task_however_long_it_takes():
    put()
    lease = leases.lease_next(worker="slow", now=NOON)
    assert lease
    for beats in range(1, 20):
        assert leases.keep(lease, now=NOON + timedelta(seconds=15 * beats))

    assert leases.lease_next(worker="other", now=NOON + timedelta(seconds=15 * 19 + 59)) is None


def test_a_task_that_kills_every_worker_is_set_aside_before_it_kills_them_all():
    put()
    now = NOON
    for _ in range(leases.TRIES_BEFORE_STUCK):
        assert leases.lease_next(worker="doomed", now=now)
        now += timedelta(seconds=61)

    assert leases.lease_next(worker="lucky", now=now) is None
    assert queries.stuck().get().due_at == now + timedelta(hours=1)
    assert leases.lease_next(worker="brave", now=now + timedelta(hours=1))


def test_a_person_can_have_a_stuck_task_tried_at_once(recorder: Recorder):
    recorder.failures = [RefusedForGood("no")]
    put()
    a_worker(NOON + timedelta(days=2)).drain()
    later = NOON + timedelta(days=2, seconds=1)

    leases.retry_now(queries.stuck().get(), now=later)

    assert a_worker(later).drain() == 1
    assert Task.objects.get().state == Task.State.DONE


def test_a_kind_that_nobody_handles_is_kept_and_shown():
    put(kind="unheard-of")

    a_worker().drain()

    assert Task.objects.get().last_error.startswith("UnknownKind")


def test_the_database_holds_a_lease_to_its_end():
    with pytest.raises(IntegrityError), transaction.atomic():
        Task.objects.create(kind="k", key="k", payload={}, put_at=NOON, due_at=NOON, state="leased")
    with pytest.raises(IntegrityError), transaction.atomic():
        Task.objects.create(kind="k", key="k", payload={}, put_at=NOON, due_at=NOON, state="done")


def test_the_status_page_knows_what_waits_since_when_and_whether_anybody_works():
    put(now=NOON - 7 * MINUTE)
    put("later", due_at=NOON + MINUTE)
    leases.beat("a", now=NOON - timedelta(seconds=90))
    leases.beat("b", now=NOON - timedelta(seconds=10))

    standing = queries.standing(NOON)

    assert (standing.waiting, standing.stuck, standing.workers) == (2, 0, 1)
    assert standing.oldest_waiting == 7 * MINUTE
    assert standing.last_heartbeat == timedelta(seconds=10)
    assert not standing.healthy


def test_an_idle_outbox_with_a_living_worker_is_healthy():
    leases.beat("a", now=NOON)

    assert queries.standing(NOON).healthy
    assert not queries.standing(NOON + 2 * MINUTE).healthy


def test_what_was_done_long_ago_and_workers_long_silent_are_forgotten(recorder: Recorder):
    put()
    a_worker().drain()
    leases.beat("gone", now=NOON)

    tasks.tidy(NOON + timedelta(days=91))

    assert not Task.objects.exists()
    assert not Heartbeat.objects.exists()


# Periodic jobs


@pytest.fixture
def job(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """One job every ten minutes; the moments at which it ran."""
    ran: list[datetime] = []
    monkeypatch.setattr(handlers, "jobs", lambda: {"ten": (timedelta(minutes=10), ran.append)})
    return ran


def test_a_job_runs_once_a_turn_however_many_workers_there_are(job: list[datetime]):
    workers = [a_worker(NOON) for _ in range(3)]
    for one in workers:
        one.put_due_jobs()
    for one in workers:
        one.drain()

    assert job == [NOON]


def test_a_job_runs_again_when_its_next_turn_comes_and_not_before(job: list[datetime]):
    for minutes in (0, 3, 9, 10, 15, 20):
        now = NOON + timedelta(minutes=minutes)
        one = a_worker(now)
        one.put_due_jobs()
        one.drain()

    assert [moment - NOON for moment in job] == [timedelta(minutes=minutes) for minutes in (0, 10, 20)]


def test_after_a_long_silence_a_job_runs_once_not_once_for_every_turn_missed(job: list[datetime]):
    for now in (NOON, NOON + timedelta(hours=3)):
        one = a_worker(now)
        one.put_due_jobs()
        one.drain()

    assert len(job) == 2


def test_a_clock_that_steps_back_does_not_run_a_job_twice(job: list[datetime]):
    for minutes in (0, 10, 5, 10):
        one = a_worker(NOON + timedelta(minutes=minutes))
        one.put_due_jobs()
        one.drain()

    assert len(job) == 2


def test_an_idle_worker_asks_the_database_once_and_writes_nothing(
    job: list[datetime], django_assert_num_queries
):
    one = a_worker()
    one.put_due_jobs()
    one.drain()

    with django_assert_num_queries(1):
        one.put_due_jobs()
        one.drain()


def test_start_up_refuses_a_table_that_names_what_is_not_there(settings: LazySettings):
    assert handlers.every_handler_is_there() == []

    settings.OUTBOX_HANDLERS = {"letter": "guildhall.nowhere.deliver"}
    settings.SCHEDULE = {"job": (MINUTE, "guildhall.foundation.outbox.tasks.nothing")}

    assert [error.id for error in handlers.every_handler_is_there()] == ["guildhall.E046"] * 2


# The command, in this process and in its own


def test_the_command_does_one_task_and_stops(recorder: Recorder):
    put(), put("two")

    call_command("worker", "--once")

    assert recorder.keys == ["one"]
    assert not Heartbeat.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs a database that takes several writers")
def test_workers_side_by_side_do_every_task_once(recorder: Recorder):
    for number in range(60):
        put(str(number))

    def work() -> None:
        a_worker().drain()
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(recorder.keys, key=int) == [str(number) for number in range(60)]


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database with 50 emails put, to be copied."""
    folder = tmp_path_factory.mktemp("migrated")
    environment = programs(folder)
    shutil.copy(sqlite_file(), folder / "own.sqlite3")
    run(environment, "-c", PUT_EMAILS)
    return folder / "own.sqlite3"


@pytest.fixture
def own(tmp_path: Path, migrated: Path) -> dict[str, str]:
    """The environment of programs that share such a database of their own."""
    shutil.copy(migrated, tmp_path / "own.sqlite3")
    return programs(tmp_path)


PUT_EMAILS = """
import django; django.setup()
from django.utils import timezone
from guildhall.foundation.outbox.email import put_email
for n in range(50):
    put_email("a@example.org", subject="shared.File_Problem", body="shared.File_Waits_Advice",
              language="en", key=f"mail:{n}", now=timezone.now())
"""


def programs(folder: Path) -> dict[str, str]:
    own = {
        "GUILDHALL_DATA": str(folder),
        "GUILDHALL_DATABASE": f"sqlite:///{folder}/own.sqlite3",
        "GUILDHALL_MAIL": "files",
        "DJANGO_SETTINGS_MODULE": "guildhall.config.settings",
        "PYTHONPATH": "src",
    }
    return os.environ | own


def run(environment: dict[str, str], *words: str) -> None:
    subprocess.run([sys.executable, *words], env=environment, check=True, timeout=120)


def start(environment: dict[str, str], *words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "django", "worker", *words], env=environment)


def ask(environment: dict[str, str], sql: str) -> list[tuple[Any, ...]]:
    database = Path(environment["GUILDHALL_DATA"]) / "own.sqlite3"
    with closing(sqlite3.connect(database, timeout=20)) as line, line:
        return line.execute(sql).fetchall()


def letters(environment: dict[str, str]) -> list[str]:
    return sorted(path.name for path in (Path(environment["GUILDHALL_DATA"]) / "mail").glob("*.eml"))


def emails_not_done(environment: dict[str, str]) -> int:
    return ask(environment, "SELECT count(*) FROM outbox_task WHERE kind = 'email' AND state <> 'done'")[0][0]


@pytest.mark.slow
@pytest.mark.parametrize(
    "point",
    [
        "outbox.after_lease",
        "outbox.before_effect",
        "email.before_rename",
        "outbox.after_effect",
        "outbox.before_done",
        "outbox.after_done",
    ],
)
def test_a_worker_killed_at_any_point_loses_nothing_and_doubles_nothing(own: dict[str, str], point: str):
    assert start(own | {"GUILDHALL_FAULT": f"{point}:exit"}, "--once").wait(120) == 137

    # A minute passes: the lease of the dead worker runs out.
    ask(own, "UPDATE outbox_task SET leased_until = '2020-01-01 00:00:00' WHERE state = 'leased'")
    run(own, "-m", "django", "worker", "--until-empty")

    assert emails_not_done(own) == 0
    assert len(letters(own)) == 50


@pytest.mark.slow
def test_a_full_queue_is_drained_after_a_restart_by_workers_that_stop_in_good_order(own: dict[str, str]):
    workers = [start(own), start(own)]
    end = time.monotonic() + 100
    while ask(own, "SELECT count(*) FROM outbox_heartbeat")[0][0] < 2 and time.monotonic() < end:
        time.sleep(0.05)
    for one in workers:
        one.send_signal(signal.SIGTERM)
    assert [one.wait(60) for one in workers] == [0, 0]
    assert ask(own, "SELECT count(*) FROM outbox_task WHERE state = 'leased'") == [(0,)]
    assert ask(own, "SELECT count(*) FROM outbox_heartbeat") == [(0,)]

    run(own, "-m", "django", "worker", "--until-empty")

    assert emails_not_done(own) == 0
    assert len(letters(own)) == 50


def test_a_failure_whose_words_no_database_keeps_is_kept_without_them_and_the_worker_goes_on(
    recorder: Recorder,
):
    put()
    recorder.failures = [ValueError("letter \udcff.eml\x00")]

    assert a_worker().run_one()

    task = Task.objects.get(key="one")
    assert (task.state, task.last_error) == (Task.State.WAITING, "ValueError: letter ?.eml")
