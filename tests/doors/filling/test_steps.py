"""One step: what it shows, what each button does, and what hostile or late posts come to."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from guildhall.paperwork.submissions.models import Draft, Submission
from guildhall.people.accounts.models import User
from guildhall.people.organisations.models import Establishment
from tests.definitions import FULL, a_draft
from tests.standing import an_administrator, another_parent, come_in

from .pages import step_url, type_in, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(client):
    made = a_draft(answers=FULL)
    come_in(client, made.owner)
    return made


def answers():
    return Draft.objects.get().answers


STAR = '<span class="gh-star" aria-hidden="true">*</span>'
STAR_LINE = {
    "en": f"{STAR} You must answer questions marked with a star",
    "cy": f"{STAR} Rhaid i chi ateb cwestiynau sydd wedi’u marcio â seren",
}


@pytest.mark.req("CP-006")
@pytest.mark.parametrize("tongue", ["en", "cy"])
def test_a_step_says_what_its_stars_mean_and_marks_what_must_be_answered(client, draft, tongue):
    client.cookies["django_language"] = tongue
    User.objects.update(language=tongue)
    page = client.get(step_url(draft, "child")).text

    assert page.count(STAR_LINE[tongue]) == 1
    assert page.index(STAR_LINE[tongue]) < page.index('id="q-child_forename"')
    assert page.count('gh-star"') == 4
    assert "(optional)" not in page and "(dewisol)" not in page


@pytest.mark.req("CP-006")
def test_a_step_where_nothing_must_be_answered_has_no_stars(client, draft):
    page = client.get(step_url(draft, "other")).text

    assert "gh-star" not in page and "(optional)" in page
    files = client.get(step_url(draft, "evidence")).text
    assert "gh-star" not in files and "(optional)" in files


# Saving


@pytest.mark.req("SP-080")
def test_a_missing_answer_is_named_beside_its_field_and_the_rest_is_kept(client, draft):
    response = type_in(client, step_url(draft, "child"), child_forename="", child_surname="Rees")

    assert response.status_code == 422
    assert 'href="#q-child_forename"' in response.text
    assert "<title>Error: " in response.text
    assert answers()["CHILD_SURNAME"] == "Rees"


@pytest.mark.req("SP-081")
def test_come_back_later_asks_for_nothing_and_keeps_everything_typed(client, draft):
    response = type_in(
        client,
        step_url(draft, "child"),
        child_forename="",
        **{"_q-child_born_on-day": "40", "_later": "yes"},
    )

    assert response.url == reverse("filling:saved")
    page = client.get(step_url(draft, "child"))
    assert 'value="40"' in page.text


@pytest.mark.req("SP-079", "SP-081")
@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ("Save &amp; Continue", "Save and exit")), ("cy", ("Cadw a Pharhau", "Cadw a gadael"))],
)
def test_the_buttons_of_a_step_are_called_as_the_handbook_calls_them(client, draft, language, words):
    User.objects.update(language=language)
    page = client.get(step_url(draft, "child")).text

    for each in words:
        assert f"{each}</button>" in page


@pytest.mark.req("SP-082", "CP-044")
def test_a_form_opens_where_it_was_left(client, draft):
    type_in(client, step_url(draft, "needs"), _later="yes")

    assert client.get(reverse("filling:resume", args=[draft.pk])).url == step_url(draft, "needs")


@pytest.mark.req("CP-028")
def test_going_back_saves_what_was_typed(client, draft):
    response = type_in(client, step_url(draft, "needs"), has_diagnosis="yes", _go="child")

    assert response.url == step_url(draft, "child")
    assert answers()["HAS_DIAGNOSIS"] == "yes"


@pytest.mark.req("GH-022")
def test_questions_that_an_answer_brings_up_are_asked_on_the_same_page(client, draft):
    response = type_in(client, step_url(draft, "needs"), has_diagnosis="yes")

    assert response.url.startswith(step_url(draft, "needs"))
    page = client.get(response.url)
    assert "there are more questions on this page" in page.text
    assert 'name="q-diagnosis"' in page.text
    response = client.post(step_url(draft, "needs"), typed(page, diagnosis="Autism"))
    assert response.url == step_url(draft, "clinic")


@pytest.mark.req("GH-022")
def test_a_step_that_is_not_asked_for_leads_to_the_next(client, draft):
    assert client.get(step_url(draft, "clinic")).url == step_url(draft, "other")


def test_the_page_says_when_it_was_saved_and_how_far_one_is(client, draft):
    page = client.get(step_url(draft, "needs"))

    assert "Step 3 of 6" in page.text
    assert "Saved at 1pm" in page.text


@pytest.mark.req("GH-022")
def test_changing_the_language_saves_what_was_typed(client, draft):
    response = type_in(client, step_url(draft, "child"), child_forename="Non", _switch_language="cy")

    page = client.get(response.url)
    assert '<html lang="cy"' in page.text
    assert "Cadw a Pharhau" in page.text
    assert 'value="Non"' in page.text
    assert Draft.objects.get().language == "cy"
    assert client.cookies["language"].value == "cy", "else an older choice would win at the next sign-in"


# Rows


@pytest.mark.req("SP-103")
def test_rows_are_added_changed_and_removed(client, draft):
    page = client.get(step_url(draft, "parents"))
    assert "Dilys Pritchard" in page.text and "Add More" in page.text

    assert 'name="add"' in client.get(step_url(draft, "parents", "b2")).text
    assert 'name="add"' in client.get(step_url(draft, "parents", "a1")).text
    response = type_in(client, step_url(draft, "parents", "b2"), parent_name="Tomos", _add="yes")
    assert 'name="add"' not in client.get(response.url).text  # the third of three
    assert response.url.startswith(step_url(draft, "parents"))
    assert [row["PARENT_NAME"] for row in answers()["parents"]] == ["Dilys Pritchard", "Tomos"]
    client.post(
        step_url(draft, "parents"), typed(client.get(step_url(draft, "parents"))) | {"remove-row": "a1"}
    )
    assert [row["PARENT_NAME"] for row in answers()["parents"]] == ["Tomos"]


def test_a_row_sent_twice_is_one_row(client, draft):
    page = client.get(step_url(draft, "parents", "b2"))
    posted = typed(page, parent_name="Tomos")

    client.post(step_url(draft, "parents", "b2"), posted)
    client.post(step_url(draft, "parents", "b2"), posted)

    assert len(answers()["parents"]) == 2


def test_rows_beyond_what_the_group_takes_are_kept_but_stop_the_way_on(client, draft):
    for row in ("b", "c", "d", "e"):
        type_in(client, step_url(draft, "parents", row), parent_name=row)

    page = client.get(step_url(draft, "parents"))
    assert "Add More" not in page.text
    assert "e" in [row["_id"] for row in answers()["parents"]]
    response = client.post(step_url(draft, "parents"), typed(page))
    assert response.status_code == 422
    assert 'href="#group-parents"' in response.text and 'id="group-parents"' in response.text


def test_an_unfinished_row_stops_the_way_on_and_is_linked(client, draft):
    type_in(client, step_url(draft, "parents", "b2"), parent_telephone="01632960222", _later="yes")

    response = type_in(client, step_url(draft, "parents"))

    assert response.status_code == 422
    assert 'href="#row-b2"' in response.text and 'id="row-b2"' in response.text


# Two pages at once


def conflicting(client, draft):
    url = step_url(draft, "child")
    old, new = client.get(url), client.get(url)
    client.post(url, typed(new, child_forename="Newer"))
    return url, client.post(url, typed(old, child_forename="Older", child_surname="Rees"))


@pytest.mark.req("GH-019")
def test_an_answer_saved_elsewhere_is_offered_beside_what_was_typed(client, draft):
    _, response = conflicting(client, draft)

    assert response.status_code == 409
    assert "Newer" in response.text and "Older" in response.text
    assert answers()["CHILD_FORENAME"] == "Newer"


@pytest.mark.parametrize(("choice", "kept"), [("mine", "Older"), ("theirs", "Newer")])
def test_the_chosen_answer_is_kept_with_everything_else_that_was_typed(client, draft, choice, kept):
    url, response = conflicting(client, draft)

    posted = typed(response, "conflict", **{"_choice-CHILD_FORENAME": choice})
    response = client.post(url, posted)

    assert response.url == step_url(draft, "parents")
    assert (answers()["CHILD_FORENAME"], answers()["CHILD_SURNAME"]) == (kept, "Rees")


def test_pages_that_changed_different_answers_are_joined_without_asking(client, draft):
    url = step_url(draft, "child")
    old, new = client.get(url), client.get(url)
    client.post(url, typed(new, child_forename="Non"))

    response = client.post(url, typed(old, child_surname="Rees"))

    assert response.status_code == 302
    assert (answers()["CHILD_FORENAME"], answers()["CHILD_SURNAME"]) == ("Non", "Rees")


# Autosave


def autosave(client, draft, page, **more):
    return client.post(reverse("filling:autosave", args=[draft.pk]), typed(page, **more))


@pytest.mark.req("CP-028")
def test_autosave_keeps_what_is_typed_and_says_so(client, draft):
    page = client.get(step_url(draft, "child"))

    response = autosave(client, draft, page, child_forename="No")

    assert response.json()["saved"].startswith("Saved at ")
    assert response.json()["revision"] == draft.revision + 1
    assert answers()["CHILD_FORENAME"] == "No"


def test_autosave_after_autosave_goes_on_from_what_it_saved(client, draft):
    page = client.get(step_url(draft, "child"))
    first = autosave(client, draft, page, child_forename="No").json()
    again = typed(page, child_forename="Non") | {"revision": first["revision"], "base": first["base"]}

    response = client.post(reverse("filling:autosave", args=[draft.pk]), again)

    assert response.status_code == 200
    assert answers()["CHILD_FORENAME"] == "Non"


def test_an_autosaved_page_does_not_carry_an_old_answer_over_a_newer_one(client, draft):
    url = step_url(draft, "child")
    page, other = client.get(url), client.get(url)
    client.post(url, typed(other, child_forename="Newer"))
    first = autosave(client, draft, page, child_surname="Rees").json()

    client.post(
        url, typed(page, child_surname="Rees") | {"revision": first["revision"], "base": first["base"]}
    )

    assert (answers()["CHILD_FORENAME"], answers()["CHILD_SURNAME"]) == ("Newer", "Rees")


def test_autosave_of_what_was_saved_elsewhere_waits_for_the_person(client, draft):
    url = step_url(draft, "child")
    page, other = client.get(url), client.get(url)
    client.post(url, typed(other, child_forename="Newer"))

    response = autosave(client, draft, page, child_forename="Older")

    assert response.status_code == 409
    assert answers()["CHILD_FORENAME"] == "Newer"


# Who and what comes in


@pytest.mark.req("GH-020")
def test_a_draft_of_another_is_not_there(client, draft):
    come_in(client, another_parent())

    for url in (
        step_url(draft, "child"),
        reverse("filling:resume", args=[draft.pk]),
        reverse("filling:summary", args=[draft.pk]),
        reverse("filling:delete", args=[draft.pk]),
    ):
        assert client.get(url).status_code == 404
    for name in ("autosave", "upload", "send", "extend", "delete", "confirm"):
        posted = {"place": "child", "key": str(draft.key), "declarations": ["first", "second"]}
        assert client.post(reverse(f"filling:{name}", args=[draft.pk]), posted).status_code == 404
    assert client.post(step_url(draft, "child"), {"q-child_forename": "X"}).status_code == 404
    assert answers()["CHILD_FORENAME"] == "Mali"


def test_somebody_who_fills_in_no_forms_is_refused(client, draft):
    come_in(client, an_administrator())

    assert client.get(step_url(draft, "child")).status_code == 403


def test_an_unknown_step_or_form_is_not_there(client, draft):
    assert client.get(step_url(draft, "nowhere")).status_code == 404
    assert client.get(step_url(draft, "child", "row")).status_code == 404
    assert client.get(reverse("filling:start", args=["NO-SUCH-FORM"])).status_code == 404
    assert client.get(reverse("filling:step", args=[uuid4(), "child"])).status_code == 404


HOSTILE = [
    {},
    {"revision": "-1"},
    {"revision": "9" * 30},
    {"revision": "²"},
    {"revision": "0", "base": "not json"},
    {"revision": "0", "base": "[" * 5000},
    {"revision": "0", "base": '{"CHILD_FORENAME": {"a": 1}}'},
    {"revision": "0", "base": '"text"'},
    {"q-child_born_on-day": "x" * 10_000},
    {"q-child_gender": "robot"},
    {"q-child_forename": "\x00\u202e"},
    {"shown": ["q-nothing", "q-child_forename"], "q-child_forename": ["a", "b"]},
    {"go": "../../admin"},
    {"go": "nowhere"},
    {"add": "yes", "upload": "CHILD_FORENAME"},
    {"remove-file": "1 OR 1=1"},
    {"remove-row": "a1"},
    {"switch_language": "xx"},
    {"choice-CHILD_FORENAME": "theirs"},
    {"q-has_diagnosis": "yes", "DIAGNOSIS": "y"},
]


@pytest.mark.heavy
@pytest.mark.both
@pytest.mark.parametrize("posted", HOSTILE)
@pytest.mark.parametrize("place", ["child", "parents", "evidence"])
def test_whatever_is_posted_there_is_an_answer_and_the_draft_is_whole(client, draft, posted, place):
    response = client.post(step_url(draft, place), posted)

    assert response.status_code in {302, 409, 422}
    assert client.get(step_url(draft, "child")).status_code == 200
    assert client.get(reverse("filling:summary", args=[draft.pk])).status_code == 200


def test_an_answer_to_a_question_of_another_step_is_not_taken(client, draft):
    type_in(client, step_url(draft, "child"), has_diagnosis="yes", diagnosis="smuggled")

    assert answers()["HAS_DIAGNOSIS"] == "no"
    assert "DIAGNOSIS" not in answers()


@pytest.mark.req("SP-080", "SP-086", "GH-022")
def test_skipping_steps_by_address_sends_nothing(client):
    draft = a_draft()
    come_in(client, draft.owner)

    posted = {"key": str(draft.key), "revision": "0", "declarations": ["first", "second"]}
    response = client.post(reverse("filling:send", args=[draft.pk]), posted)

    assert response.status_code == 422
    assert f"{step_url(draft, 'child')}#q-child_forename" in response.text
    assert not Submission.objects.exists()


# Speed


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("place", ["child", "needs"])
def test_saving_a_step_takes_eight_statements_begin_and_commit_included(client, place):
    """Goal W6: stamps, who asks, draft; begin, draft, audit, commit."""
    draft = a_draft(answers=FULL)
    come_in(client, draft.owner)
    posted = typed(client.get(step_url(draft, place)), child_forename="Non", areas=["learning"])

    with CaptureQueriesContext(connection) as asked:
        assert client.post(step_url(draft, place), posted).status_code == 302

    statements = [query["sql"] for query in asked.captured_queries]
    assert len(statements) <= 8, "\n".join(statement[:150] for statement in statements)


# Schools


@pytest.fixture
def schools():
    for urn, name, town in [
        ("401001", "St. Mary’s Primary", "Porthaven"),
        ("401002", "St Marys Primary", "Aberteg"),
        ("401003", "Ysgol Tŷ Coch", "Aberteg"),
    ]:
        Establishment.objects.create(urn=urn, name=name, town=town)


@pytest.mark.req("GH-023")
@pytest.mark.parametrize("typed_name", ["ysgol ty coch", "401003"])
def test_a_school_is_known_by_its_name_or_number_and_keeps_its_number(client, draft, schools, typed_name):
    type_in(client, step_url(draft, "other"), school=typed_name, _later="yes")
    assert answers()["SCHOOL"] == {"urn": "401003", "name": "Ysgol Tŷ Coch"}

    type_in(client, step_url(draft, "other"), visits="3", _later="yes")
    assert answers()["SCHOOL"] == {"urn": "401003", "name": "Ysgol Tŷ Coch"}


@pytest.mark.req("GH-023")
def test_of_several_schools_one_is_chosen_on_the_same_page(client, draft, schools):
    page = type_in(client, step_url(draft, "other"), school="st marys primary")
    assert page.status_code == 422
    assert 'href="#q-school-choice"' in page.text and 'id="q-school-choice"' in page.text
    assert "Porthaven, URN 401001" in page.text and "Aberteg, URN 401002" in page.text
    assert "401003" not in page.text and 'value="st marys primary"' in page.text

    client.post(step_url(draft, "other"), typed(page, **{"_q-school-choice": "401002", "_later": "yes"}))
    assert answers()["SCHOOL"] == {"urn": "401002", "name": "St Marys Primary"}
    assert type_in(client, step_url(draft, "other"), visits="2").status_code == 302
    assert answers()["SCHOOL"] == {"urn": "401002", "name": "St Marys Primary"}


@pytest.mark.req("GH-023")
def test_none_of_the_schools_keeps_the_name_as_typed(client, draft, schools):
    page = type_in(client, step_url(draft, "other"), school="primary")
    client.post(step_url(draft, "other"), typed(page, **{"_q-school-choice": "none"}))
    assert answers()["SCHOOL"] == {"urn": "", "name": "primary"}
    assert type_in(client, step_url(draft, "other"), visits="2").status_code == 302
    assert answers()["SCHOOL"] == {"urn": "", "name": "primary"}


@pytest.mark.parametrize("row", ["a/b", "\x01", "a b", "é", "r" * 41])
def test_a_row_has_a_plain_id_or_is_not_there(client, draft, row):
    before = answers()
    posted = {
        "place": "parents",
        "row": row,
        "q-parent_name": "Ann",
        "question": "q-parent_name",
        "revision": "1",
    }

    assert client.post(reverse("filling:autosave", args=[draft.pk]), posted).status_code == 404
    assert answers() == before
