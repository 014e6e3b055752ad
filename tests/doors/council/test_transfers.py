"""File transfer, as the council's admissions team meets it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guildhall.foundation.files import services as files
from guildhall.foundation.files.models import StoredFile
from guildhall.work.transfers import services
from guildhall.work.transfers.models import Transfer

from ...standing import NOON, come_in
from ...standing import an_officer as a_send_officer
from ...work.transfers.scene import (
    COUNCIL,
    NEW,
    OLD,
    a_lost_pupil,
    acting,
    an_officer,
    an_upload,
    asked,
    ctf,
    pupil,
    receiver,
    sender,
    sent,
    upn,
)

pytestmark = pytest.mark.django_db
LIST = "/council/transfers/"
SEARCH = LIST + "lost-pupils/"
ULN = "1234567899"


def the_team():
    return come_in(Client(), an_officer())


def release():
    for one in StoredFile.objects.filter(state=StoredFile.State.QUARANTINED):
        files.write_verdict(one, found="", now=NOON)


@pytest.mark.req("SY-040", "SY-049")
def test_the_team_sees_every_file_with_figures_and_downloads_only_what_came_to_the_council():
    hers, theirs = sender(), receiver()
    moved, came = sent(hers), sent(hers, name=f"{OLD}_PHO_{COUNCIL}_001.xml")
    team = the_team()
    assert "Files to the council: 1 waiting" in team.get("/council/").text
    page = team.get(LIST).text
    assert moved.name in page
    assert came.name in page
    only = team.get(LIST, {"state": "council"}).text
    assert (came.name in only, moved.name in only) == (True, False)
    assert moved.name in team.get(LIST, {"school": theirs.school_id, "kind": "CTF", "words": "high"}).text
    assert "No file fits" in team.get(LIST, {"state": "chased"}).text
    lost = a_lost_pupil(hers)
    waiting = team.get(LIST, {"state": "sent"}).text
    assert (moved.name in waiting, lost.name in waiting) == (True, False)
    assert "Mari Prydderch1" in team.get(f"{LIST}{moved.pk}/").text
    assert team.post(f"{LIST}{moved.pk}/download/").status_code == 404
    got = team.post(f"{LIST}{came.pk}/download/")
    assert b"".join(got.streaming_content).startswith(b"<?xml")
    services.receive(moved, **acting(theirs))
    assert "downloaded by Office.990007 Rowlands, Carreg High School" in team.get(f"{LIST}{moved.pk}/").text
    for act in ("send", "discard", "withdraw"):
        assert team.post(f"{LIST}{moved.pk}/{act}/").status_code == 404


@pytest.mark.req("SY-143")
def test_the_team_sends_an_admissions_transfer_file_once_it_was_looked_at():
    place, team = sender(), the_team()
    name = f"{COUNCIL}_ATF_{OLD}_001.xml"
    wrong = team.post(LIST + "new/", {"file": an_upload(ctf(name=name), name)})
    assert (wrong.status_code, "must be of the type ATfile" in wrong.text) == (422, True)
    page = team.post(LIST + "new/", {"file": an_upload(ctf(pupil(3), name=name, root="ATfile"), name)}).url
    release()
    assert "Mari Prydderch3" in team.get(page).text
    assert f"{name} was sent" in team.post(page + "send/", follow=True).text
    theirs = come_in(Client(), place.user)
    assert "Admissions transfer file" in theirs.get(f"/schools/transfers/{Transfer.objects.get().pk}/").text
    assert "Withdraw this file?" in team.get(page + "withdraw/").text
    assert "is withdrawn" in team.post(page + "withdraw/", follow=True).text


@pytest.mark.req("SY-048")
def test_the_team_hands_a_lost_pupil_to_the_school_that_admits_them():
    found, theirs, team = a_lost_pupil(), receiver(), the_team()
    page = f"{SEARCH}{found.pk}/"
    assert team.get(page).status_code == 404
    assert "Mari Prydderch7" in team.post(SEARCH, {"upn": upn(7), "why": "missing"}).text
    assert "Claim Mari Prydderch7?" in team.get(page).text
    unsaid = team.post(page, {"school": ""})
    assert (unsaid.status_code, "Choose the school that admits" in unsaid.text) == (422, True)
    assert (
        "was handed to Carreg High School" in team.post(page, {"school": theirs.school_id}, follow=True).text
    )
    found.refresh_from_db()
    assert found.destination == theirs.school


@pytest.mark.req("SY-050", "SY-051")
def test_the_team_takes_the_list_of_students_and_gives_the_school_the_issuers_results():
    place, team = receiver(), the_team()
    request = asked(place, pupil(1, born="2010-01-05"), pupil(2, born="2010-01-06"))
    assert "Schools that wait for learner numbers" in team.get(LIST).text
    page = f"{LIST}{request.pk}/"
    assert "Download the list for the issuer" in team.get(page).text
    listed = team.post(page + "students/")
    assert upn(2) in listed.content.decode("utf-8-sig")
    assert team.post(page + "results/").status_code == 422

    def results(*lines):
        content = "\n".join(["UPN,ULN", *lines]).encode()
        return team.post(page + "results/", {"file": SimpleUploadedFile("results.csv", content)}, follow=True)

    wrong = results(f"{upn(1)},1234567890")
    assert (wrong.status_code, "“1234567890” is not a unique learner number" in wrong.text) == (422, True)
    given = results(f"{upn(1)},{ULN}").text
    assert "The school has the results" in given
    release()
    hers = come_in(Client(), place.user)
    shown = hers.get(f"/schools/transfers/{request.pk}/").text
    assert "Numbers found: 1." in shown
    assert "Mari Prydderch2" in shown
    brings = Transfer.objects.get(answers=request)
    assert brings.name == f"{COUNCIL}_ULN_{NEW}_001.xml"
    got = hers.post(f"/schools/transfers/{brings.pk}/download")
    assert ULN.encode() in b"".join(got.streaming_content)


def test_an_officer_of_another_team_finds_no_file_transfer():
    found = sent(sender())
    other = come_in(Client(), a_send_officer())
    for address in (LIST, LIST + "new/", SEARCH, f"{LIST}{found.pk}/"):
        assert other.get(address).status_code in {403, 404}
    assert "/council/transfers/" not in other.get("/council/").text
