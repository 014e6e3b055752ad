"""F24: writers who meet in the database wait or are tried again; nobody is shown it."""

import os
import signal
import threading
import time
from collections import Counter

import psycopg
import pytest

from tests.faults import storm
from tests.faults.ledger import Ledger, send_once
from tests.faults.rig import Rig

pytestmark = pytest.mark.faults
# How much; scripts/measure/faults.py runs more. A person holds at most 50 drafts.
CROSSINGS = int(os.environ.get("GUILDHALL_FAULT_CROSSINGS", "10"))
EACH = int(os.environ.get("GUILDHALL_FAULT_TOGETHER", "10"))


@pytest.mark.req("GH-020")
def test_eight_people_who_send_at_once_all_get_their_receipt_at_the_first_try(site: Rig):
    site.healthy()
    people, ledger = site.people(8, EACH), site.ledger()

    def sends(person: dict) -> None:
        visitor = site.visitor(person)
        for draft in person["drafts"]:
            ledger.write(send_once(visitor, draft))

    storm.together([lambda person=person: sends(person) for person in people])

    assert Counter(line.outcome for line in ledger.lines()) == {"acknowledged": 8 * EACH}
    assert "locked" not in site.site.log.read_text(errors="replace")
    assert site.judge().problems == {}


def test_a_form_that_crosses_with_another_writer_is_tried_again_and_the_person_sees_nothing(site: Rig):
    if site.on != "PostgreSQL":
        pytest.skip("SQLite lets one writer in at a time: two cannot cross")
    site.healthy()
    person = site.people(1, CROSSINGS)[0]
    database = site.site._own["GUILDHALL_DATABASE"]
    ledger = site.ledger()
    before = deadlocks(site)

    turned_away = [crossed(site, person, draft, database, ledger) for draft in person["drafts"]]

    assert [line.outcome for line in ledger.lines()] == ["acknowledged"] * CROSSINGS
    assert sum(turned_away) > CROSSINGS // 2, "the run counts only if they did cross"
    assert deadlocks(site) - before >= CROSSINGS
    assert site.judge().problems == {}


def test_a_form_that_crossed_lets_the_other_writer_go_first_however_slowly_it_wakes(site: Rig):
    if site.on != "PostgreSQL":
        pytest.skip("SQLite lets one writer in at a time: two cannot cross")
    site.healthy()
    person = site.people(1, 1)[0]
    draft, database, ledger = person["drafts"][0], site.site._own["GUILDHALL_DATABASE"], site.ledger()
    before = deadlocks(site)

    with psycopg.connect(database, autocommit=True) as watcher, psycopg.connect(database) as other:
        other.execute("SET deadlock_timeout = '20s'")
        other.execute("SELECT id FROM accounts_user WHERE id = %s FOR UPDATE", [person["id"]])
        form = threading.Thread(target=lambda: ledger.write(send_once(site.visitor(person), draft)))
        form.start()
        wait_for_waiting(watcher)
        wanting = threading.Thread(
            target=other.execute,
            args=("SELECT id FROM submissions_draft WHERE id = %s FOR UPDATE", [draft["id"]]),
        )
        wanting.start()
        wait_for_waiting(watcher, [other.info.backend_pid])
        os.kill(other.info.backend_pid, signal.SIGSTOP)
        try:
            wait_until_one_is_turned_away(watcher)
            time.sleep(0.05)  # how long a busy machine may take to wake it
        finally:
            os.kill(other.info.backend_pid, signal.SIGCONT)
        wanting.join()
        other.commit()
    form.join()

    assert [line.outcome for line in ledger.lines()] == ["acknowledged"]
    assert deadlocks(site) - before == 1, "they crossed once, and not again"


def crossed(site: Rig, person: dict, draft: dict, database: str, ledger: Ledger) -> bool:
    """Send while another writer holds the sender's row and then wants the draft, which is held.

    Whether it was the portal that was turned away: on a busy machine it may have looked too early.
    """
    thread = threading.Thread(target=lambda: ledger.write(send_once(site.visitor(person), draft)))
    try:
        with psycopg.connect(database) as other, psycopg.connect(database, autocommit=True) as watcher:
            other.execute("SET deadlock_timeout = '5s'")
            other.execute("SELECT id FROM accounts_user WHERE id = %s FOR UPDATE", [person["id"]])
            thread.start()
            wait_for_waiting(watcher)
            other.execute("SELECT id FROM submissions_draft WHERE id = %s FOR UPDATE", [draft["id"]])
    except psycopg.errors.DeadlockDetected:
        return False
    finally:
        thread.join()
    return True


_WAITING = """
    SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()
"""


def wait_for_waiting(line: psycopg.Connection, pids: list[int] | None = None) -> None:
    """Return when somebody, or one of ``pids``, waits for a lock of another."""
    while not any(pids is None or pid in pids for (pid,) in line.execute(_WAITING).fetchall()):
        line.execute("SELECT pg_sleep(0.02)")


def wait_until_one_is_turned_away(line: psycopg.Connection) -> None:
    """Return when fewer wait for a lock than now."""
    waiting = len(line.execute(_WAITING).fetchall())
    while len(line.execute(_WAITING).fetchall()) >= waiting:
        line.execute("SELECT pg_sleep(0.005)")


def deadlocks(site: Rig) -> int:
    """How often this database server found two writers in each other's way, by its log."""
    assert site.grounds.server
    return (site.grounds.server.folder / "log").read_text(errors="replace").count("deadlock detected")
