"""A process answers one page at a time, and lets others in while one waits outside Python."""

import threading
import time

import pytest
from django.db import connection, connections, transaction

from guildhall.foundation.kit import turns

PAGE = {"REQUEST_METHOD": "GET", "PATH_INFO": "/"}
SIGN_IN = {"REQUEST_METHOD": "POST", "PATH_INFO": "/slow"}


@pytest.fixture(autouse=True)
def _no_connection_stays():
    yield
    if turns._of_this_process.cache_info().currsize:
        turns._of_this_process().close()
        turns._of_this_process.cache_clear()


def _turned(program):
    return turns.in_turn(program, slow=frozenset({"/slow"}), waiting=1)


def _page(program):
    """Ask ``program`` in a thread of its own; what it answered is in the list."""
    answers = []
    thread = threading.Thread(target=lambda: answers.extend(_turned(program)(PAGE, None)))
    thread.start()
    return thread, answers


def _slow(inside, leave, *, aside):
    def program(_environ, _start):
        inside.set()
        if aside:
            with turns.aside():
                assert leave.wait(5)
        else:
            assert leave.wait(5)
        return [b"slow"]

    return program


@pytest.mark.parametrize("aside", [True, False])
def test_another_page_runs_only_while_the_first_steps_aside(aside):
    inside, leave = threading.Event(), threading.Event()
    slow, _ = _page(_slow(inside, leave, aside=aside))
    assert inside.wait(5)
    quick, answers = _page(lambda _environ, _start: [b"quick"])
    quick.join(5 if aside else 0.2)
    assert answers == ([b"quick"] if aside else [])
    leave.set()
    slow.join(5)
    quick.join(5)
    assert answers == [b"quick"]


@pytest.mark.django_db(transaction=True)
def test_nobody_steps_aside_inside_a_transaction():
    assert _turned(_locked_while_aside)(PAGE, None) == [True]


def _locked_while_aside(_environ, _start):
    with transaction.atomic(), turns.aside():
        return [turns._turn.locked()]


def _connection_asked(_environ, _start):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return [connections["default"].connection]


@pytest.mark.django_db
def test_pages_in_several_threads_ask_over_one_connection():
    asked = []
    for _ in range(3):
        thread, answers = _page(_connection_asked)
        thread.join(5)
        asked += answers
    assert len(asked) == 3
    assert asked[0] is not None
    assert all(each is asked[0] for each in asked)


@pytest.mark.django_db
def test_who_steps_aside_leaves_the_connection_to_the_next_page_and_has_it_again():
    def stepping_aside(environ, start):
        before = _connection_asked(environ, start)
        with turns.aside():
            thread, between = _page(_connection_asked)
            thread.join(5)
        return [*before, *between, *_connection_asked(environ, start)]

    before, between, after = _turned(stepping_aside)(PAGE, None)
    assert before is between is after


@pytest.mark.django_db
def test_what_a_thread_opened_before_its_turn_is_its_own_afterwards():
    own = connections["default"]
    assert _turned(lambda _environ, _start: [connections["default"]])(PAGE, None) != [own]
    assert connections["default"] is own


def test_of_a_crowd_at_a_slow_page_one_runs_some_wait_and_the_rest_is_crowded_out():
    inside, leave, found = threading.Event(), threading.Event(), []

    def program(environ, _start):
        if environ is PAGE or turns.crowded_out():
            return [b"crowded out" if turns.crowded_out() else b"page"]
        found.append("slow")
        inside.set()
        with turns.aside():
            assert leave.wait(5)
        return [b"slow"]

    turned = _turned(program)
    crowd = [threading.Thread(target=turned, args=(SIGN_IN, None)) for _ in range(2)]
    crowd[0].start()
    assert inside.wait(5)
    crowd[1].start()
    time.sleep(0.2)  # until the second one waits
    assert turned(SIGN_IN, None) == [b"crowded out"]
    assert turned(PAGE, None) == [b"page"]
    assert found == ["slow"]
    leave.set()
    for thread in crowd:
        thread.join(5)
    assert found == ["slow", "slow"]
