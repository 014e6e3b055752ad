"""Batch invoices, as people of a school and the council's finance team meet them."""

import io

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from guildhall.people.schoolsite.models import SiteEntry
from guildhall.work.invoices.first import GUIDE
from guildhall.work.invoices.models import Batch, CostCode, Upload

from ...people.membership.schools import a_place, a_supervisor, another_school
from ...standing import NOON, an_officer, come_in
from ...work.invoices.scene import GOOD, a_batch, a_bursar, a_finance_officer, csv_of, numbered, read

pytestmark = pytest.mark.django_db
LIST, COUNCIL = "/schools/invoices/", "/council/invoices/"
CODES = COUNCIL + "cost-codes/"


def browser(place):
    return come_in(Client(), place.user)


def the_team():
    return come_in(Client(), a_finance_officer())


def post_file(client, *lines):
    file = io.BytesIO(csv_of(*lines))
    file.name = "march.csv"
    return client.post(LIST + "new", {"file": file})


@pytest.mark.req("SC-089")
def test_a_school_checks_corrects_confirms_and_sends_and_gets_a_receipt():
    hers = browser(a_bursar(a_supervisor()))
    page = hers.get(LIST + "new").text
    assert "Cost code" in page
    assert hers.get(LIST + "template").content.decode("utf-8-sig").startswith("Invoice number,Date,")
    nothing = hers.post(LIST + "new")
    assert (nothing.status_code, "Choose a CSV file" in nothing.text) == (422, True)

    file = post_file(hers, GOOD, "A-2,soon,<b>Rees</b>,4100,1,0,1").url
    shown = hers.get(file).text
    assert "Lines to correct: 1 of 2" in shown
    assert "“soon” is not a date" in shown
    assert "&lt;b&gt;Rees" in shown
    assert "Cambrian Books" not in shown
    assert "Cambrian Books" in hers.get(file + "?all=1").text
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(hers.get(file + "problems").content))
    [heads, row] = sheet.get_sheet_by_index(0).to_python()
    assert (heads[0], row[0], row[2]) == ("Line", "3", "A-2")
    line = f"{file}lines/3"
    typed = {
        "number": "A-2",
        "dated_on": "",
        "supplier": "Rees",
        "cost_code": "1",
        "net": "1",
        "vat": "0",
        "gross": "1",
    }
    assert hers.post(line, typed | {"act": "save"}).status_code == 422
    assert hers.post(line, typed | {"act": "save", "dated_on": "1/4/2026"}).url == file
    assert hers.get(f"{file}lines/99").status_code == 404

    apart = hers.post(file + "send", {"total": "120", "count": "٣"})
    assert apart.status_code == 422
    assert "The difference is £1.00" in apart.text
    assert "Enter the number of invoices" in apart.text
    sent = hers.post(file + "send", {"total": "£121.00", "count": "2"}).url
    assert hers.post(file + "send", {"total": "£121.00", "count": "2"}).url == sent
    batch = Batch.objects.get()
    receipt = hers.get(sent).text
    assert "Batch sent" in receipt
    assert batch.reference in receipt
    assert hers.get(file).url == sent
    assert hers.get(sent + "pdf").content.startswith(b"%PDF")
    assert batch.reference in hers.get(LIST).text
    assert batch.reference in hers.get(LIST, {"words": "a-1", "state": "sent"}).text
    assert "No batch fits" in hers.get(LIST, {"state": "returned"}).text
    again = post_file(hers, GOOD, "A-2,soon,<b>Rees</b>,4100,1,0,1")
    assert (again.status_code, batch.reference in again.text) == (422, True)


@pytest.mark.req("SC-089")
def test_a_batch_is_taken_up_marked_returned_and_corrected_and_the_school_reads_why():
    tracey = a_bursar(a_supervisor())
    batch, hers, team = a_batch(tracey), browser(tracey), the_team()
    own, theirs = f"{LIST}batches/{batch.reference}/", f"{COUNCIL}batches/{batch.reference}/"
    assert "Batches waiting: 1" in team.get("/council/").text
    assert batch.reference in team.get(COUNCIL).text
    assert batch.reference in team.get(COUNCIL, {"school": tracey.school_id, "state": ""}).text
    assert batch.reference not in team.get(COUNCIL, {"state": "accepted"}).text
    assert "Withdraw this batch" in hers.get(own).text
    team.post(theirs + "move/", {"move": "take-up"})
    assert "Withdraw this batch" not in hers.get(own).text
    assert "gone on meanwhile" in hers.post(own + "withdraw", follow=True).text
    assert team.post(theirs, {}).status_code == 422
    assert team.post(theirs, {"decision": "return"}).status_code == 422
    mark = f"{theirs}lines/{batch.lines.get().pk}/"
    assert team.get(mark).status_code == 200
    assert team.post(mark, {"problem": "Use 4200."}).url == theirs
    assert team.post(theirs, {"decision": "accept"}).status_code == 422
    assert team.post(theirs, {"decision": "return"}).url == theirs
    shown = hers.get(own).text
    assert "Use 4200." in shown
    assert "returned by the finance team" in shown
    assert str(a_finance_officer()) not in shown
    assert batch.reference in hers.get("/schools/alerts/").text
    upload = hers.post(own + "again").url
    assert "No problem was found" in hers.get(upload).text
    csv = team.get(theirs + "export/").content.decode("utf-8-sig")
    assert "A-1,2026-03-27,Cambrian Books,4100,100.00,20.00,120.00" in csv


@pytest.mark.req("SC-089")
def test_nobody_else_comes_in():
    sian = a_supervisor()
    tracey, huw = a_bursar(sian), a_place("huw@ysgol.example.org")
    batch, upload = a_batch(tracey), read(tracey, numbered(5))
    own, file = f"{LIST}batches/{batch.reference}/", f"{LIST}files/{upload.pk}/"
    pages = (
        LIST,
        LIST + "new",
        LIST + "template",
        own,
        own + "pdf",
        file,
        file + "problems",
        file + "lines/2",
    )
    his, officer = browser(huw), come_in(Client(), an_officer())
    other = browser(a_supervisor("ffion@other.example.org", another_school()))
    assert [his.get(one).status_code for one in pages] == [404] * 8
    assert LIST not in his.get("/schools/").text
    assert LIST in browser(sian).get("/schools/").text
    assert LIST in browser(tracey).get("/schools/").text
    assert [other.get(one).status_code for one in pages[3:]] == [404] * 5
    assert {officer.get(one).status_code for one in (COUNCIL, CODES)} <= {403, 404}
    assert COUNCIL not in officer.get("/council/").text
    assert his.post(file + "discard").status_code == 404
    assert browser(tracey).post(file + "discard").url == LIST
    assert not Upload.objects.filter(pk=upload.pk).exists()


def test_the_team_sees_what_a_new_list_of_codes_changes_before_it_replaces_the_old_one():
    team = the_team()
    assert "Schools can use any code" in team.get(CODES).text
    assert team.post(CODES, {"codes": "4100,Books\n4100,Again"}).status_code == 422
    looked = team.post(CODES, {"codes": "4100,Books\n4200\tRepairs"})
    assert "Added: 2." in looked.text
    assert not CostCode.objects.exists()
    assert team.post(CODES, {"codes": "4100,Books\n4200\tRepairs", "act": "replace"}).url == CODES
    file = io.BytesIO(team.get(CODES + "export/").content)
    file.name = "codes.csv"
    assert "Added: 0." in team.post(CODES, {"file": file}).text
    assert "Repairs" in team.get(CODES, {"words": "rep"}).text
    assert CostCode.objects.count() == 2


@pytest.mark.req("SC-089", "SC-120")
def test_the_guide_is_opened_from_each_page_of_invoices():
    entry = SiteEntry.objects.filter(title__en="Batch invoices").first() or SiteEntry.objects.create(**GUIDE)
    hers = browser(a_bursar(a_supervisor()))
    assert all(f"/schools/pages/{entry.pk}/" in hers.get(one).text for one in (LIST, LIST + "new"))


def test_a_page_of_a_long_list_asks_no_more_than_that_of_a_short_one(django_assert_max_num_queries):
    tracey = a_bursar(a_supervisor())
    for number in range(12):
        a_batch(tracey, numbered(number))
    with django_assert_max_num_queries(30):
        browser(tracey).get(LIST)
    with django_assert_max_num_queries(30):
        the_team().get(COUNCIL)


@pytest.mark.req("SC-089")
def test_batches_sorted_by_state_stand_in_the_order_that_a_batch_goes_through():
    tracey = a_bursar(a_supervisor())
    waiting, done = a_batch(tracey, numbered(1)), a_batch(tracey, numbered(2))
    Batch.objects.filter(pk=done.pk).update(state="accepted", closed_by=tracey.user, closed_at=NOON)
    for sort, order in (("state", [waiting, done]), ("-state", [done, waiting])):
        shown = browser(tracey).get(LIST, {"sort": sort}).context["rows"]
        assert [row["batch"] for row in shown] == order
