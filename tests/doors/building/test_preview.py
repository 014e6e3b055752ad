"""Trying out a form: at its door's pages, in both languages, with conditions, keeping no draft."""

import copy

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from guildhall.paperwork.forms import services
from guildhall.paperwork.forms.models import WorkingForm
from guildhall.paperwork.forms.previewing import previewable
from guildhall.paperwork.forms.walk import Walk
from guildhall.paperwork.submissions.models import Draft, Submission
from tests.definitions import every_kind, group, options, question, words
from tests.paperwork.forms.made import TODAY
from tests.standing import NOON, a_parent, an_administrator, an_officer, come_in

pytestmark = pytest.mark.django_db
CODE = "EVERY-KIND"


@pytest.fixture
def owen(client: Client) -> Client:
    return come_in(client, an_administrator())


def small():
    pet = question("PET", "choose_one", options=options("cat", "dog"), mandatory=True)
    name = question("PET_NAME", when={"question": "PET", "is": "dog"}, mandatory=True)
    walks = group("walks", 3, question("WALKS"), when={"question": "PET", "is": "dog"})
    people = group("people", 4, question("WHO"), repeats={"least": 0, "most": 3, "item": words("person")})
    return every_kind(groups=[group("pet", 2, pet, name), walks, people])


def built(content):
    return services.start_working(CODE, content=content, by=None, now=NOON)


def page(place: str = "", **query) -> str:
    name = ("building:preview-step", [CODE, place]) if place else ("building:preview", [CODE])
    return reverse(name[0], args=name[1], query=query or None)


@pytest.mark.req("GH-025")
def test_every_page_of_a_form_is_seen_in_both_languages(owen: Client):
    built(every_kind())
    first = owen.get(page(language="cy")).text
    assert "Request for an assessment (yn Gymraeg)" in first
    for part in every_kind()["groups"]:
        for language in ("en", "cy"):
            shown = owen.get(page(part["key"], language=language))
            assert shown.status_code == 200
            assert part["title"][language] in shown.text


@pytest.mark.req("GH-025")
@pytest.mark.parametrize(
    ("portal", "audience", "side"),
    [
        ("citizen", "parent", "Families’ portal"),
        ("professional", "professional", "Professionals’ portal"),
        ("school", "school", "Schools’ portal"),
    ],
)
def test_a_form_of_each_door_is_seen_at_its_door(owen: Client, portal, audience, side):
    built(every_kind(portal=portal, audience=audience))
    for address in (page(), page("summary"), page(every_kind()["groups"][0]["key"])):
        assert side in owen.get(address).text


@pytest.mark.req("SP-118")
def test_the_subtitle_of_a_send_form_is_not_in_its_preview_either(owen: Client):
    built(every_kind(subtitle=words("Only for builders")))
    assert "Only for builders" not in owen.get(page()).text


@pytest.mark.req("GH-025")
def test_answers_open_questions_and_pages_as_they_will_and_nothing_is_kept_as_a_draft(owen: Client):
    built(small())
    assert owen.post(page("pet"), {"q-pet": "cat"}).url.startswith(
        reverse("building:preview-step", args=[CODE, "people"])
    )

    opened = owen.post(page("pet"), {"q-pet": "dog", "shown": "q-pet"})
    assert "Pet name" in opened.text
    on = owen.post(page("pet"), {"q-pet": "dog", "q-pet_name": "Rex", "shown": ["q-pet", "q-pet_name"]})
    assert on.url.startswith(reverse("building:preview-step", args=[CODE, "walks"]))
    summary = owen.get(page("summary")).text
    assert "Rex" in summary
    assert "could be sent" in summary
    assert not Draft.objects.exists()
    assert not Submission.objects.exists()


def test_what_is_missing_is_said_on_the_page_and_on_the_summary(owen: Client):
    built(small())
    refused = owen.post(page("pet"), {})
    assert refused.status_code == 422
    assert "Choose an answer to “Pet”" in refused.text
    assert "Choose an answer to “Pet”" in owen.get(page("summary")).text


def test_rows_of_a_repeating_group_are_added_and_changed(owen: Client):
    built(small())
    owen.post(page("people", row="1"), {"q-who": "Mali"})
    owen.post(page("people", row="1"), {"q-who": "Mali Jones"})
    owen.post(page("people", row="2"), {"q-who": "Gwen"})
    summary = owen.get(page("summary")).text
    assert "Mali Jones" in summary
    assert "Gwen" in summary
    assert "Person 2" in summary
    assert "row=2" in owen.get(page("people")).text


def test_edits_that_are_not_saved_are_seen_and_the_answers_can_be_forgotten(owen: Client):
    working = built(small())
    owen.post(page("pet"), {"q-pet": "cat"})
    services.edit_working(working, content=small() | {"title": words("Newer")}, revision=0, by=None, now=NOON)
    assert "Newer" in owen.get(page(width="phone")).text
    assert ">Cat<" in owen.get(page("summary")).text
    owen.post(reverse("building:preview-forget", args=[CODE]))
    assert ">Cat<" not in owen.get(page("summary")).text


def test_a_form_that_nobody_builds_is_seen_as_it_was_published(owen: Client):
    services.publish(every_kind(), by=None, now=NOON)
    assert "Request for an assessment" in owen.get(page()).text


def test_an_unfinished_form_is_seen_without_what_cannot_work_yet(owen: Client):
    loop = question("A", when={"question": "B", "answered": True})
    back = question("B", when={"question": "A", "answered": True})
    odd = [{"code": "C"}, question("D", "no_such_kind"), {"kind": "text"}, question("E", "choose_one")]
    content = {"groups": [group("one", 2, loop, back, *odd), {"title": "x"}, 3]}
    WorkingForm.objects.create(code=CODE, content=content, started_at=NOON, changed_at=NOON)
    assert owen.get(page()).status_code == 200
    assert owen.get(page("one")).status_code == 200
    assert owen.post(page("one"), {"q-a": "x"}).status_code == 302
    assert owen.get(page("summary")).status_code == 200


def test_more_than_a_session_should_hold_is_refused_with_words(owen: Client):
    memo = [question(f"M{number}", "memo", max_length=20_000) for number in range(5)]
    built(every_kind(groups=[group("one", 2, *memo)]))
    refused = owen.post(page("one"), {f"q-m{number}": "x" * 15_000 for number in range(5)})
    assert refused.status_code == 422
    assert "Shorten the answers" in refused.text


def test_who_may_not_build_may_not_preview_and_what_is_not_there_is_not_found(owen: Client):
    assert owen.get(page()).status_code == 404
    built(small())
    assert owen.get(page("nowhere")).status_code == 404
    for user in (an_officer(), a_parent()):
        assert come_in(Client(), user).get(page()).status_code in (403, 404)


KEYS = ("code", "kind", "text", "options", "when", "mandatory")
PIECES = st.sampled_from(
    [None, "", "CHILD_SURNAME", 7, [], {}, {"question": "CHILD_SURNAME", "is": "x"}, "text"]
)


@pytest.mark.heavy
@pytest.mark.both
@settings(deadline=None)
@given(st.data())
def test_no_unfinished_form_stops_the_preview(data):
    content = copy.deepcopy(every_kind())
    parts = [one for each in content["groups"] for one in each["questions"]]
    for _ in range(data.draw(st.integers(1, 4))):
        data.draw(st.sampled_from(parts))[data.draw(st.sampled_from(KEYS))] = data.draw(PIECES)
    definition = previewable(content)
    walk = Walk(definition, {}, TODAY)
    assert walk.gaps is not None
    assert walk.steps is not None
