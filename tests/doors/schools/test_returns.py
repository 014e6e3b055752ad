"""Data collections, as people of a school and the council's officers meet them."""

import io
from datetime import datetime

import pytest
from django.test import Client
from django.utils import timezone
from python_calamine import CalamineWorkbook
from time_machine import travel

from guildhall.foundation.audit.models import Entry
from guildhall.foundation.outbox.worker import Worker
from guildhall.work.returns.models import Found, Return

from ...people.membership.schools import a_place, a_supervisor
from ...standing import an_administrator, come_in
from ...work.returns.scene import (
    EARLY,
    LIVE,
    ODD_YEAR,
    SURNAME_GONE,
    a_head,
    a_sender,
    an_officer,
    file_with,
    moment,
)

pytestmark = pytest.mark.django_db
LIST, COUNCIL = "/schools/data-collections/", "/council/returns/"
UPLOAD = f"{LIST}2026/AUT/"


def at(plain: datetime):
    return travel(moment(plain), tick=True)


def send(client: Client, area: str, content: bytes) -> str:
    file = io.BytesIO(content)
    file.name = "census.xml"
    reply = client.post(f"{UPLOAD}{area}/", {"file": file})
    assert reply.status_code == 302, reply.text
    Worker(name="w", clock=timezone.now).drain()
    return reply.url


@pytest.mark.req("SY-053")
@pytest.mark.req("SY-056")
@pytest.mark.req("SY-063")
@pytest.mark.req("GH-036")
def test_a_school_tries_a_file_sends_it_live_explains_and_submits_and_the_council_authorises():
    supervisor = a_supervisor()
    place, head = a_sender(by=supervisor), a_head(school=supervisor.school)
    with at(EARLY):
        hers = come_in(Client(), place.user)
        assert "Autumn School Census 2026" in hers.get(LIST).text
        assert hers.post(f"{UPLOAD}live/", {}).status_code == 422
        early = hers.post(f"{UPLOAD}live/", {"file": io.BytesIO(b"<a/>")})
        assert "opens on 1 October 2026 at 7:30am" in early.text
        tried = hers.get(send(hers, "practice", file_with(SURNAME_GONE))).text
        assert "Enter the surname" in tried
        assert "Familiarisation area" in tried
    with at(LIVE):
        hers = come_in(Client(), place.user)
        own = send(hers, "live", file_with(SURNAME_GONE, ODD_YEAR))
        page = hers.get(own).text
        assert "Loaded with errors" in page
        assert "Submit to the headteacher" not in page
        only = hers.get(f"{own}?rule=2020Q").text
        assert "Enter the surname" not in only.partition("<tbody")[2]
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(hers.get(f"{own}export").content))
        heads, *rows = sheet.get_sheet_by_index(0).to_python()
        assert heads[:2] == ["Rule", "Kind"]
        assert {"1580", "2020Q"} <= {row[0] for row in rows}
        own = send(hers, "live", file_with(ODD_YEAR))
        for one in Found.objects.filter(of__area="live"):
            told = hers.post(f"{own}found/{one.pk}", {"note": "x"})
            assert told.status_code == 422
            assert hers.post(f"{own}found/{one.pk}", {"note": "Checked with the teacher"}).url == own
        hers.post(f"{own}act", {"act": "submit"})
        theirs = come_in(Client(), head.user)
        assert "waits for your approval" in theirs.get("/schools/alerts/").text
        theirs.post(f"{own}act", {"act": "approve"})
        officer = come_in(Client(), an_officer())
        assert "Approved by headteacher" in officer.get(COUNCIL).text
        pk = Return.objects.get(area="live").pk
        assert "Checked with the teacher" in officer.get(f"{COUNCIL}{pk}/").text
        assert officer.post(f"{COUNCIL}{pk}/", {"decision": "return"}).status_code == 422
        officer.post(f"{COUNCIL}{pk}/", {"decision": "authorise"})
        assert "Authorised by the council" in hers.get(own).text
    assert Entry.objects.filter(verb="child.viewed", detail__has_key="found").count() > 5


@pytest.mark.req("SY-058")
def test_guidance_has_the_days_the_items_the_rules_and_the_national_guidance():
    with at(EARLY):
        page = come_in(Client(), a_sender().user).get(f"{LIST}2026/AUT/guidance").text
    for words in ("1 October 2026", "UniqueLearnerNumber", "1510", "https://www.gov.uk/"):
        assert words in page


@pytest.mark.req("SY-060")
def test_an_administrator_sets_a_day_and_an_officer_cannot():
    with at(EARLY):
        owen = come_in(Client(), an_administrator())
        assert "1 October 2026" in owen.get(f"{COUNCIL}days/").text
        assert owen.post(f"{COUNCIL}days/", {"key": "AUT", "day": "soon"}).status_code == 422
        owen.post(f"{COUNCIL}days/", {"key": "AUT", "day": "7/10/2026", "act": "set"})
        assert "7 October 2026" in owen.get(f"{COUNCIL}days/").text
        assert come_in(Client(), an_officer()).get(f"{COUNCIL}days/").status_code == 403


def test_who_neither_sends_nor_approves_finds_nothing_there():
    with at(LIVE):
        plain = come_in(Client(), a_place("bryn@ysgol.example.org", a_supervisor().school).user)
        assert plain.get(LIST).status_code == 404
        assert plain.get(f"{UPLOAD}live/").status_code == 404


@pytest.mark.req("SY-062")
def test_after_a_file_that_cannot_be_read_nothing_is_submitted_and_older_findings_are_called_so():
    place = a_sender(by=a_supervisor())
    with at(LIVE):
        hers = come_in(Client(), place.user)
        own = send(hers, "live", file_with())
        assert "Submit to the headteacher" in hers.get(own).text
        send(hers, "live", file_with(ODD_YEAR))
        send(hers, "live", b"<Message><School></Message>")

        page = hers.get(own).text
        assert "The file is damaged" in page
        assert "found in the file before it" in page
        assert "Submit to the headteacher" not in page
        hers.post(f"{own}act", {"act": "submit"})
        assert Return.objects.get().state == "queries"
