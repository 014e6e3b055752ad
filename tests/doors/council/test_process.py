"""The EHC process as an officer uses it: dates, exceptions, mediation, the board and the limits."""

import re
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from guildhall.foundation.audit.models import Entry
from guildhall.records.children.models import Child
from guildhall.work.ehcprocess import queries
from guildhall.work.ehcprocess.models import Excuse, Process
from tests.records.some import a_child
from tests.standing import a_safeguarding_officer, an_officer, come_in, may_look
from tests.support.seen import seen_at
from tests.work.ehcprocess import scene
from tests.work.ehcprocess.scene import Facts, facts

pytestmark = pytest.mark.django_db


def a_known_child(**details: Any) -> Child:
    child = a_child(**details)
    may_look(an_officer(), child)
    return child


def typed(**days: date) -> dict[str, str]:
    """Dates as the boxes send them."""
    return {
        f"{name}-{part}": str(getattr(day, part))
        for name, day in days.items()
        for part in ("day", "month", "year")
    }


def page(child: Child) -> str:
    return reverse("council:child-process", args=[child.pk])


def at(name: str, process: Process) -> str:
    return reverse(f"council:{name}", args=[process.involvement.child_id, process.pk])


def a_process(child: Child | None = None, told: Facts | None = None) -> Process:
    return scene.a_process(child, told, now=timezone.now())


def words(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def ago(weeks: int) -> date:
    return timezone.localdate() - timedelta(weeks=weeks)


@pytest.mark.req("SP-324")
def test_entering_a_request_begins_the_process(officer: Client):
    child = a_known_child()
    assert "No request for an EHC needs assessment" in words(officer.get(page(child)))

    start = reverse("council:process-start", args=[child.pk])
    sent = officer.post(start, typed(received=ago(3)), follow=True)

    assert sent.redirect_chain[-1][0].startswith(page(child))
    said = words(sent)
    assert "The request was entered." in said
    assert "Request received Done on" in said
    assert "Decision whether to assess Now" in said
    assert Process.objects.get().received_on == ago(3)
    assert Entry.objects.filter(verb="child.viewed", child_id=child.pk).exists()


@pytest.mark.req("SP-325")
def test_what_cannot_be_is_said_beside_its_field_and_what_was_typed_stays(officer: Client):
    process = a_process(a_known_child(), facts(received=ago(10)))

    wrong = typed(received=ago(10), assess=ago(11)) | {"assess_decision": "yes"}
    sent = officer.post(at("process-dates", process), wrong | seen_at(officer, at("process-dates", process)))

    assert sent.status_code == 422
    assert 'href="#assess"' in sent.content.decode()
    assert f'value="{ago(11).year}"' in sent.content.decode()
    nonsense = officer.post(at("process-dates", process), {"received-day": "\x00", "owner": "9" * 40})
    assert nonsense.status_code == 422


@pytest.mark.req("SP-324")
def test_a_change_is_in_the_history_and_is_taken_back(officer: Client):
    process = a_process(a_known_child(), facts(received=ago(10)))
    given = typed(received=ago(10), assess=ago(5)) | {"assess_decision": "no", "seen": "1"}

    saved = words(officer.post(at("process-dates", process), given, follow=True))
    assert "There will be no assessment" in saved
    assert "Appeal to the SEND Tribunal" in saved
    undone = words(officer.post(at("process-undo", process), {"seen": "2"}, follow=True))

    assert "The last change was taken back." in undone
    assert "There will be no assessment" not in undone
    for seen in ("1", ""):
        stale = officer.post(at("process-dates", process), given | {"seen": seen})
        assert "Somebody else changed this process" in words(stale)


@pytest.mark.req("GH-004")
def test_an_exception_is_recorded_with_its_evidence_and_withdrawn(officer: Client):
    process = a_process(a_known_child(), facts(received=ago(10)))
    given = typed(first_on=ago(9), last_on=ago(4), decided_on=ago(2))
    given |= {"kind": "absent", "evidence": "Letter of the\x00 mother", "decided_by": "SEND panel"}

    said = words(officer.post(at("process-excuse", process), given, follow=True))

    assert "The exception was recorded. No date has moved." in said
    assert "Letter of the mother" in said
    assert "Decided by SEND panel" in said
    assert "Excused" in said
    excuse = Excuse.objects.get()
    withdraw = reverse("council:process-excuse-withdraw", args=[process.involvement.child_id, excuse.pk])
    assert "Withdrawn by" in words(officer.post(withdraw, follow=True))
    short = given | typed(last_on=ago(8))
    assert "28 days in a row" in words(officer.post(at("process-excuse", process), short))


@pytest.mark.req("SP-327")
def test_mediation_is_added_beside_a_decision_and_removed(officer: Client):
    told = facts(received=ago(12), assess=ago(8), decisions={"assess": "no"})
    process = a_process(a_known_child(), told)

    given = typed(on=ago(6)) | {"kind": "mediation", "stage": "assess"}
    assert "Mediation asked for" in words(officer.post(at("process-marker", process), given, follow=True))
    value = f"mediation:assess:{ago(6).isoformat()}"
    officer.post(at("process-marker-remove", process), {"marker": value})

    process.refresh_from_db()
    assert process.facts.markers == ()
    assert officer.post(at("process-marker-remove", process), {"marker": "x"}).status_code == 404


def test_before_a_decision_there_is_nothing_to_put_mediation_beside(officer: Client):
    process = a_process(a_known_child(), facts(received=ago(3)))

    assert "There is no decision yet" in words(officer.get(at("process-marker", process)))


@pytest.mark.req("GH-006")
def test_the_board_shows_what_is_open_with_due_date_owner_and_state(officer: Client):
    a_process(a_known_child(forename="Cai"), facts(received=ago(7)))
    a_process(a_known_child(forename="Ana"), facts(received=ago(1)))

    board = officer.get(reverse("council:process-board"))

    said = words(board)
    assert "Overdue (1)" in said
    assert said.index("Cai") < said.index("Ana")
    assert "7 days late" in said
    assert "Cai" not in words(officer.get(reverse("council:process-board") + "?find=ana"))
    assert "Ana" not in words(officer.get(reverse("council:process-board") + "?state=overdue"))
    nothing = officer.get(reverse("council:process-board") + "?find=qqqq&owner=x&step=y&state=z&sort=w")
    assert "No step fits." in words(nothing)
    assert Entry.objects.filter(verb="child.viewed", detail__surface="list").exists()


@pytest.mark.req("GH-006")
def test_the_board_asks_no_more_for_more_rows(officer: Client):
    address = reverse("council:process-board")
    a_process(a_known_child(forename="Ana"), facts(received=ago(1)))
    officer.get(address)
    with CaptureQueriesContext(connection) as few:
        officer.get(address)
    for name in ("Bea", "Cai", "Dai"):
        a_process(a_known_child(forename=name), facts(received=ago(2)))

    with CaptureQueriesContext(connection) as more:
        officer.get(address)

    assert len(more) == len(few)


@pytest.mark.req("GH-006")
def test_the_board_is_downloaded_as_it_is_shown(officer: Client):
    a_process(a_known_child(forename="Cai", surname="=cmd"), facts(received=ago(7)))
    a_process(a_known_child(forename="Ana"), facts(received=ago(1)))

    sent = officer.get(reverse("council:process-export") + "?state=overdue")

    sheet = load_workbook(BytesIO(b"".join(sent) if sent.streaming else sent.content)).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert len(rows) == 2
    assert "Cai" in rows[1][0]
    assert rows[1][6] == (ago(7) + timedelta(weeks=6)).isoformat()


@pytest.mark.req("GH-006")
def test_the_forecast_is_a_chart_with_its_table(officer: Client):
    a_process(a_known_child(), facts(received=ago(1)))

    shown = officer.get(reverse("council:process-forecast"))

    page_of = shown.content.decode()
    assert page_of.count("<rect") == 20
    assert 'role="img" aria-labelledby="forecast-title forecast-desc"' in page_of
    assert "Steps that fall due: 3" in words(shown)
    assert page_of.count('<th scope="row"') == 20


@pytest.mark.req("GH-001", "GH-005")
def test_the_limits_of_every_pack_are_there_and_work_out_days(officer: Client):
    address = reverse("council:process-limits")
    assert "6 weeks after: Request received" in words(officer.get(address))

    counted = officer.get(address, typed(start=date(2028, 2, 29)) | {"pack": "wales-idp"})
    said = words(counted)
    assert "35 school days after" in said
    assert "Choose a school whose term dates are published" in said
    assert "23 May 2028" in said
    for pack in ("england-annual-review", "england-mediation", "safeguarding-referral"):
        assert officer.get(address, typed(start=date(2026, 8, 31)) | {"pack": pack}).status_code == 200
    assert officer.get(address + "?pack=x&start-day=99").status_code == 200


@pytest.mark.req("GH-006")
def test_the_board_is_the_teams(client: Client):
    a_process()
    stranger = come_in(client, a_safeguarding_officer())

    for name in ("board", "export", "forecast", "limits"):
        assert stranger.get(reverse(f"council:process-{name}")).status_code == 404


def test_the_process_of_one_child_is_not_reached_through_another(officer: Client):
    process, other = a_process(), a_known_child(forename="Other")

    assert officer.get(reverse("council:process-dates", args=[other.pk, process.pk])).status_code == 404
    assert queries.excuses_of(process) == []
