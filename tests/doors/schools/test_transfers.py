"""File transfer, as people of two schools meet it."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guildhall.foundation.audit.models import Entry
from guildhall.foundation.files import services as files
from guildhall.foundation.files.models import StoredFile
from guildhall.people.membership.models import SchoolPlace
from guildhall.work.transfers.models import Pupil, Transfer

from ...people.membership.schools import a_place
from ...standing import NOON, come_in
from ...work.transfers.scene import (
    LEFT,
    LOST,
    MOVED,
    a_lost_pupil,
    an_upload,
    asked,
    ctf,
    left,
    pupil,
    receiver,
    sender,
    sent,
    upn,
)

pytestmark = pytest.mark.django_db
LIST = "/schools/transfers/"
SEARCH = LIST + "lost-pupils/"


def browser(place):
    return come_in(Client(), place.user)


def choose(client, content=b"", name=MOVED):
    return client.post(LIST + "new", {"file": an_upload(content, name)})


def release():
    """The scanner has looked at every file."""
    for one in StoredFile.objects.filter(state=StoredFile.State.QUARANTINED):
        files.write_verdict(one, found="", now=NOON)


def looks():
    return Entry.objects.filter(verb="child.viewed").count()


@pytest.mark.req("SY-040", "SY-041", "SY-046", "SY-049")
def test_a_school_checks_looks_and_sends_and_the_new_school_reads_the_list_and_downloads():
    hers, theirs = browser(sender()), browser(receiver())
    assert "Nothing was sent to you yet" in theirs.get(LIST).text
    form = hers.get(LIST + "new").text
    assert "begins with 9902001" in form
    assert "9902001_CTF_MMMMMMM_001.xml" in form
    more = "<Attendance/>" + left("2026-05-22")
    page = choose(
        hers, ctf(pupil(1, surname="O&apos;Neil", more=more), pupil(2, surname="&lt;b&gt;Rees"))
    ).url
    waits = hers.get(page).text
    assert "when it has been scanned" in waits
    assert "Send to: Carreg High School" not in waits
    release()
    before = looks()
    shown = hers.get(page).text
    assert looks() == before + 1
    for words in ("O&#x27;Neil", "&lt;b&gt;Rees", upn(1), "Attendance: 1 of 2", "was due by 12 June 2026"):
        assert words in shown
    assert "9902001_CTF_9904001_001.xml was sent" in hers.post(page + "send", follow=True).text

    assert "A file from Carreg Primary School waits to be downloaded" in theirs.get("/schools/alerts/").text
    assert MOVED in theirs.get(LIST).text
    assert MOVED in theirs.get(LIST, {"words": "primary"}).text
    assert "No file fits" in theirs.get(LIST, {"state": "received"}).text
    got = theirs.get(page).text
    assert "File from Carreg Primary School" in got
    assert "O&#x27;Neil" in got
    given = theirs.post(page + "download")
    assert given.headers["Content-Disposition"] == f'attachment; filename="{MOVED}"'
    assert given.headers["Content-Type"] == "application/xml"
    assert b"".join(given.streaming_content).startswith(b"<?xml")
    assert Entry.objects.filter(verb="transfers.download").count() == 1
    for client in (hers, theirs):
        history = client.get(page).text
        assert "sent by Office.990001" in history
        assert "downloaded by Office.990007 Rowlands, Carreg High School" in history
    assert "waits to be downloaded" not in theirs.get("/schools/alerts/").text


@pytest.mark.req("SY-045", "SY-046")
def test_a_file_that_is_refused_says_why_beside_the_field_and_line_by_line_and_nothing_of_it_is_kept():
    hers, _ = browser(sender()), receiver()
    nothing = hers.post(LIST + "new")
    assert (nothing.status_code, "Choose the file to send" in nothing.text) == (422, True)
    copied = choose(hers, name="9902001_CTF_9904001_001(1).xml")
    assert copied.status_code == 422
    assert "Rename it to 9902001_CTF_9904001_001.xml and choose it again" in copied.text
    several = choose(hers, ctf(pupil(1, surname="Secret", born="27/03/2012"), pupil(2, numbered="A1")))
    assert several.status_code == 422
    assert "Correct 2 problems in the file" in several.text
    assert "Line 10: “27/03/2012” in DOB is not a date" in several.text
    assert "Line 11: “A1” is not a unique pupil number" in several.text
    assert not (Transfer.objects.exists() or StoredFile.objects.exists() or Pupil.objects.exists())
    assert "Secret" not in str(list(Entry.objects.values_list("detail", flat=True)))


@pytest.mark.req("SY-042", "SY-043", "SY-044", "SY-047")
@pytest.mark.parametrize(
    ("name", "reason"), [(LEFT, "Started home education"), (LOST, "destination is not known")]
)
def test_a_file_that_no_school_receives_goes_only_with_its_reason_confirmed(name, reason):
    hers = browser(sender())
    two = choose(hers, ctf(pupil(1), pupil(2), name=name), name)
    assert (two.status_code, "must hold exactly one pupil" in two.text) == (422, True)
    page = choose(hers, name=name).url
    release()
    assert reason in hers.get(page).text
    unsaid = hers.post(page + "send")
    assert unsaid.status_code == 422
    assert ("Choose why no school" if name == LEFT else "Confirm that the pupil") in unsaid.text
    hers.post(page + "send", {"reason": "home" if name == LEFT else "unknown"})
    done = hers.get(page).text
    assert reason in done
    assert ("Among the lost pupils" in done) == (name == LOST)
    assert name in hers.get(LIST, {"box": "sent"}).text


@pytest.mark.req("SY-048")
def test_a_school_finds_a_lost_pupil_claims_them_and_gets_the_file_while_the_sender_reads_who():
    old = sender()
    found, theirs = a_lost_pupil(old, pupil(7, surname="Ap Huw")), browser(receiver())
    claim = f"{SEARCH}{found.pk}"
    assert theirs.get(claim).status_code == 404
    assert theirs.get(f"{LIST}{found.pk}/").status_code == 404
    empty = theirs.post(SEARCH, {"why": "admitting"})
    assert (empty.status_code, "Enter a unique pupil number, or a family name" in empty.text) == (422, True)
    wrong = theirs.post(SEARCH, {"why": "admitting", "upn": "A123"})
    assert "do not agree with its check letter" in wrong.text
    day = {"born_on-day": "27", "born_on-month": "3", "born_on-year": "2012"}
    assert theirs.post(SEARCH, {"surname": "ap huw"} | day).status_code == 422
    assert "Pupils found: 0" in theirs.post(SEARCH, {"surname": "Huw", "why": "admitting"} | day).text
    before = looks()
    got = theirs.post(SEARCH, {"surname": "ap  HUW", "why": "admitting"} | day).text
    assert looks() == before + 1
    assert "Mari Ap Huw" in got
    assert "Mari Ap Huw" in theirs.post(SEARCH, {"upn": upn(7).lower(), "why": "missing"}).text
    [*_, search] = Entry.objects.filter(verb="transfers.lost_searched")
    assert (search.detail["why"], search.detail["found"]) == ("missing", [str(found.pk)])
    assert "Claim Mari Ap Huw?" in theirs.get(claim).text
    done = theirs.post(claim, follow=True).text
    assert "no longer among the lost pupils" in done
    assert b"".join(theirs.post(f"{LIST}{found.pk}/download").streaming_content).startswith(b"<?xml")
    assert "Pupils found: 0" in theirs.post(SEARCH, {"upn": upn(7), "why": "missing"}).text
    history = browser(old).get(f"{LIST}{found.pk}/").text
    assert "the pupil was claimed by Office.990007 Rowlands, Carreg High School" in history


@pytest.mark.req("SY-048")
def test_searches_of_lost_pupils_are_counted_and_shut_after_twenty_in_an_hour():
    theirs = browser(receiver())
    for _ in range(20):
        assert theirs.post(SEARCH, {"upn": upn(7), "why": "missing"}).status_code == 200
    shut = theirs.post(SEARCH, {"upn": upn(7), "why": "missing"})
    assert shut.status_code == 422
    assert "Pupils found" not in shut.text


@pytest.mark.req("SY-002", "SY-049")
def test_nobody_comes_in_whom_the_approver_did_not_let_and_nobody_at_the_wrong_end():
    place, high = sender(), receiver()
    found = sent(place)
    page = f"{LIST}{found.pk}/"
    idle = browser(a_place("idle@school.example.org", high.school))
    for address in (LIST, LIST + "new", SEARCH, page):
        assert idle.get(address).status_code == 404
    assert idle.post(page + "download").status_code == 404
    assert "File transfer" not in idle.get("/schools/services/").text
    hers, theirs = browser(place), browser(high)
    assert "File transfer" in hers.get("/schools/services/").text
    assert hers.get("/schools/services/file-transfer/").url == LIST
    assert hers.post(page + "download", follow=True).text.count("not let use file transfer")
    for act in ("send", "discard", "withdraw"):
        assert theirs.post(page + act).status_code == 404
    assert "Withdraw this file?" in hers.get(page + "withdraw").text
    assert "is withdrawn" in hers.post(page + "withdraw", follow=True).text
    assert theirs.get(page).status_code == 404
    assert "Nothing was sent to you yet" in theirs.get(LIST).text
    SchoolPlace.objects.filter(pk=place.pk).update(secure=[])
    assert hers.get(page).status_code == 404


def test_what_was_not_sent_waits_in_the_list_and_is_discarded():
    hers, _ = browser(sender()), receiver()
    page = choose(hers).url
    assert "Checked, not sent yet" in hers.get(LIST).text
    assert "Nothing was sent." in hers.post(page + "discard", follow=True).text
    assert hers.get(page).status_code == 404


@pytest.mark.req("SY-049")
def test_a_file_with_a_virus_can_only_be_discarded():
    hers, _ = browser(sender()), receiver()
    page = choose(hers).url
    files.write_verdict(StoredFile.objects.get(), found="Eicar", now=NOON)
    shown = hers.get(page).text
    assert "Discard this file" in shown
    assert "when it has been scanned" not in shown
    assert "Send to: Carreg High School" not in shown
    assert "cannot leave before it was scanned" in hers.post(page + "send", follow=True).text


@pytest.mark.req("SY-050", "SY-051")
def test_a_secondary_school_sees_who_is_too_young_and_by_when_its_numbers_come():
    place = receiver()
    hers = browser(place)
    name = "9904001_ULN_990LLLL_001.xml"
    young = choose(hers, ctf(pupil(1, born="2015-05-05"), name=name), name)
    assert (young.status_code, "students aged 14 or over: this one has none" in young.text) == (422, True)
    page = choose(
        hers, ctf(pupil(1, born="2009-05-05"), pupil(2, surname="Young", born="2015-05-05"), name=name), name
    ).url
    release()
    checked = hers.get(page).text
    assert "Mari Young: under 14" in checked
    hers.post(page + "send")
    assert re.search(r"expected by \d+ \w+ \d{4}", hers.get(page).text)
    primary = sender()
    asks = name.replace("9904001", "9902001")
    refused = choose(browser(primary), ctf(pupil(1, born="2009-05-05"), name=asks), asks)
    assert "whom your school does not teach" in refused.text


def test_the_pages_are_welsh_where_welsh_is_chosen():
    place = receiver()
    found = asked(place)
    place.user.__class__.objects.filter(pk=place.user_id).update(language="cy")
    hers = browser(place)
    assert "Trosglwyddo ffeiliau" in hers.get(LIST).text
    assert "Disgwylir y canlyniadau erbyn" in hers.get(f"{LIST}{found.pk}/").text


def test_a_longer_list_takes_no_more_queries():
    place, theirs = sender(), browser(receiver())

    def asked_for_the_list():
        with CaptureQueriesContext(connection) as queries:
            assert theirs.get(LIST).status_code == 200
        return len(queries)

    sent(place)
    asked_for_the_list()
    one = asked_for_the_list()
    for number in range(2, 6):
        sent(place, name=MOVED.replace("001.", f"{number:03}."))
    assert asked_for_the_list() == one
