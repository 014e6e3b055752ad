"""Choosing a person and a form, and the history of forms."""

from datetime import date
from uuid import uuid4

import pytest

from guildhall.foundation.texts import services as texts
from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.submissions import services as submissions
from guildhall.paperwork.submissions.models import Submission
from guildhall.people.families import services as families
from guildhall.people.families.models import FamilyChild
from guildhall.people.membership import services as membership

from ...library import publish_library
from ...standing import NOON, a_parent, a_professional, come_in

DETAILS = {"forename": "Gwen", "surname": "Pritchard", "born_on": date(2016, 2, 9), "relationship": "mother"}


@pytest.fixture
def library(db) -> None:
    publish_library()


def a_child(parent) -> FamilyChild:
    return families.add_child(parent, details=DETAILS, now=NOON)


@pytest.mark.django_db
@pytest.mark.req("SP-069", "SP-072")
def test_choose_person_shows_the_children_oneself_and_adding_a_child(client):
    dilys = a_parent(born_on=date(1980, 5, 6))
    child = a_child(dilys)
    come_in(client, dilys)
    page = client.get("/send/").text
    assert "Choose Person" in page
    assert f'href="/send/{child.pk}/"' in page
    assert "Dilys Pritchard" in page
    assert "Add Child" in page

    assert "Check that your details are correct" in client.get("/send/me/details").text
    born = {"born_on-day": "6", "born_on-month": "5", "born_on-year": "1980"}
    given = {"forename": "Dilys", "surname": "Pritchard"} | born
    assert client.post("/send/me/details", given).url == "/send/me/"


@pytest.mark.django_db
def test_adding_a_child_there_leads_back(client):
    come_in(client, a_parent())
    added = client.post(
        "/family/add?next=/send/",
        {
            "child_forename": "Mot",
            "child_surname": "Pritchard",
            "child_born_on-day": "9",
            "child_born_on-month": "2",
            "child_born_on-year": "2016",
            "relationship": "father",
            "next": "/send/",
        },
    )
    assert added.url == "/send/"


@pytest.mark.heavy
@pytest.mark.both
@pytest.mark.django_db
@pytest.mark.req("SP-070", "SP-071", "SP-074")
@pytest.mark.parametrize(("years", "offered"), [(15, False), (16, True), (25, True), (26, False)])
def test_forms_for_young_people_are_offered_from_16_to_25(client, library, years, offered):
    today = date.today()
    dilys = a_parent(born_on=today.replace(year=today.year - years, day=min(today.day, 28)))
    membership.give_role(dilys, role="young-person", by=None, now=NOON)
    child = a_child(dilys)
    come_in(client, dilys)
    own = client.get("/send/me/").text
    assert ("/forms/start/EHCNA-YOUNG/" in own) is offered
    assert "EHCNA-PARENT" not in own
    assert f"/forms/start/EHCNA-PARENT/?child={child.pk}" in client.get(f"/send/{child.pk}/").text


@pytest.mark.django_db
@pytest.mark.req("SP-073", "SP-076")
def test_the_forms_page_shows_what_is_offered_and_what_was_begun(client, library):
    dilys = a_parent()
    child = a_child(dilys)
    version = forms.live_version("EHCNA-PARENT")
    submissions.start_draft(dilys, version=version, family_child=child, language="en", now=NOON)
    come_in(client, dilys)
    page = client.get(f"/send/{child.pk}/").text
    assert "Special Educational Needs &amp; Disabilities – " in page
    assert ">Start" in page
    assert 'govuk-tag--orange">In Progress' in page
    assert ">Continue<" in page
    assert "days left" in page
    assert "In Progress" not in client.get("/send/me/").text


@pytest.mark.django_db
@pytest.mark.req("CP-014", "CP-015")
def test_professionals_choose_from_their_forms(client, library):
    assert "I am a Professional" in client.get("/").text
    page = client.get("/professionals/").text
    assert "Safeguarding Concern" in page
    assert "Early Help Referral" in page
    assert "EHCNA-PARENT" not in page
    assert "Recover a Form" not in page
    come_in(client, a_professional())
    page = client.get("/professionals/").text
    assert "Recover a Form" in page
    assert "View Submitted Forms" in page
    assert "Portal Professional Safeguarding Concern" in page
    assert "Portal Professional Early Help Referral" in page
    assert "Portal Professional" not in client.get("/forms/start/EARLYHELP-PRO/").text


@pytest.mark.django_db
@pytest.mark.req("CP-014")
@pytest.mark.parametrize(
    ("person", "codes", "kept_from"),
    [
        (a_parent, ["SAFEGUARDING-PRO", "EARLYHELP-PRO", "LADO-REFERRAL"], ["EHCNA-PRO", "ADVICE-HEALTH"]),
        (a_professional, ["PUBLIC-CONCERN", "PUBLIC-EARLY-HELP"], ["EHCNA-PARENT", "FREE-SCHOOL-MEALS"]),
    ],
)
def test_who_somebody_comes_as_is_chosen_and_does_not_hang_on_the_account(
    client, library, person, codes, kept_from
):
    come_in(client, person())
    for code in codes:
        start = f"/forms/start/{code}/"
        assert client.get(start).status_code == 200, code
        assert client.post(start, follow=True).status_code == 200, code
    assert [client.get(f"/forms/start/{code}/").status_code for code in kept_from] == [404, 404]


@pytest.mark.django_db
@pytest.mark.req("CP-014")
def test_a_form_for_professionals_asks_a_citizen_for_role_and_organisation(client, library):
    come_in(client, a_parent())
    step = client.post("/forms/start/EARLYHELP-PRO/", follow=True)
    assert step.redirect_chain[-1][0].endswith("/steps/professional/")
    for words in ("Your role", "Name of your organisation"):
        label = step.text.split(words)[1].split("</label>")[0]
        assert "(required)" in label, words


@pytest.mark.django_db
@pytest.mark.req("SP-073", "SP-088")
def test_a_submitted_form_stands_in_the_history_in_green_with_its_details(client, library):
    dilys = a_parent()
    child = a_child(dilys)
    sent = Submission.objects.create(
        reference="SND-2606-1234ABCD",
        version=forms.live_version("EHCNA-PARENT"),
        sender=dilys,
        family_child=child,
        answers={},
        language="en",
        key=uuid4(),
        sent_at=NOON,
    )
    come_in(client, dilys)
    page = client.get(f"/send/{child.pk}/").text
    assert 'govuk-tag--green">Submitted' in page
    assert f'href="/forms/submissions/{sent.pk}/">View Details' in page
    assert "1 June 2026" in page


@pytest.mark.django_db
@pytest.mark.req("SP-072", "SP-092")
def test_my_details_comes_before_the_forms_page_in_words_of_the_send_area(client):
    come_in(client, a_parent())
    texts.change_text("send.MyDetails_Lead", language="en", value="Is this still you?", by=None, now=NOON)

    page = client.get("/send/me/details").text

    assert "My Details" in page and "Is this still you?" in page and "Save &amp; Continue" in page
