"""Two people at the same moment, and a crash in the middle: all of a decision or none of it (F24, F27)."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.outbox.models import Task
from guildhall.mail.messages.models import Message
from guildhall.people.accounts.models import User
from guildhall.records.chronology.models import Entry
from guildhall.work.cases import services
from guildhall.work.cases.models import Case, CaseEvent
from guildhall.work.cases.services import answers, decisions
from tests.standing import NOON, a_parent, an_officer

from .scene import LETTER, a_case_in, an_open_case


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs a database that takes several writers")
def test_of_two_officers_who_decide_at_once_one_decides_and_the_other_is_told():
    case = an_open_case()
    officer = an_officer()
    start = Barrier(2)

    def decide(verb: Any) -> str:
        try:
            start.wait()
            return verb(case, LETTER, by=officer, seen=case.version, now=NOON).status
        except Refusal:
            return "told"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        results = sorted(pool.map(decide, [services.approve, services.reject]))

    assert "told" in results
    assert Message.objects.filter(to=a_parent()).count() == 1
    assert CaseEvent.objects.filter(verb__in=["approve", "reject"]).count() == 1


class Crash(Exception):
    pass


@pytest.mark.heavy
@pytest.mark.both
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("point", ["cases.approve.moved", "cases.approve.told", "cases.approve.shown"])
def test_a_crash_in_the_middle_of_an_approval_leaves_nothing_behind(point: str, monkeypatch):
    case = an_open_case()
    before = (CaseEvent.objects.count(), Task.objects.count())
    monkeypatch.setattr(decisions, "fault_point", _failing(point))

    with pytest.raises(Crash):
        services.approve(case, LETTER, by=an_officer(), now=NOON)

    assert Case.objects.get().status == "opened"
    assert (CaseEvent.objects.count(), Task.objects.count()) == before
    assert not Message.objects.exists()
    assert Entry.objects.get().shown_from is None

    monkeypatch.undo()
    services.approve(case, LETTER, by=an_officer(), seen=case.version, now=NOON)
    assert Message.objects.count() == 1


@pytest.mark.heavy
@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_a_crash_in_the_middle_of_an_answer_leaves_nothing_behind(monkeypatch):
    case = a_case_in("more-information")
    sender: User = a_parent()
    monkeypatch.setattr(answers, "fault_point", _failing("cases.answer.kept"))

    with pytest.raises(Crash):
        services.receive_answer(case, by=sender, body="Here", key="k", now=NOON)
    assert Case.objects.get().status == "more-information"

    monkeypatch.undo()
    services.receive_answer(case, by=sender, body="Here", key="k", now=NOON)
    assert Message.objects.filter(to=None).count() == 1


def _failing(point: str) -> Any:
    def fail(name: str) -> None:
        if name == point:
            raise Crash(name)

    return fail
