"""A unit of work that crossed with another is done again, three times at most (F24)."""

import threading
import time
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, OperationalError, transaction
from django.test import Client, RequestFactory

from guildhall.config.errors import DatabaseDownMiddleware
from guildhall.foundation.kit import again, turns
from guildhall.foundation.kit.again import again_when_crossed, again_when_first_or_crossed
from guildhall.people.organisations.models import Team

pytestmark = pytest.mark.django_db(transaction=True)


def an_error(sqlstate: str = "", words: str = "crossed") -> OperationalError:
    error = OperationalError(words)
    error.__cause__ = type("Cause", (Exception,), {"sqlstate": sqlstate})()
    return error


class Unit:
    """Writes a row, then fails with each of ``errors`` in turn."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)
        self.tries = 0

    def __call__(self) -> str:
        self.tries += 1
        Team.objects.create(key=f"try-{self.tries}", name={"en": "A", "cy": "A"})
        if self.errors:
            raise self.errors.pop(0)
        return "done"


def tried(unit: Unit, how=again_when_crossed) -> str:
    return how(lambda: unit())()


def rows() -> list[str]:
    return list(Team.objects.filter(key__startswith="try-").values_list("key", flat=True))


@pytest.mark.parametrize(
    "error",
    [an_error("40001"), an_error("40P01"), an_error("55P03"), an_error(words="database is locked")],
    ids=["serialization", "deadlock", "lock", "sqlite"],
)
def test_what_crossed_is_done_again_from_the_start(error: OperationalError):
    unit = Unit(error, error)

    assert tried(unit) == "done"
    assert rows() == ["try-3"]


def test_between_two_tries_whoever_crossed_has_time_to_go_first():
    unit, began = Unit(an_error("40P01"), an_error("40P01")), time.monotonic()

    assert tried(unit) == "done"
    took = time.monotonic() - began
    assert took >= (again.PAUSE + 2 * again.PAUSE) / 2, "each pause is at least half of the longest"


def test_whoever_was_only_second_to_write_a_row_is_not_kept_waiting(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(again, "PAUSE", 60)

    assert tried(Unit(IntegrityError("twice")), again_when_first_or_crossed) == "done"


def test_other_pages_of_the_process_are_answered_between_two_tries(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(again, "PAUSE", 4)
    crossed, other = threading.Event(), []

    def crossing(_environ, _start):
        def unit() -> bytes:
            if not crossed.is_set():
                crossed.set()
                raise an_error("40P01")
            return b" ".join([b"after", *other])

        return [again_when_crossed(unit)()]

    def answer(program, into: list[bytes]) -> threading.Thread:
        turned = turns.in_turn(program, slow=frozenset(), waiting=1)
        page = {"REQUEST_METHOD": "GET", "PATH_INFO": "/"}
        thread = threading.Thread(target=lambda: into.extend(turned(page, None)))
        thread.start()
        return thread

    said: list[bytes] = []
    first = answer(crossing, said)
    assert crossed.wait(5)
    answer(lambda _environ, _start: [b"another"], other).join(10)
    first.join(10)
    try:
        assert said == [b"after another"]
    finally:
        turns._of_this_process().close()
        turns._of_this_process.cache_clear()


def test_the_third_time_is_the_last_and_leaves_nothing():
    unit = Unit(*[an_error("40P01") for _ in range(5)])

    with pytest.raises(OperationalError):
        tried(unit)
    assert unit.tries == 3
    assert rows() == []


@pytest.mark.parametrize("error", [an_error("57P01"), an_error(), IntegrityError("twice"), ValueError("x")])
def test_any_other_fault_goes_on_at_once(error: Exception):
    unit = Unit(error)

    with pytest.raises(type(error)):
        tried(unit)
    assert unit.tries == 1


def test_somebody_faster_is_looked_at_again_where_that_is_asked_for():
    unit = Unit(IntegrityError("twice"))

    assert tried(unit, again_when_first_or_crossed) == "done"


def test_inside_a_larger_transaction_it_runs_once():
    unit = Unit(an_error("40P01"))

    with pytest.raises(OperationalError), transaction.atomic():
        tried(unit)
    assert unit.tries == 1


def test_after_the_last_try_the_person_reads_that_they_can_try_again(client: Client):
    request = RequestFactory().post("/council/review/X/decide/approve/")
    answer = DatabaseDownMiddleware(SimpleNamespace()).process_exception(request, an_error("40P01"))

    assert answer is not None
    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert "send it again" in answer.content.decode()
