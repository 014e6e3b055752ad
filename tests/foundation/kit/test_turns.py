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
    return _ask(_turned(program), PAGE)


def _ask(turned, environ):
    """A turn puts another connection in the place of a thread's own, so the test's thread takes none."""
    answers = []
    thread = threading.Thread(target=lambda: answers.extend(turned(environ, None)))
    thread.start()
    return thread, answers


def _answer(turned, environ):
    thread, answers = _ask(turned, environ)
    thread.join(5)
    return answers


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
    assert _answer(_turned(_locked_while_aside), PAGE) == [True]


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
        asked += _answer(_turned(_connection_asked), PAGE)
    assert len(asked) == 3
    assert asked[0] is not None
    assert all(each is asked[0] for each in asked)


@pytest.mark.django_db
def test_who_steps_aside_leaves_the_connection_to_the_next_page_and_has_it_again():
    between = []

    def stepping_aside(environ, start):
        before = _connection_asked(environ, start)
        with turns.aside():
            between.extend(_answer(_turned(_connection_asked), PAGE))
        return [*before, *_connection_asked(environ, start)]

    answers = _answer(_turned(stepping_aside), PAGE)
    assert len(between) == 1
    assert all(each is between[0] for each in answers)


@pytest.mark.django_db
def test_what_a_download_opened_outside_the_turn_is_not_kept():
    kept = []

    def downloading_then_a_page():
        _connection_asked(PAGE, None)
        _turned(_connection_asked)(PAGE, None)
        kept.extend(connections.all(initialized_only=True))
        kept.append("looked")

    thread = threading.Thread(target=downloading_then_a_page)
    thread.start()
    thread.join(5)
    assert kept == ["looked"]


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
    crowd = [_ask(turned, SIGN_IN)[0]]
    assert inside.wait(5)
    crowd.append(_ask(turned, SIGN_IN)[0])
    time.sleep(0.2)  # until the second one waits
    assert _answer(turned, SIGN_IN) == [b"crowded out"]
    assert _answer(turned, PAGE) == [b"page"]
    assert found == ["slow"]
    leave.set()
    for thread in crowd:
        thread.join(5)
    assert found == ["slow", "slow"]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_page_that_gets_no_connection_gives_the_turn_back(monkeypatch):
    def none_left():
        raise RuntimeError("no connection can be made")

    with monkeypatch.context() as broken:
        broken.setattr(turns, "_of_this_process", none_left)
        assert _answer(_turned(lambda _environ, _start: [b"never"]), PAGE) == []

    assert _answer(_turned(lambda _environ, _start: [b"next"]), PAGE) == [b"next"]


def test_who_never_got_the_turn_back_does_not_give_away_that_of_another(monkeypatch):
    inside, leave = threading.Event(), threading.Event()
    other, _ = _page(_slow(inside, leave, aside=False))
    assert inside.wait(5)

    turns._end()

    assert turns._turn.locked()
    leave.set()
    other.join(5)
