"""F24: writers who meet in the database wait or are tried again; nobody is shown it."""

import os
import threading
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
    before = deadlocks(database)

    turned_away = [crossed(site, person, draft, database, ledger) for draft in person["drafts"]]

    assert [line.outcome for line in ledger.lines()] == ["acknowledged"] * CROSSINGS
    assert sum(turned_away) > CROSSINGS // 2, "the run counts only if they did cross"
    assert deadlocks(database) - before >= CROSSINGS
    assert site.judge().problems == {}


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


def wait_for_waiting(line: psycopg.Connection) -> None:
    """Return when somebody waits for a lock of another."""
    while not line.execute(
        "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    ).fetchone():
        line.execute("SELECT pg_sleep(0.02)")


def deadlocks(database: str) -> int:
    """How often this database server found two writers in each other's way."""
    with psycopg.connect(database, autocommit=True) as line:
        line.execute("SELECT pg_stat_clear_snapshot()")
        line.execute("SELECT pg_sleep(1.2)")
        row = line.execute(
            "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
        ).fetchone()
    assert row
    return int(row[0])
