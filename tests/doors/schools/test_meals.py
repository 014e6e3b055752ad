"""Pupils Eligible for Free School Meals, as people of a school and the council's team meet them."""

import io

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from guildhall.foundation.audit.models import Entry
from guildhall.work.meals.models import Amendment, Pupil

from ...people.membership.schools import a_place, a_supervisor, another_school
from ...people.responsibilities.scene import LEAD, give
from ...standing import a_person, come_in
from ...work.meals.scene import (
    HEADINGS,
    a_cook,
    an_officer_of_meals,
    apply,
    ask,
    details,
    line,
    listed,
    stage,
    upn,
)

pytestmark = pytest.mark.django_db
LIST, FORMS, COUNCIL = "/schools/free-school-meals/", "/schools/forms/", "/council/free-school-meals/"
TITLE = "Pupils Eligible for Free School Meals"
TYPED = {
    "upn": upn(77),
    "forename": "Osian",
    "surname": "Parry",
    "year_group": "4",
    "kind": "benefit",
    "reason": "He came in May.",
    **{f"born_on-{part}": value for part, value in (("day", "4"), ("month", "5"), ("year", "2017"))},
    **{f"since-{part}": value for part, value in (("day", "1"), ("month", "4"), ("year", "2026"))},
}


def browser(place):
    return come_in(Client(), place.user)


def the_council():
    return come_in(Client(), an_officer_of_meals())


def names_on(page):
    """The pupils that a page shows, in its order."""
    shown = [one for one in ("Catrin Hughes", "Mali Evans", "Siôn Rees") if one in page.text]
    return sorted(shown, key=page.text.index)


@pytest.mark.req("SC-080")
@pytest.mark.parametrize("name", ["Catering", "School_Administration_and_Support", "Finance"])
def test_the_forms_page_links_to_the_list_for_who_answers_for_it_and_for_nobody_else(name):
    sian, pupil = a_supervisor(), listed()
    elen, huw = a_place("elen@ysgol.example.org"), a_place("huw@ysgol.example.org")
    listed("Owain Pugh", 5, another_school())
    give(elen, sian, **{name: LEAD})
    give(huw, sian, Transport=LEAD, Governance=LEAD)
    hers = browser(elen)
    page = hers.get(FORMS).text
    assert TITLE in page
    assert f'href="{LIST}"' in page
    shown = hers.get(LIST).text
    assert "Catrin Hughes" in shown
    assert pupil.upn in shown
    assert "Owain Pugh" not in shown
    for other in (huw, sian):
        theirs = browser(other)
        assert LIST not in theirs.get(FORMS).text
        assert [theirs.get(path).status_code for path in (LIST, LIST + "export", LIST + "changes/")] == [
            404
        ] * 3
        assert theirs.get(f"{LIST}{pupil.pk}/remove").status_code == 404


@pytest.mark.req("SC-080")
def test_the_list_is_searched_sorted_and_taken_away_and_each_reading_is_kept(django_assert_max_num_queries):
    elen = a_cook(a_supervisor())
    eldest, youngest = {"year": "5", "born": 2016}, {"year": "R", "born": 2021}
    rows = line(1, "Catrin Hughes", **eldest), line(2, "Mali Evans"), line(3, "Siôn Rees", **youngest)
    apply(stage(*rows))
    hers = browser(elen)
    assert names_on(hers.get(LIST)) == ["Mali Evans", "Catrin Hughes", "Siôn Rees"]
    assert names_on(hers.get(LIST + "?sort=-year")) == ["Catrin Hughes", "Mali Evans", "Siôn Rees"]
    assert names_on(hers.get(LIST, {"pupil": "SION ree"})) == ["Siôn Rees"]
    assert names_on(hers.get(LIST, {"pupil": upn(2)})) == ["Mali Evans"]
    assert "Nobody on the list fits" in hers.get(LIST, {"pupil": "Zebedee"}).text
    kept = Entry.objects.filter(verb="child.viewed", by_id=elen.user_id)
    assert kept.count() == 5

    answer = hers.get(LIST + "export")
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert [row[1] for row in book] == ["First name", "Mali", "Catrin", "Siôn"]
    assert kept.latest("pk").detail["surface"] == "export"
    apply(stage(*(line(number, f"Pupil Number{number}") for number in range(10, 40))))
    with django_assert_max_num_queries(25):
        assert "Number39" in hers.get(LIST).text


@pytest.mark.req("SC-081", "SC-083")
def test_a_school_asks_to_add_change_and_remove_and_sees_who_asked_who_authorised_and_the_state():
    sian = a_supervisor()
    elen, pupil = a_cook(sian), listed()
    mali = listed("Mali Evans", 2)
    hers, his, officer = browser(elen), browser(sian), the_council()
    wrong = hers.post(LIST + "changes/new", TYPED | {"surname": "", "upn": "A1", "reason": ""})
    assert wrong.status_code == 422
    assert "Enter the reason" in wrong.text
    assert "Osian" in wrong.text
    change = hers.get(f"{LIST}{mali.pk}/change").text
    assert 'value="Evans"' in change
    told = TYPED | {"upn": mali.upn, "forename": "Mali", "surname": "Ifans"}
    asked = [
        hers.post(LIST + "changes/new", TYPED).url,
        hers.post(f"{LIST}{mali.pk}/change", told).url,
        hers.post(f"{LIST}{pupil.pk}/remove", {"reason": "Left in July."}).url,
    ]
    assert "Awaiting supervisor" in hers.get(asked[0]).text
    assert "Change asked for" in hers.get(LIST).text
    assert [address in his.get("/schools/alerts/").text for address in asked] == [True] * 3
    assert "Your decision" not in hers.get(asked[0]).text
    assert his.post(asked[0], {}).status_code == 422
    for address in asked:
        assert his.post(address, {"decision": "authorise"}).url == address
    sent = hers.get(asked[0]).text
    assert "Sent to LA" in sent
    assert str(elen.user) in sent
    assert str(sian.user) in sent

    numbers = [address.rstrip("/").split("/")[-1] for address in asked]
    work = officer.get(COUNCIL).text
    assert all(f"{COUNCIL}changes/{number}/" in work for number in numbers)
    for number in numbers[:2]:
        assert officer.post(f"{COUNCIL}changes/{number}/", {"decision": "accept"}).url == COUNCIL
    last = f"{COUNCIL}changes/{numbers[2]}/"
    assert officer.post(last, {"decision": "refuse"}).status_code == 422
    assert officer.post(last, {"decision": "refuse", "answer": "Still on your roll."}).url == COUNCIL
    shown = hers.get(LIST).text
    assert ["Osian Parry" in shown, "Mali Ifans" in shown, "Catrin Hughes" in shown] == [True] * 3
    history = hers.get(LIST + "changes/").text
    assert ["Accepted" in history, "Refused" in history, "Still on your roll." in history] == [True] * 3
    assert "Still on your roll." in hers.get("/schools/alerts/").text
    assert "Still on your roll." in officer.get(COUNCIL + "?state=refused").text


@pytest.mark.req("SC-082")
def test_a_supervisor_decides_what_waits_without_seeing_the_list_and_whoever_asked_may_withdraw():
    sian = a_supervisor()
    elen = a_cook(sian)
    first, second = ask(elen, "add", told=details()), ask(elen, "add", told=details(upn=upn(78)))
    his, hers = browser(sian), browser(elen)
    address = f"{LIST}changes/{first.pk}/"
    assert "Osian Parry" in his.get(address).text
    assert his.get(LIST).status_code == 404
    assert his.post(address, {"decision": "refuse", "answer": "Not ours."}).url == address
    assert his.get(f"{LIST}changes/{first.pk + 99}/").status_code == 404
    his.post(f"{LIST}changes/{second.pk}/withdraw")
    second.refresh_from_db()
    assert second.state == Amendment.State.WAITING
    hers.post(f"{LIST}changes/{second.pk}/withdraw")
    second.refresh_from_db()
    assert second.state == Amendment.State.WITHDRAWN
    assert f"{COUNCIL}changes/{first.pk}/" not in the_council().get(COUNCIL + "?state=refused").text
    stranger = browser(a_supervisor("ffion@other.example.org", another_school()))
    assert stranger.get(address).status_code == 404


def test_the_councils_team_loads_lists_after_looking_at_the_rows_and_no_other_team_comes_in():
    a_supervisor()
    officer = the_council()
    other = come_in(Client(), a_person("taith@council.example.org", role="service-officer", team="transport"))
    assert [other.get(path).status_code for path in (COUNCIL, COUNCIL + "load/")] == [404, 404]
    assert COUNCIL in officer.get("/council/").text
    assert COUNCIL not in other.get("/council/").text
    template = officer.get(COUNCIL + "load/template/").content
    head = CalamineWorkbook.from_filelike(io.BytesIO(template)).get_sheet_by_index(0).to_python()[0]
    assert ",".join(head) == HEADINGS

    content = "\n".join([HEADINGS, line(1, "Catrin Hughes"), line(2, "Mali Evans", year="99")]).encode()
    file = io.BytesIO(content)
    file.name = "list.csv"
    preview = officer.post(COUNCIL + "load/", {"file": file}).url
    page = officer.get(preview).text
    assert "New: 1." in page
    assert "Choose the year group" in page
    assert not Pupil.objects.exists()
    assert other.get(preview).status_code == 404
    assert officer.post(preview + "decide/", {"act": "apply"}).url == COUNCIL
    pupil = Pupil.objects.get()
    own = f"{COUNCIL}schools/{pupil.school_id}/"
    assert "Catrin Hughes" in officer.get(own).text
    assert officer.post(f"{COUNCIL}pupils/{pupil.pk}/remove/").url == own
    assert "Put back" in officer.get(own).text
    officer.post(f"{COUNCIL}pupils/{pupil.pk}/put-back/")
    pupil.refresh_from_db()
    assert pupil.removed_at is None
    assert officer.get(own + "export/").status_code == 200
