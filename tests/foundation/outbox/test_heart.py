import threading
import time
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from guildhall.foundation.outbox import handlers, services, worker
from guildhall.foundation.outbox.models import Heartbeat, Task
from guildhall.foundation.texts import catalogue
from tests.standing import NOON


@pytest.mark.django_db(transaction=True)
def test_a_beating_heart_keeps_the_task_in_hand_and_says_that_the_worker_lives():
    moments = iter(NOON + timedelta(seconds=20 * number) for number in range(100))
    services.put("letter", {}, key="one", now=NOON)
    one = worker.Worker(name="w", clock=lambda: next(moments))
    one.in_hand = worker.leases.lease_next(worker="w", now=NOON)

    worker.Heart(one).beat()
    worker.Heart(one).beat()

    assert Task.objects.get().leased_until == NOON + timedelta(seconds=80)
    assert Heartbeat.objects.get().beat_at == NOON + timedelta(seconds=20)


@pytest.mark.django_db(transaction=True)
def test_a_worker_takes_new_work_within_a_second_and_stops_when_told(monkeypatch: pytest.MonkeyPatch):
    done = threading.Event()
    monkeypatch.setattr(handlers, "handler_of", lambda _kind: lambda *_args, **_more: done.set())
    monkeypatch.setattr(handlers, "jobs", dict)
    stopping = threading.Event()
    services.put("letter", {}, key="later", now=timezone.now() + timedelta(seconds=0.3))
    started = time.monotonic()

    def stop_when_done() -> None:
        done.wait(10)
        stopping.set()

    thread = threading.Thread(target=stop_when_done)
    thread.start()
    worker.run(worker.Worker(), stopping=stopping)
    thread.join()

    assert time.monotonic() - started < 2
    assert Task.objects.get().state == Task.State.DONE


@pytest.mark.django_db
def test_the_words_are_read_before_the_first_task_and_not_inside_its_transaction(
    monkeypatch: pytest.MonkeyPatch,
):
    order: list[str] = []
    monkeypatch.setattr(catalogue, "catalogue", lambda: order.append("words"))
    monkeypatch.setattr(worker.Worker, "run_one", lambda _worker: order.append("task"))
    monkeypatch.setattr("signal.signal", lambda *_: None)

    call_command("worker", "--once")

    assert order == ["words", "task"]
