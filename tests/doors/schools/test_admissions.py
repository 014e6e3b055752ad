"""Online Admissions, as people of a school and the admissions team meet them."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from python_calamine import CalamineWorkbook

from guildhall.foundation.audit.models import Entry
from guildhall.work.admissions.models import Application, Capacity, Loading, Round

from ...people.membership.schools import a_place, a_supervisor, another_school
from ...standing import an_officer, come_in
from ...work.admissions.scene import (
    HEADINGS,
    a_round,
    an_admissions_lead,
    an_admissions_officer,
    line,
    load,
)

pytestmark = pytest.mark.django_db
LIST, COUNCIL = "/schools/admissions/", "/council/admissions/"
NAMES = ("Catrin Hughes", "Mali Evans", "Nia Puw")


def browser(place):
    return come_in(Client(), place.user)


def names_on(page):
    """The children that a page shows, in its order."""
    return sorted((one for one in NAMES if one in page.text), key=page.text.index)


def test_it_opens_for_who_has_the_responsibility_and_tells_the_others_who_gives_it():
    sian = a_supervisor()
    elen, huw = an_admissions_lead(sian), a_place("huw@ysgol.example.org")
    assert "There are no applications to your school yet" in browser(elen).get(LIST).text
    load(line(1, "Catrin Hughes"))
    found = Round.objects.get()
    hers = browser(elen)
    assert f'href="{LIST}"' in hers.get("/schools/").text
    assert names_on(hers.get(LIST)) == ["Catrin Hughes"]
    for place in (sian, huw):
        theirs = browser(place)
        assert f'href="{LIST}"' not in theirs.get("/schools/").text
        for path in (LIST, f"{LIST}{found.pk}/export"):
            refused = theirs.get(path)
            assert refused.status_code == 403
            assert sian.user.email in refused.text
            assert "Catrin" not in refused.text


def test_the_school_filters_sorts_counts_prints_and_takes_its_own_list_away(django_assert_max_num_queries):
    elen = an_admissions_lead(a_supervisor())
    another_school()
    load(
        line(1, "Mali Evans", "Offered", preference=2),
        line(2, "Catrin Hughes", "Accepted"),
        line(3, "Nia Puw", "Waiting list", preference=2, waiting=1, distance="2.25"),
        line(4, "Owain Pugh", urn="990007"),
    )
    Capacity.objects.create(round=Round.objects.get(), school=elen.school, number=1)
    hers = browser(elen)
    page = hers.get(LIST)
    assert names_on(page) == ["Catrin Hughes", "Mali Evans", "Nia Puw"]
    assert "Owain Pugh" not in page.text
    assert "Offered over the number" in page.text
    assert names_on(hers.get(LIST, {"sort": "-distance"}))[0] == "Nia Puw"
    assert names_on(hers.get(LIST, {"status": "waiting"})) == ["Nia Puw"]
    assert names_on(hers.get(LIST, {"preference": "2"})) == ["Mali Evans", "Nia Puw"]
    assert names_on(hers.get(LIST, {"pupil": "CATRIN hug"})) == ["Catrin Hughes"]
    assert "Nobody fits" in hers.get(LIST, {"pupil": "zebedee"}).text
    kept = Entry.objects.filter(verb="child.viewed", by_id=elen.user_id)
    assert len(kept.earliest("pk").detail["applications"]) == 3
    answer = hers.get(f"{LIST}{Round.objects.get().pk}/export", {"status": "waiting"})
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert [row[2] for row in book] == ["First name", "Nia"]
    assert kept.latest("pk").detail["surface"] == "export"
    load(*(line(number, f"Pupil Number{number}") for number in range(10, 50)))
    with django_assert_max_num_queries(30):
        assert "Number45" in hers.get(LIST, {"whole": "1"}).text


def test_until_the_day_of_offers_the_school_sees_only_who_applied():
    elen = an_admissions_lead(a_supervisor())
    found = a_round(offers_on=timezone.localdate() + timedelta(days=3))
    load(line(1, "Catrin Hughes", "Offered"), line(2, "Nia Puw", "Waiting list", waiting=1), found=found)
    hers = browser(elen)
    page = hers.get(LIST)
    assert "Offers and waiting lists appear on" in page.text
    assert ">Offered<" not in page.text.split("<table")[1]
    assert names_on(hers.get(LIST, {"status": "offered"})) == []
    book = CalamineWorkbook.from_filelike(io.BytesIO(hers.get(f"{LIST}{found.pk}/export").content))
    assert {row[8] for row in book.get_sheet_by_index(0).to_python()[1:]} == {"Applied"}
    officer = come_in(Client(), an_admissions_officer())
    shown = officer.get(f"{COUNCIL}{found.pk}/schools/{elen.school_id}/")
    assert ">Offered<" in shown.text.split("<table")[1].split("</table>")[0].replace("\n", "")


def test_the_team_begins_a_round_loads_a_file_line_by_line_and_sets_the_numbers():
    elen = an_admissions_lead(a_supervisor())
    officer = come_in(Client(), an_admissions_officer())
    assert COUNCIL in officer.get("/council/").text
    year = str(timezone.localdate().year)
    typed = {
        "title": "Reception",
        "year": year,
        "offers_on-day": "",
        "offers_on-month": "",
        "offers_on-year": "",
    }
    assert officer.post(f"{COUNCIL}new/", typed | {"title": ""}).status_code == 422
    here = officer.post(f"{COUNCIL}new/", typed).url
    assert officer.post(f"{COUNCIL}new/", typed).status_code == 422
    assert officer.get(f"{COUNCIL}template/").status_code == 200
    assert officer.post(f"{here}load/", {}).status_code == 422
    rows = [HEADINGS, line(1, "Catrin Hughes", "Offered"), line(2, "Mali Evans", "Nonsense")]
    file = SimpleUploadedFile("list.csv", "\n".join(rows).encode())
    look = officer.post(f"{here}load/", {"file": file}).url
    page = officer.get(look).text
    assert "Enter one of: Applied" in page
    assert "Apply the rows that are right (1)" in page
    assert not Application.objects.exists()
    assert officer.post(f"{look}decide/", {"act": "apply"}).url == here
    assert Application.objects.get().status == "offered"
    too_late = officer.post(f"{look}decide/", {"act": "discard"}, follow=True)
    assert "already" in too_late.text
    assert Loading.objects.exists()
    name = f"number-{elen.school_id}"
    wrong = officer.post(here, {name: "many"})
    assert wrong.status_code == 422
    assert 'value="many"' in wrong.text
    assert officer.post(here, {name: "30"}).url == here
    assert Capacity.objects.get().number == 30
    other = come_in(Client(), an_officer())
    assert other.get(COUNCIL).status_code == 403
    assert (
        officer.get(f"{COUNCIL}{Round.objects.get().pk}/schools/{elen.school_id}/export/").status_code == 200
    )
