"""Answers of earlier forms: filled in, suggested, or asked again, and only those that may be seen anyway."""

from datetime import timedelta

import pytest
from django.urls import reverse

from guildhall.paperwork.submissions import services as submissions
from guildhall.paperwork.submissions.models import Draft
from guildhall.records.children.models import Child
from guildhall.records.linkage.models import Mention
from guildhall.work.cases.models import Case
from guildhall.work.sharing.models import SharedForm
from tests.definitions import a_family_child, group, options, published, question, words
from tests.standing import NOON, a_parent, an_officer, another_parent, come_in
from tests.work.cases.scene import a_case_in
from tests.work.sharing.scene import an_entry, child_of, on_involvement, shared

from .pages import step_url, type_in, typed

pytestmark = pytest.mark.django_db


def a_form(code, *, destination="send", audience="parent", **reuse):
    reuse = {"CARE_STATUS": "fill", "NEEDS": "suggest", "HOPES": "ask"} | reuse
    return published(
        {
            "code": code,
            "title": words(f"Form {code}"),
            "portal": "citizen",
            "audience": audience,
            "style": "steps",
            "destination": destination,
            "groups": [
                group(
                    "about",
                    2,
                    question(
                        "CARE_STATUS",
                        "choose_one",
                        options=options("none", "looked-after"),
                        reuse=reuse["CARE_STATUS"],
                    ),
                    question("NEEDS", reuse=reuse["NEEDS"]),
                    question("HOPES", reuse=reuse["HOPES"]),
                    question("SURNAME", identity="surname"),
                ),
                group("end", 3, question("AGREED", "signature")),
            ],
        }
    )


ANSWERS = {
    "CARE_STATUS": "looked-after",
    "NEEDS": "Help with reading",
    "HOPES": "To read",
    "AGREED": {"name": "Dilys Pritchard"},
}


def approved(sender, child, *, form="FIRST", destination="send", days=0, **answers):
    """A form of ``sender`` about ``child`` that was approved ``days`` after noon."""
    case = a_case_in(
        "approved",
        sender=sender,
        version=a_form(form, destination=destination),
        family_child=child,
        answers=ANSWERS | answers,
    )
    Case.objects.filter(pk=case.pk).update(decided_at=NOON + timedelta(days=days))
    return case


def started(client, child=None, code="SECOND"):
    url = reverse("filling:start", args=[code])
    assert client.post(f"{url}?child={child.pk}" if child else url).status_code == 302
    return Draft.objects.get()


@pytest.fixture
def dilys(client):
    parent = a_parent()
    come_in(client, parent)
    return parent


@pytest.mark.req("SP-176", "SP-180", "SP-181", "GH-021")
def test_an_answer_is_filled_in_with_an_outline_words_and_where_it_is_from(client, dilys):
    child = a_family_child(dilys)
    approved(dilys, child)
    a_form("SECOND")

    draft = started(client, child)
    page = client.get(step_url(draft, "about")).text

    assert draft.answers["CARE_STATUS"] == "looked-after"
    assert page.count("gh-inherited__words") == 1 and "Pre-populated answer" in page
    assert f"From Form FIRST, sent by {dilys} on " in page
    assert page.index("gh-inherited") < page.index('value="looked-after" checked')


@pytest.mark.req("SP-180", "SP-181")
def test_a_changed_answer_loses_outline_and_words(client, dilys):
    child = a_family_child(dilys)
    approved(dilys, child)
    a_form("SECOND")
    draft = started(client, child)

    type_in(client, step_url(draft, "about"), hopes="None yet")
    assert "Pre-populated answer" in client.get(step_url(draft, "about")).text
    type_in(client, step_url(draft, "about"), care_status="none")

    page = client.get(step_url(draft, "about")).text
    assert "gh-inherited" not in page and "Pre-populated answer" not in page
    assert Draft.objects.get().answers["CARE_STATUS"] == "none"


@pytest.mark.req("GH-021")
def test_an_earlier_answer_is_suggested_and_used_only_when_asked_for(client, dilys):
    child = a_family_child(dilys)
    approved(dilys, child)
    a_form("SECOND")
    draft = started(client, child)
    url = step_url(draft, "about")

    page = client.get(url)
    assert "NEEDS" not in draft.answers
    assert "You answered this question before" in page.text and "Help with reading" in page.text
    response = client.post(url, typed(page, hopes="To swim", _use_earlier="") | {"use-earlier": "NEEDS"})

    assert response.url == f"{url}#q-needs"
    draft.refresh_from_db()
    assert draft.answers["NEEDS"] == "Help with reading" and draft.answers["HOPES"] == "To swim"
    assert "You answered this question before" not in client.get(url).text


@pytest.mark.req("GH-021")
def test_what_always_asks_again_and_signatures_are_not_taken_over(client, dilys):
    child = a_family_child(dilys)
    approved(dilys, child)
    a_form("SECOND")

    draft = started(client, child)
    assert set(draft.inherited) == {"CARE_STATUS", "NEEDS"}
    page = client.get(step_url(draft, "about")).text
    assert "To read" not in page and "HOPES" not in draft.answers and "AGREED" not in draft.answers


@pytest.mark.req("SP-178")
def test_the_answer_of_the_form_approved_last_counts(client, dilys):
    child = a_family_child(dilys)
    approved(dilys, child, form="LATER", days=3, NEEDS="The newer answer")
    approved(dilys, child, form="EARLIER", days=1, NEEDS="The older answer")
    a_form("SECOND")

    assert started(client, child).inherited["NEEDS"]["value"] == "The newer answer"


@pytest.mark.req("SP-178")
def test_an_answer_about_another_child_is_not_used(client, dilys):
    approved(dilys, a_family_child(dilys, forename="Owain"))
    a_form("SECOND")

    assert started(client, a_family_child(dilys)).inherited == {}


@pytest.mark.req("SP-179")
def test_nothing_comes_from_a_form_of_somebody_else_or_one_not_approved(client, dilys):
    child = a_family_child(dilys)
    approved(another_parent(), child)
    a_case_in("opened", sender=dilys, version=a_form("OPEN"), family_child=child, answers=ANSWERS)
    a_form("SECOND")

    assert started(client, child).inherited == {}


@pytest.mark.req("SP-176")
@pytest.mark.parametrize("destination", ["send-review", "school-send"])
def test_every_form_for_the_send_team_lends_to_another(client, dilys, destination):
    child = a_family_child(dilys)
    approved(dilys, child)
    a_form("SECOND", destination=destination)

    assert started(client, child).answers["CARE_STATUS"] == "looked-after"


def lent_by_another(dilys, child, **answers):
    """A form of another parent about the record that ``child`` of Dilys's family is tied to."""
    entry = an_entry(sender=another_parent(), version=a_form("THEIRS"), answers=ANSWERS | answers)
    mention = Mention.objects.get(pk=approved(dilys, child, form="OLD", CARE_STATUS="").mention_id)
    Mention.objects.filter(pk=mention.pk).update(family_child=child.pk, child=child_of(entry))
    return entry


@pytest.mark.req("SP-179")
def test_an_approved_form_that_is_shared_lends_its_answers_and_one_that_is_not_lends_none(client, dilys):
    child = a_family_child(dilys)
    entry = lent_by_another(dilys, child)
    a_form("SECOND")
    assert "CARE_STATUS" not in started(client, child).inherited
    Draft.objects.all().delete()

    shared(entry, on_involvement(entry, dilys))
    one = started(client, child).inherited["CARE_STATUS"]

    assert (one["value"], one["by"]) == ("looked-after", str(another_parent()))


@pytest.mark.req("SP-179")
def test_what_is_shared_about_another_record_or_a_restricted_child_or_no_more_lends_nothing(client, dilys):
    child = a_family_child(dilys)
    entry = lent_by_another(dilys, child)
    [one] = shared(entry, on_involvement(entry, dilys))
    a_form("SECOND")

    assert "CARE_STATUS" not in started(client, a_family_child(dilys, forename="Owain")).inherited
    Draft.objects.all().delete()
    Child.objects.filter(pk=child_of(entry).pk).update(restricted=True)
    assert "CARE_STATUS" not in started(client, child).inherited
    Draft.objects.all().delete()
    Child.objects.filter(pk=child_of(entry).pk).update(restricted=False)
    SharedForm.objects.filter(pk=one.pk).update(stopped_at=NOON, stopped_by=an_officer())
    assert "CARE_STATUS" not in started(client, child).inherited


def test_nothing_crosses_between_services(client, dilys):
    child = a_family_child(dilys)
    approved(dilys, child, form="HELP", destination="early-help")
    a_form("SECOND")

    assert started(client, child).inherited == {}


def test_a_form_about_no_child_of_the_family_takes_nothing(client, dilys):
    approved(dilys, None)
    a_form("SECOND")

    assert started(client).inherited == {}


def test_an_answer_that_no_longer_fits_is_left_out_and_what_is_known_otherwise_prevails(client, dilys):
    child = a_family_child(dilys)
    approved(dilys, child, CARE_STATUS="an option that went", SURNAME="Old")
    a_form("SECOND")

    draft = started(client, child)
    assert set(draft.inherited) == {"NEEDS"} and draft.answers["SURNAME"] == "Pritchard"


@pytest.mark.parametrize("code", ["HOPES", "NOTHING", "x" * 5000])
def test_use_this_answer_of_a_question_that_lends_none_changes_nothing(client, dilys, code):
    child = a_family_child(dilys)
    approved(dilys, child)
    a_form("SECOND")
    draft = started(client, child)

    url = step_url(draft, "about")
    assert client.post(url, typed(client.get(url)) | {"use-earlier": code}).status_code == 302
    draft.refresh_from_db()
    assert set(draft.answers) == {"CARE_STATUS", "SURNAME"}


@pytest.mark.req("GH-019", "GH-021")
@pytest.mark.parametrize(
    "kind", ["address", "date", "date_range", "person", "choose_several", "integer", "file"]
)
def test_an_earlier_answer_that_a_newer_version_has_no_place_for_is_not_offered(client, dilys, kind):
    child = a_family_child(dilys)
    approved(dilys, child)
    a_form("SECOND")
    draft = started(client, child)
    asked = question("NEEDS", kind, reuse="suggest" if kind != "file" else "ask")
    if kind == "choose_several":
        asked["options"] = options("reading", "writing")
    upgraded(draft, asked)

    url = step_url(draft, "about")
    page = client.get(url)

    assert page.status_code == 200
    assert "You answered this question before" not in page.text
    client.post(url, typed(page, _use_earlier="") | {"use-earlier": "NEEDS"})
    draft.refresh_from_db()
    assert "NEEDS" not in draft.answers


def upgraded(draft, asked):
    newer = dict(draft.version.definition)
    newer["groups"] = [group("about", 2, asked, question("SURNAME", identity="surname"))]
    published(newer)
    submissions.upgrade_draft(draft, by=draft.owner, now=NOON)


@pytest.mark.req("GH-019", "GH-021")
@pytest.mark.parametrize(("reuse", "offered"), [("suggest", True), ("ask", False)])
def test_an_earlier_answer_is_offered_on_after_an_upgrade_unless_the_question_asks_again(
    client, dilys, reuse, offered
):
    child = a_family_child(dilys)
    approved(dilys, child)
    a_form("SECOND")
    draft = started(client, child)

    upgraded(draft, question("NEEDS", reuse=reuse, max_length=50))

    page = client.get(step_url(draft, "about")).text
    assert ("You answered this question before" in page) is offered
