"""SEN annual reviews as a school and the council's SEN team meet them."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from guildhall.foundation.audit.models import Entry
from guildhall.foundation.files.models import StoredFile
from guildhall.work.annualreviews.models import Loading, Plan, Report, Review

from ...people.membership.schools import a_place, a_supervisor
from ...standing import a_safeguarding_officer, an_officer, come_in
from ...work.annualreviews.scene import a_plan, a_senco, upn

pytestmark = pytest.mark.django_db
LIST, COUNCIL = "/schools/annual-reviews/", "/council/annual-reviews/"


def day(name, date):
    return {f"{name}-day": str(date.day), f"{name}-month": str(date.month), f"{name}-year": str(date.year)}


def today():
    return timezone.localdate()


def browser(place):
    return come_in(Client(), place.user)


def plan_of(place, name="Osian Parry", number=1, due_in=30):
    return a_plan(place, name, number, due_in=due_in, now=timezone.now())


def write(nia, plan):
    """Plan the meeting and record every part, as a person does; the address of the review."""
    nia.post(f"{LIST}pupils/{plan.pk}/meeting", day("meeting_on", today()) | {"place": "Room 4"})
    review = Review.objects.get(plan=plan, state="planned")
    here = f"{LIST}{review.pk}/"
    people = {"name-0": "Rhian", "role-0": "Mother", "came-0": "attended"}
    views = {"child": "I like art.", "parents": "Happier.", "school": "Reads more."}
    outcomes = {"hoped-0": "Reads alone", "progress-0": "Half", "what-0": "keep"}
    advice = {"what": "amend", "reasons": "Section F says too little."}
    told = {
        "people": people | day("held_on", today()),
        "views": views,
        "outcomes": outcomes,
        "advice": advice,
    }
    for part, words in told.items():
        answer = nia.post(f"{here}record/{part}", words | {"seen": "0"})
        assert (answer.status_code, answer["Location"]) == (302, here), answer.content
    return here


def hidden(page):
    return dict(re.findall(r'name="(seen-\w+|version)" value="(\d+)"', page.text))


@pytest.mark.req("SC-087")
def test_a_review_goes_from_the_list_to_the_authority_and_comes_back_decided():
    place = a_senco()
    nia, officer = browser(place), come_in(Client(), an_officer())
    typed = {"forename": "Osian", "surname": "Parry", "upn": upn(1), "key": ""}
    typed |= day("born_on", today().replace(year=today().year - 9, day=1))
    typed |= day("plan_on", today().replace(year=today().year - 1, day=1))
    added = nia.post(f"{LIST}pupils/new", typed)
    assert added.status_code == 302, added.text
    plan = Plan.objects.get()
    assert "Osian Parry" in nia.get(LIST).text
    here = write(nia, plan)
    before = Entry.objects.filter(verb="child.viewed").count()
    page = nia.get(here)
    assert "Section F says too little." in page.text and "Days left: 14" in page.text
    assert Entry.objects.filter(verb="child.viewed").count() == before + 1
    sent = nia.post(here, hidden(page))
    assert sent.status_code == 302, sent.text
    report = Report.objects.get()
    assert nia.get(f"{here}versions/1/pdf").content.startswith(b"%PDF")
    assert "Osian Parry" in officer.get(f"{COUNCIL}?status=sent").text
    read = officer.get(f"{COUNCIL}{report.review_id}/")
    assert "I like art." in read.text
    decision = {"decision": "amend", "words": "We amend section F."} | day("decided_on", today())
    done = officer.post(f"{COUNCIL}{report.review_id}/", decision | hidden(read))
    assert done.status_code == 302, done.text
    assert "We amend section F." in nia.get(f"{here}versions/1/").text
    assert "Not due yet" in nia.get(f"{LIST}?status=later").text


@pytest.mark.req("SC-087")
def test_the_list_counts_filters_searches_and_sorts():
    place = a_senco()
    plan_of(place), plan_of(place, "Mali Evans", 2, due_in=-5), plan_of(place, "Siôn Rees", 3, due_in=200)
    nia = browser(place)
    whole = nia.get(f"{LIST}?sort=-name").text
    assert "Overdue (1)" in whole and "Due (1)" in whole and "Everybody (3)" in whole
    assert whole.index("Siôn Rees") < whole.index("Osian Parry") < whole.index("Mali Evans")
    assert "Mali Evans" in nia.get(f"{LIST}?status=overdue").text
    assert "Osian Parry" not in nia.get(f"{LIST}?status=overdue").text
    assert "Siôn Rees" in nia.get(f"{LIST}?find=sion").text
    assert "Nobody on the list fits" in nia.get(f"{LIST}?find=nobody").text
    assert nia.get(f"{LIST}export").content.startswith(b"PK")


@pytest.mark.req("SC-087")
def test_others_of_the_school_and_of_the_council_find_no_such_page():
    plan = plan_of(a_senco())
    other, safeguarding = (
        browser(a_place("elen@ysgol.example.org")),
        come_in(Client(), a_safeguarding_officer()),
    )
    assert other.get(LIST).status_code == other.get(f"{LIST}pupils/{plan.pk}/").status_code == 404
    assert safeguarding.get(COUNCIL).status_code in (403, 404)
    assert LIST not in other.get("/schools/").text
    assert LIST in browser(a_senco()).get("/schools/").text
    assert browser(a_supervisor()).get(LIST).status_code == 200


@pytest.mark.req("SC-087")
def test_a_meeting_later_than_the_law_asks_is_kept_and_said():
    place = a_senco()
    plan, nia = plan_of(place, due_in=-5), browser(place)
    nia.post(f"{LIST}pupils/{plan.pk}/meeting", day("meeting_on", today()))
    assert "later than the law asks" in nia.get(f"{LIST}pupils/{plan.pk}/").text
    assert "Later than 12 months" in nia.get(LIST).text


def test_what_a_colleague_saved_meanwhile_stands_beside_ones_own_words():
    sian, place = a_supervisor(), a_senco()
    plan, nia = plan_of(place), browser(place)
    nia.post(f"{LIST}pupils/{plan.pk}/meeting", day("meeting_on", today()))
    here = f"{LIST}{Review.objects.get().pk}/record/views"
    nia.post(here, {"child": "From Nia", "seen": "0"})
    crossed = browser(sian).post(here, {"child": "From Siân", "seen": "0"})
    assert crossed.status_code == 409
    assert (
        "From Nia" in crossed.text and "From Siân" in crossed.text and 'name="seen" value="1"' in crossed.text
    )


@pytest.mark.parametrize(
    ("part", "typed"), [("people", {"name-0": "Rhian"}), ("outcomes", {"hoped-0": "Reads"})]
)
def test_more_rows_are_offered_and_what_was_typed_stays(part, typed):
    place = a_senco()
    plan, nia = plan_of(place), browser(place)
    nia.post(f"{LIST}pupils/{plan.pk}/meeting", day("meeting_on", today()))
    page = nia.post(f"{LIST}{Review.objects.get().pk}/record/{part}", typed | {"seen": "0", "more": "1"})
    assert page.status_code == 200 and next(iter(typed.values())) in page.text and "-3" in page.text


@pytest.mark.req("SC-087")
def test_documents_go_with_the_report_and_stay_once_sent():
    place = a_senco()
    plan, nia = plan_of(place), browser(place)
    here = write(nia, plan)
    nia.post(f"{here}documents/", {"document": SimpleUploadedFile("advice.txt", b"Words", "text/plain")})
    file = StoredFile.objects.get()
    assert "still being checked" in nia.get(here).text
    StoredFile.objects.update(state=StoredFile.State.CLEAN, scanned_at=timezone.now())
    nia.post(here, hidden(nia.get(here)))
    assert "advice.txt" in nia.get(f"{here}versions/1/").text
    got = nia.get(f"{here}versions/1/files/{file.pk}")
    assert (got.status_code, b"".join(got.streaming_content)) == (200, b"Words")
    nia.post(f"{here}correct")
    nia.post(f"{here}documents/{file.pk}/remove")
    assert StoredFile.objects.filter(pk=file.pk).exists()


@pytest.mark.req("SC-087")
def test_a_due_review_is_an_alert_that_names_nobody():
    place = a_senco()
    plan_of(place)
    text = browser(place).get("/schools/alerts/").text
    assert "An annual review is due by" in text and "Osian" not in text


LOAD = f"{LIST}pupils/spreadsheet/"
HEADINGS = "First name,Last name,Date of birth,UPN,Date of the plan,Last review,Next review"


def spreadsheet(*rows):
    words = "\n".join([HEADINGS, *rows])
    return {"file": SimpleUploadedFile("pupils.csv", words.encode(), content_type="text/csv")}


@pytest.mark.req("SC-087")
def test_a_school_adds_several_pupils_from_a_spreadsheet_after_looking_at_every_row():
    senco = a_senco()
    nia, listed = browser(senco), plan_of(senco)
    assert f'href="{LOAD}"' in nia.get(LIST).text
    assert "Download the template" in nia.get(LOAD).text
    sent = nia.post(
        LOAD,
        spreadsheet(
            f"Mali,Bowen,4/5/2015,{upn(2)},1/3/2026,,",
            f"Osian,Parry,4/5/2015,{listed.upn},1/3/2026,,",
            f"Mali,Bowen,4/5/2015,{upn(2)},1/3/2026,,",
            f"Osian,Parry,4/5/2015,{upn(3)},1/3/2026,,",
            "Cai,Jones,tomorrow,A1,1/3/2026,soon,",
            f"Gwen,Rees,4/5/2015,{upn(4)},1/3/2026,,1/3/2029",
        ),
    )
    assert Plan.objects.count() == 1
    page = nia.get(sent.url).text
    assert "To be added: 1. On your list already: 1. Left out: 4." in page
    for why in (
        "The same pupil is in an earlier row",
        "on your list with another UPN",
        "Enter the date of birth, such as 27/3/2014",
        "Enter the last review as 15/1/2026, or leave it empty",
        "The next review must be on or before 01/03/2027",
    ):
        assert why in page
    assert Entry.objects.filter(about_kind="annualreviews.loading", detail__rows=6).count() == 2

    for _ in range(2):
        nia.post(f"{sent.url}decide", {"act": "apply"})
    mali = Plan.objects.exclude(pk=listed.pk).get()
    assert (mali.name, mali.due_on.isoformat()) == ("Mali Bowen", "2027-03-01")
    assert "Bowen" not in nia.get(sent.url).text
    listed.refresh_from_db()
    assert listed.plan_on.isoformat() != "2026-03-01"


def test_rows_of_a_spreadsheet_are_for_whoever_read_it_and_can_be_discarded():
    sian, senco = a_supervisor(), a_senco()
    nia, row = browser(senco), f"Mali,Bowen,4/5/2015,{upn(2)},1/3/2026,,"
    sent = nia.post(LOAD, spreadsheet(row))
    assert browser(sian).get(sent.url).status_code == 404
    assert browser(a_place("elen@ysgol.example.org")).get(LOAD).status_code == 404
    nia.post(f"{sent.url}decide", {"act": "discard"})
    assert nia.get(sent.url).status_code == 404
    assert not Plan.objects.exists()
    assert nia.post(LOAD, spreadsheet("Mali,Bowen,,,,,")).status_code == 302
    wrong = nia.post(f"{LOAD}{Loading.objects.get().pk}/decide", {"act": "apply"}, follow=True)
    assert "No row would add anybody" in wrong.text
    assert nia.post(LOAD, {"file": SimpleUploadedFile("x.pdf", b"%PDF")}).status_code == 422
    assert nia.post(LOAD).status_code == 422


@pytest.mark.parametrize("count", [5, 60])
def test_looking_at_many_rows_asks_no_more(count, django_assert_max_num_queries):
    nia = browser(a_senco())
    rows = [f"Mali,Bowen{number},4/5/2015,{upn(number)},1/3/2026,," for number in range(2, count + 2)]
    sent = nia.post(LOAD, spreadsheet(*rows))
    nia.get(sent.url)
    with django_assert_max_num_queries(16):
        assert f"To be added: {count}." in nia.get(sent.url).text


def test_annual_reviews_stand_in_the_menu_beside_their_sister_rooms():
    nia = browser(a_senco())
    side = nia.get("/schools/").text.split('<nav class="gh-side')[1].split("</nav>")[0]
    assert f'href="{LIST}">SEN annual reviews<' in side
    assert f'href="{LIST}"' in nia.get("/schools/area/").text.split("<main")[1]
    elen = browser(a_place("elen@ysgol.example.org"))
    assert f'href="{LIST}"' not in elen.get("/schools/").text + elen.get("/schools/area/").text
