"""Two transactions that cross: the decision is made again, once, and nobody loses anything (F24)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from guildhall.foundation.kit import again
from guildhall.mail.messages.models import Message
from guildhall.records.linkage import services as linkage
from guildhall.records.linkage.models import Decision, Mention
from guildhall.records.linkage.services import deciding
from guildhall.work.cases import services
from guildhall.work.cases.models import Case, CaseEvent
from guildhall.work.cases.services import decisions
from tests.records.some import a_mention
from tests.standing import NOON, a_parent, an_officer, come_in

from .scene import LETTER, a_case, an_open_case

pytestmark = pytest.mark.django_db(transaction=True)
Step = Callable[..., Any]


def failing(step: Step, times: int) -> tuple[Step, list[int]]:
    """``step``, that says it crossed the first ``times`` times it was done."""
    count = [0]

    def once_more(*args: Any, **kwargs: Any) -> Any:
        answer = step(*args, **kwargs)
        count[0] += 1
        if count[0] <= times:
            raise OperationalError("database is locked")
        return answer

    return once_more, count


def test_a_decision_that_crossed_is_made_again_and_only_once(monkeypatch: pytest.MonkeyPatch):
    case = an_open_case()
    step, count = failing(decisions.tell_sender, 2)
    monkeypatch.setattr(decisions, "tell_sender", step)

    decided = services.approve(case, LETTER, by=an_officer(), seen=case.version, now=NOON)

    assert decided.status == "approved"
    assert count == [3]
    assert Message.objects.filter(to=a_parent()).count() == 1
    assert CaseEvent.objects.filter(verb="approve").count() == 1


def test_matching_that_crossed_is_done_again_and_only_once(monkeypatch: pytest.MonkeyPatch):
    mention = a_mention("77", said_by=a_parent(), now=NOON)
    before = Decision.objects.count()
    step, count = failing(deciding.settle, 1)
    monkeypatch.setattr(deciding, "settle", step)

    linkage.reject_mention(mention, by=an_officer(), now=NOON)

    assert count == [2]
    assert Mention.objects.get(pk=mention.pk).state == "rejected"
    assert Decision.objects.count() == before + 1


def test_an_officer_whose_decision_keeps_crossing_reads_to_try_again_and_nothing_is_half_done(
    client: Client, monkeypatch: pytest.MonkeyPatch
):
    case = an_open_case()
    step, count = failing(decisions.tell_sender, 99)
    monkeypatch.setattr(decisions, "tell_sender", step)
    come_in(client, an_officer())

    answer = client.post(
        f"/council/review/{case.reference}/decide/approve/",
        {
            "do": "send",
            "seen": case.version,
            "may_answer": "yes",
            "subject": LETTER.subject,
            "body": LETTER.body,
        },
    )

    assert answer.status_code == 503
    assert "choose Send again" in answer.text
    assert count == [again.TRIES]
    assert Case.objects.get().status == "opened"
    assert not Message.objects.exists()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs a database that takes several writers")
def test_of_two_writers_that_lock_in_crossing_order_both_finish():
    one, other = an_open_case(), services.open_first(a_case(), by=an_officer(), now=NOON)
    officer, barrier = an_officer(), Barrier(2, timeout=5)
    tries: list[int] = []

    def cross(first: Case, second: Case) -> str:
        met: list[bool] = []

        @again.again_when_crossed
        def unit() -> None:
            tries.append(1)
            services.write_message(first, LETTER, by=officer, now=NOON)
            if not met:
                met.append(True)
                barrier.wait()
            services.write_message(second, LETTER, by=officer, now=NOON)

        try:
            unit()
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        ends = [pool.submit(cross, one, other), pool.submit(cross, other, one)]
        assert [end.result(timeout=30) for end in ends] == ["done", "done"]

    assert len(tries) > 2, "nothing crossed"
    assert CaseEvent.objects.filter(verb="write").count() == 4
    assert Message.objects.filter(to=a_parent()).count() == 4
