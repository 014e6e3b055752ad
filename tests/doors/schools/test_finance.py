"""Income and Expenditure, as people of a school and the council's finance team meet it."""

import io
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from python_calamine import CalamineWorkbook

from guildhall.foundation.audit.models import Entry
from guildhall.mail.messages.models import Message
from guildhall.people.accounts.models import User
from guildhall.work.schoolfinance.models import Asked, Return, Statement, Version

from ...people.membership.schools import a_place, a_supervisor, another_school
from ...people.responsibilities.scene import LEAD, give
from ...standing import come_in
from ...work.invoices.scene import a_bursar
from ...work.schoolfinance.scene import INCOME, an_officer, ask, csv_of, publish, sent

pytestmark = pytest.mark.django_db
NEXT_YEAR = str(timezone.localdate().year + 1)
LIST, COUNCIL = "/schools/income-and-expenditure/", "/council/income-and-expenditure/"


def browser(place):
    return come_in(Client(), place.user)


def the_team():
    return come_in(Client(), an_officer())


def everybody_reads(language):
    User.objects.update(language=language)


@pytest.mark.req("SC-044", "SC-091")
def test_each_of_the_three_systems_opens_only_by_a_responsibility():
    sian = a_supervisor()
    opens = {
        "/schools/admissions/": "Admissions",
        LIST: "Finance",
        "/schools/emergency-contacts/": "Premises",
    }
    place = a_place("elen@ysgol.example.org")
    hers = browser(place)
    for path, responsibility in opens.items():
        for client in (hers, browser(sian)):
            refused = client.get(path)
            assert refused.status_code == 403
            assert responsibility in refused.text
            assert f'href="{path}"' not in client.get("/schools/").text
    for path, responsibility in opens.items():
        give(place, sian, **{responsibility: LEAD})
        assert [hers.get(one).status_code for one in opens] == [200 if one == path else 403 for one in opens]
        assert f'href="{path}"' in hers.get("/schools/").text


@pytest.mark.req("SC-091")
def test_an_officer_loads_looks_publishes_and_sees_who_looked_and_a_school_reads_its_own():
    sian = a_supervisor()
    bursar = a_bursar(sian)
    team, hers = the_team(), browser(bursar)
    assert "No statement was published yet" in team.get(COUNCIL).text
    assert "There is no statement" in hers.get(LIST).text
    assert team.post(COUNCIL + "load/").status_code == 422
    file = io.BytesIO(
        csv_of(INCOME, "990001,Expenditure,4100,<b>Books,1000,600.50,500", "9,Income,1,x,1,1,1")
    )
    file.name = "accounts.csv"
    month = team.get(COUNCIL + "load/").text.split('<option value="2')[1][:6]
    month = f"2{month}"
    shown = team.post(COUNCIL + "load/", {"month": month, "file": file})
    page = team.get(shown.url).text
    assert "Rows that will be left out: 1 of 3" in page
    assert "Publish to schools: 1" in page
    team.post(shown.url + "decide/", {"act": "publish"})
    made = Statement.objects.get()
    assert "nobody yet" in team.get(f"{COUNCIL}months/{month}/").text

    own = f"{LIST}statements/{made.pk}/"
    assert own in hers.get(LIST).text
    assert own in hers.get("/schools/alerts/").text
    page = hers.get(own).text
    for words in ("£25,000.00", "&lt;b&gt;Books", "Over budget", "-£100.50", "110%"):
        assert words in page
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(hers.get(own + "xlsx").content))
    assert sheet.get_sheet_by_index(0).to_python()[1][1:5] == ["1001", "Budget share", 100000.0, 25000.0]
    assert "Books,1000.00,600.50,500.00,-100.50,110" in hers.get(own + "csv").content.decode("utf-8-sig")
    assert hers.get(own + "exe").status_code == 404
    assert str(bursar.user) in team.get(f"{COUNCIL}statements/{made.pk}/").text
    assert Entry.objects.filter(verb="schoolfinance.statement_read").count() == 3
    elsewhere = a_bursar(a_supervisor("ffion@other.example.org", another_school()), "tom@other.example.org")
    assert browser(elsewhere).get(own).status_code == 404

    withdrawn = team.post(f"{COUNCIL}statements/{made.pk}/withdraw/", {"why": ""})
    assert (withdrawn.status_code, "Say why" in withdrawn.text) == (422, True)
    done = team.post(f"{COUNCIL}statements/{made.pk}/withdraw/", {"why": "Of another month"}, follow=True)
    assert f"{COUNCIL}statements/{made.pk}/put-back/" in done.text
    assert hers.get(own).status_code == 404
    team.post(f"{COUNCIL}statements/{made.pk}/put-back/")
    assert hers.get(own).status_code == 200


@pytest.mark.req("SC-091")
def test_an_officer_asks_and_a_school_saves_sends_corrects_and_all_is_taken_away():
    sian = a_supervisor()
    bursar = a_bursar(sian)
    team, hers = the_team(), browser(bursar)
    typed = {
        "title_en": "Plan",
        "title_cy": "Cynllun",
        "guidance_en": "Read this.",
        "guidance_cy": "Darllenwch hwn.",
        "lines": "5",
        "label-1_en": "Grants",
        "label-1_cy": "Grantiau",
        "kind-1": "income",
        "required-1": "yes",
        "label-3_en": "Words",
        "label-3_cy": "Geiriau",
        "kind-3": "text",
        "whom": "some",
    }
    new = COUNCIL + "returns/new/"
    assert "Add more lines" in team.get(new).text
    refused = team.post(new, typed)
    assert refused.status_code == 422
    assert "Enter the due date" in refused.text
    assert "Choose at least one school" in refused.text
    assert 'value="Grants"' in team.post(new, typed | {"act": "more"}).text
    due = {"due_on-day": "1", "due_on-month": "6", "due_on-year": NEXT_YEAR}
    team.post(new, typed | due | {"schools": [sian.school_id]})
    asked, one = Asked.objects.get(), Return.objects.get()
    assert [line["label"] for line in asked.lines] == [
        {"en": "Grants", "cy": "Grantiau"},
        {"en": "Words", "cy": "Geiriau"},
    ]

    path = f"{LIST}returns/{one.pk}/"
    page = hers.get(path).text
    assert "Read this." in page
    everybody_reads("cy")
    for client, address in ((hers, path), (hers, LIST), (team, f"{COUNCIL}returns/{asked.pk}/")):
        assert "Cynllun" in client.get(address).text
    assert all(words in hers.get(path).text for words in ("Grantiau", "Darllenwch"))
    everybody_reads("en")
    saved = hers.post(path, {"line1": "much", "seen": "", "act": "save"}, follow=True)
    assert "Nothing was sent yet" in saved.text
    checked = hers.get(path + "check").text
    assert "must be pounds and pence" in checked
    one.refresh_from_db()
    hers.post(path, {"line1": "12.50", "seen": one.saved_at.isoformat(), "act": "check"})
    assert "£12.50" in hers.get(path + "check").text
    receipt = hers.post(path + "check", follow=True)
    version = Version.objects.get()
    assert "Return sent" in receipt.text
    assert version.reference in receipt.text
    assert hers.get(path).status_code == 302

    at = f"{COUNCIL}sent/{version.reference}/"
    assert "£12.50" in team.get(at).text
    assert team.post(at, {"why": ""}).status_code == 422
    team.post(at, {"why": "Too little"})
    page = hers.get(path).text
    assert "Too little" in page
    assert 'value="12.50"' in page
    board = f"{COUNCIL}returns/{asked.pk}/"
    assert "To correct" in team.get(board).text
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(team.get(board + "export/").content))
    assert sheet.get_sheet_by_index(0).to_python()[1][5] == 12.5
    team.post(board, {"due_on-day": "2", "due_on-month": "6", "due_on-year": NEXT_YEAR})
    asked.refresh_from_db()
    assert asked.due_on.day == 2
    assert team.post(board, {"due_on-day": "2", "due_on-month": "x", "due_on-year": ""}).status_code == 422
    team.post(board + "withdraw/", {"why": "Not needed"})
    assert hers.get(path).status_code == 404
    team.post(board + "again/")
    assert hers.get(path).status_code == 200


def titles(page, *among):
    """Those of ``among`` that stand in the page's first table, in its order."""
    table = page.split("<tbody")[1].split("</tbody>")[0]
    return sorted((one for one in among if one in table), key=table.index)


@pytest.mark.req("SC-091")
def test_returns_are_sorted_filtered_and_found_by_the_school_and_by_the_team():
    sian = a_supervisor()
    bursar = a_bursar(sian)
    day = timezone.localdate()
    late = ask(sian.school, title="Zebra", due_on=day - timedelta(days=3))
    done = ask(sian.school, title="apples", due_on=day + timedelta(days=9))
    ask(sian.school, title="Monitoring", due_on=day + timedelta(days=3))
    sent(bursar, done.returns.get())
    hers, team = browser(bursar), the_team()
    names = ("Zebra", "apples", "Monitoring")

    def listed(client, path, **how):
        return titles(client.get(path, how).text, *names)

    assert listed(hers, LIST) == ["apples", "Monitoring", "Zebra"]
    assert listed(hers, LIST, sort="due") == ["Zebra", "Monitoring", "apples"]
    assert listed(hers, LIST, sort="title") == ["apples", "Monitoring", "Zebra"]
    assert listed(hers, LIST, sort="state") == ["Zebra", "Monitoring", "apples"]
    assert listed(hers, LIST, state="late") == ["Zebra"]
    assert "No return fits" in hers.get(LIST, {"state": "back"}).text
    every = f"{COUNCIL}returns/"
    assert listed(team, every, sort="-late")[0] == "Zebra"
    assert listed(team, every, sort="-sent")[0] == "apples"
    assert listed(team, every, words="PPLE") == ["apples"]
    board = f"{COUNCIL}returns/{late.pk}/"
    for key in ("school", "-state", "sent", "-sent"):
        assert sian.school.name in team.get(board, {"sort": key}).text


@pytest.mark.req("SC-091")
def test_statements_of_a_month_are_sorted_and_filtered():
    a_supervisor(), another_school()
    publish(INCOME, "990007,Income,9,High school,9,9,")
    month = f"{COUNCIL}months/2026-05/"
    team = the_team()
    first, second = (one.school.name for one in Statement.objects.order_by("school__urn"))
    by_income = team.get(month, {"sort": "income"}).text
    assert titles(by_income, first, second) == [second, first]
    assert titles(team.get(month, {"sort": "-net"}).text, first, second) == [first, second]
    publish("990007,Income,9,High school,9,10,")
    assert titles(team.get(month, {"state": "corrected"}).text, first, second) == [second]
    assert "No school" in team.get(month, {"state": "withdrawn"}).text


@pytest.mark.req("SC-075")
def test_the_schools_area_says_which_financial_returns_are_due_to_whom_it_concerns():
    sian = a_supervisor()
    bursar = a_bursar(sian)
    ask(sian.school, due_on=timezone.localdate() - timedelta(days=1))
    assert "Late financial returns: 1" in " ".join(
        re.sub(r"<[^>]+>", " ", browser(bursar).get("/schools/area/").text).split()
    ).replace(" :", ":")
    assert "Late financial returns" not in browser(sian).get("/schools/area/").text


def at_two_schools():
    """Somebody responsible for finance at two schools, each of which has a statement: their places."""
    sian, ffion = a_supervisor(), a_supervisor("ffion@other.example.org", another_school())
    bursar = a_bursar(sian)
    other = a_place(bursar.user.email, another_school())
    give(other, ffion, Finance=LEAD)
    publish(INCOME, "990007,Income,9,High school,1,2,")
    return bursar, other


def test_who_works_at_two_schools_sees_each_apart():
    bursar, other = at_two_schools()
    hers = browser(bursar)
    pages = []
    for place in (bursar, other):
        hers.post("/schools/switch", {"school": place.school_id})
        pages.append(hers.get(LIST).text)
    links = [f"{LIST}statements/{one.pk}/" for one in Statement.objects.order_by("school__urn")]
    assert [link in pages[0] for link in links] == [True, False]
    assert [link in pages[1] for link in links] == [False, True]


def test_a_message_leads_to_the_school_that_it_is_about():
    bursar, other = at_two_schools()
    hers, far = browser(bursar), Statement.objects.get(school=other.school_id)
    body = Message.objects.get(to=bursar.user, about_id=far.pk).body
    assert f"{LIST}statements/{far.pk}/?at={other.school_id}" in body
    hers.post("/schools/switch", {"school": bursar.school_id})
    assert hers.get(f"{LIST}statements/{far.pk}/").status_code == 404
    assert far.school.name in hers.get(f"{LIST}statements/{far.pk}/", {"at": other.school_id}).text
    assert f"{LIST}statements/{far.pk}/" in hers.get(LIST).text
    for nobodys in ("0", "x", str(other.school_id + 1000)):
        assert far.school.name in hers.get(LIST, {"at": nobodys}).text


def test_what_must_be_said_of_a_return_is_not_called_optional_and_each_gap_is_told_by_itself():
    team = the_team()
    day = {"due_on-day": "1", "due_on-month": "6", "due_on-year": NEXT_YEAR}
    page = team.get(f"{COUNCIL}returns/new/").text
    assert "Title in English (optional)" not in page
    assert "Due date (optional)" not in page
    told = team.post(f"{COUNCIL}returns/new/", {"title_en": "", "lines": "0", "whom": "all", **day})
    assert told.status_code == 422
    assert set(told.context["problems"]) & {"title_en", "due_on"} == {"title_en"}
