"""F24: writers who meet in the database wait or are tried again; nobody is shown it."""

import threading
from collections import Counter

import psycopg
import pytest

from tests.faults import storm
from tests.faults.ledger import Line, send_once
from tests.faults.rig import Rig

pytestmark = pytest.mark.faults
CROSSINGS = 6


@pytest.mark.req("GH-020")
def test_eight_people_who_send_at_once_all_get_their_receipt_at_the_first_try(site: Rig):
    site.healthy()
    people, ledger = site.people(8, 6), site.ledger()

    def sends(person: dict) -> None:
        visitor = site.visitor(person)
        for draft in person["drafts"]:
            ledger.write(send_once(visitor, draft))

    storm.together([lambda person=person: sends(person) for person in people])

    assert Counter(line.outcome for line in ledger.lines()) == {"acknowledged": 48}
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

    for draft in person["drafts"]:
        ledger.write(crossed(site, person, draft, database))

    assert [line.outcome for line in ledger.lines()] == ["acknowledged"] * CROSSINGS
    assert deadlocks(database) - before >= CROSSINGS, "the run counts only if they did cross"
    assert site.judge().problems == {}


def crossed(site: Rig, person: dict, draft: dict, database: str) -> Line:
    """Send while another writer holds the sender's row and then wants the draft, which is held."""
    told: list[Line] = []
    with psycopg.connect(database) as other:
        other.execute("SET deadlock_timeout = '30s'")  # so that it is the portal that is turned away
        other.execute("SELECT id FROM accounts_user WHERE id = %s FOR UPDATE", [person["id"]])
        thread = threading.Thread(target=lambda: told.append(send_once(site.visitor(person), draft)))
        thread.start()
        wait_for_waiting(database)
        other.execute("SELECT id FROM submissions_draft WHERE id = %s FOR UPDATE", [draft["id"]])
    thread.join()
    return told[0]


def wait_for_waiting(database: str) -> None:
    """Return when somebody waits for a lock of another."""
    with psycopg.connect(database, autocommit=True) as line:
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
