"""F1, F6, F13 and the intake's fault points: what a person was told is so, once, whatever dies."""

import os
import sys
from collections.abc import Callable

import pytest

from tests.faults import storm
from tests.faults.ledger import send_once
from tests.faults.rig import Rig
from tests.support.grounds import bring_up, kill_server

pytestmark = pytest.mark.faults

# How much: small beside other tests, large from ./bench faults.
DRAFTS = int(os.environ.get("GUILDHALL_FAULT_DRAFTS", "10"))
LEAST_KILLS = int(os.environ.get("GUILDHALL_FAULT_KILLS", "6"))
LEAST_AMBIGUOUS = int(os.environ.get("GUILDHALL_FAULT_AMBIGUOUS", "3"))
MOST_RUNS = 5
POINTS = [
    "begin",
    "after_seal",
    "after_files",
    "after_mention",
    "after_case",
    "before_commit",
    "after_commit",
]


def told(run: storm.Run) -> storm.Run:
    """Shown under -s."""
    sys.stdout.write(f"\n{run} {[round(each, 2) for each in run.returns]}\n")
    return run


def until(counts: Callable[[storm.Run], bool], act: Callable[[], storm.Run]) -> storm.Run:
    """Run the storm until one counts: kills fall by chance, and a run with too little power proves nothing.

    Whatever its power, every run of the protected program is judged.
    """
    for _ in range(MOST_RUNS):
        run = told(act())
        if counts(run):
            return run
    pytest.fail(f"none of {MOST_RUNS} runs had enough kills and unsure people to count: {run}")


def judged(run: storm.Run) -> storm.Run:
    assert run.acknowledged == run.forms
    assert set(run.outcomes) <= {"acknowledged", "receipt-lost", "no-answer"}
    assert (run.lost, run.duplicated, run.verdict.problems) == (0, 0, {})
    return run


@pytest.mark.req("GH-020", "GH-027")
def test_forms_sent_while_web_processes_are_killed_are_each_there_once(site: Rig):
    until(
        lambda run: run.kills >= LEAST_KILLS and run.ambiguous >= LEAST_AMBIGUOUS,
        lambda: judged(storm.web_workers_killed(site, drafts=DRAFTS, most_kills=20)),
    )


def test_the_control_without_the_key_shows_the_same_run_duplicates(unprotected: Rig):
    until(
        lambda run: run.ambiguous >= 1 and run.duplicated >= 1,
        lambda: storm.web_workers_killed(unprotected, drafts=4, most_kills=6),
    )


@pytest.mark.req("GH-020")
def test_forms_sent_while_the_database_dies_are_each_there_once_and_nobody_restarts_anything(site: Rig):
    if site.on != "PostgreSQL":
        pytest.skip("SQLite has no server that could die")
    web, workers = site.site.web_workers(), [worker.pid for worker in site.site.workers]

    run = told(storm.database_killed(site, drafts=DRAFTS, most_kills=6))

    assert run.kills >= LEAST_KILLS // 2
    assert run.outcomes["not-yet"] > 0, "somebody met the page that says not sent yet"
    assert not [outcome for outcome in run.outcomes if outcome.startswith("wrong")]
    assert max(run.returns) <= 5
    assert run.acknowledged == run.forms
    assert (run.lost, run.duplicated, run.verdict.problems) == (0, 0, {})
    assert (site.site.web_workers(), [worker.pid for worker in site.site.workers]) == (web, workers)
    assert all(worker.poll() is None for worker in site.site.workers)


@pytest.mark.req("GH-020")
def test_a_form_sent_eight_times_at_the_same_moment_is_one_with_one_receipt(site: Rig):
    run = told(storm.sent_eight_times(site, keys=DRAFTS))

    assert run.outcomes == {"acknowledged": 8 * run.forms}
    assert len({(line.key, line.reference) for line in run.lines}) == run.forms
    assert (run.duplicated, run.verdict.problems) == (0, {})


def test_the_control_on_a_database_that_says_yes_too_early_loses_what_was_acknowledged(forgetful: Rig):
    ledger, server = forgetful.ledger(), forgetful.grounds.server
    assert server

    for _ in range(MOST_RUNS):
        person = forgetful.people(1, 5)[0]
        for draft in person["drafts"]:
            ledger.write(send_once(forgetful.visitor(person), draft))
        kill_server(server)
        bring_up(server)
        if lost := forgetful.judge().counts["I1"]:
            break

    assert ledger.acknowledged >= 5
    assert lost >= 1


def test_the_control_without_the_key_makes_several_forms_of_eight_posts(unprotected: Rig):
    run = told(storm.sent_eight_times(unprotected, keys=5))

    assert run.duplicated > 0


@pytest.mark.req("GH-020")
def test_a_failure_at_any_point_of_sending_leaves_all_or_nothing(site: Rig):
    person = site.people(1, 2 * len(POINTS))[0]
    ledger = site.ledger()
    visitor = site.visitor(person)
    cases = [(f"intake.{point}:{kind}") for point in POINTS for kind in ("raise", "exit")]

    for fault, draft in zip(cases, person["drafts"], strict=True):
        failed = send_once(visitor, draft, X_Fault=fault)
        ledger.write(failed)
        assert failed.outcome == ("no-answer" if fault.endswith("exit") else "wrong 500 "), fault
        stored = site.site.sql(
            f"SELECT count(*) FROM submissions_submission WHERE key = '{_plain(site, draft)}'"
        )
        assert stored == [(int("after_commit" in fault),)], fault
        site.healthy()
        again = send_once(visitor, draft)
        ledger.write(again)
        assert again.acknowledged, (fault, again)

    assert site.judge().problems == {}


def test_the_control_without_one_transaction_leaves_forms_that_lack_a_part(torn: Rig):
    person = torn.people(1, 2)[0]
    ledger, visitor = torn.ledger(), torn.visitor(person)

    for draft, fault in zip(
        person["drafts"], ("intake.after_seal:exit", "intake.after_case:exit"), strict=True
    ):
        ledger.write(send_once(visitor, draft, X_Fault=fault))
        torn.healthy()
        again = send_once(visitor, draft)
        ledger.write(again)
        assert again.acknowledged, "the person is told that all is well"

    problems = torn.judge().problems["I3"]
    assert any(each.endswith("0 × case") for each in problems), problems
    assert any(each.endswith("0 × email") for each in problems), problems


def _plain(site: Rig, draft: dict[str, str]) -> str:
    """The key as the database spells it."""
    return draft["key"].replace("-", "") if site.on == "SQLite" else draft["key"]
