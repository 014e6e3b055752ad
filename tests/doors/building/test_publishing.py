"""Publishing pages: problems first, now or planned, versions, withdrawing, and comparing in words."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guildhall.paperwork.forms import queries, services
from guildhall.paperwork.forms.models import FormVersion, Publication
from guildhall.paperwork.forms.services import releasing
from guildhall.paperwork.submissions import services as submissions
from tests.definitions import every_kind, group, question, words
from tests.standing import NOON, a_parent, an_administrator, an_officer, come_in

pytestmark = pytest.mark.django_db
CODE = "EVERY-KIND"


@pytest.fixture
def owen(client: Client) -> Client:
    return come_in(client, an_administrator())


def built(**changes):
    return services.start_working(CODE, content=every_kind(**changes), by=None, now=NOON)


def page(name: str, *args) -> str:
    return reverse(f"building:{name}", args=args or [CODE])


def post(client: Client, **more):
    return client.post(page("publish"), {"revision": "0", "note": "First", "accepted": "yes"} | more)


@pytest.mark.req("GH-025")
def test_problems_are_listed_with_where_they_are_and_errors_block(owen: Client):
    built(title={"en": "Only English"})
    shown = owen.get(page("publish")).text
    assert "The Welsh title is missing. Write it in Welsh" in shown
    assert 'name="revision"' not in shown

    refused = post(owen)

    assert refused.status_code == 422
    assert not FormVersion.objects.exists()


@pytest.mark.req("GH-025")
def test_a_problem_is_placed_by_what_the_builder_calls_its_group(owen: Client):
    asked = question("ALONE", text={"en": "Only English"})
    built(groups=[{"key": "part-one", "number": 2, "title": words("About you"), "questions": [asked]}])
    shown = owen.get(page("publish")).text
    assert ">2. About you – ALONE</a>" in shown and ">2. About you</a>" in shown
    assert ">part-one" not in shown


@pytest.mark.req("GH-025", "GH-041")
def test_warnings_need_a_tick(owen: Client):
    built(subtitle={"en": "The same words", "cy": "The same words"})
    shown = owen.get(page("publish")).text
    assert "The Welsh is the same as the English: “The same words”" in shown

    refused = owen.post(page("publish"), {"revision": "0", "note": "My reason"})
    assert refused.status_code == 422
    assert "Tick the box" in refused.text
    assert "My reason" in refused.text

    post(owen)
    assert queries.live_version(CODE).number == 1


def test_the_list_of_versions_says_who_when_and_why(owen: Client):
    built()
    said = owen.post(
        page("publish"), {"revision": "0", "note": "Shorter", "accepted": "yes"}, follow=True
    ).text
    assert "Version 1 is published" in said
    assert "Shorter" in said
    assert re.search(r">Live</strong>", said)


def test_the_list_of_versions_asks_the_same_however_many_there_are(owen, django_assert_max_num_queries):
    for number in range(3):
        services.publish(every_kind(description={"en": f"{number}", "cy": f"{number}"}), by=None, now=NOON)
    owen.get(page("versions"))
    with django_assert_max_num_queries(14):
        assert owen.get(page("versions")).text.count(">Publish again<") == 2


def test_a_form_is_planned_and_taken_back(owen: Client):
    built()
    day = timezone.localdate() + timedelta(days=3)
    due = {"due-day": day.day, "due-month": day.month, "due-year": day.year, "at": "07:30"}
    assert post(owen, when="later", **(due | {"at": "quarter past"})).status_code == 422
    assert post(owen, when="later", **(due | {"due-day": "40"})).status_code == 422
    assert post(owen, when="later", **(due | {"due-year": day.year - 2})).status_code == 422

    post(owen, when="later", **due)
    assert "The form will be published on" in owen.get(page("versions")).text
    planned = Publication.objects.get()
    assert timezone.localtime(planned.due_at).strftime("%H:%M") == "07:30"
    assert queries.live_version(CODE) is None

    owen.post(page("plan-cancel", planned.pk))
    releasing.publish_planned(planned.pk, now=planned.due_at)
    assert queries.live_version(CODE) is None


def test_a_planned_publication_is_cancelled_before_another_so_that_it_brings_back_nothing_older(owen: Client):
    working = built()
    due = timezone.now() + timedelta(days=3)
    common = {"revision": 0, "note": "", "by": None, "now": timezone.now()}
    planned = releasing.plan_publication(working, due_at=due, **common)

    refused = post(owen)
    assert refused.status_code == 422
    assert "Cancel it before you publish now" in refused.text
    assert page("plan-cancel", planned.pk) in refused.text
    assert queries.live_version(CODE) is None

    owen.post(page("plan-cancel", planned.pk))
    post(owen)
    assert queries.live_version(CODE).number == 1


def test_whoever_withdraws_a_form_sees_that_a_plan_would_offer_it_again(owen: Client):
    services.publish(every_kind(), by=None, now=NOON)
    working = services.work_on(queries.form(CODE), by=None, now=NOON)
    common = {"revision": working.revision, "note": "", "by": None, "now": timezone.now()}
    planned = releasing.plan_publication(working, due_at=timezone.now() + timedelta(days=3), **common)

    assert page("plan-cancel", planned.pk) in owen.get(page("withdraw")).text


@pytest.mark.req("SP-115")
@pytest.mark.req("SP-093")
def test_a_withdrawn_form_is_not_offered_and_drafts_of_it_go_on(owen: Client):
    version = services.publish(every_kind(), by=None, now=NOON)
    parent = a_parent()
    draft = submissions.start_draft(parent, version=version, family_child=None, language="en", now=NOON)
    family = come_in(Client(), parent)
    assert family.get(reverse("filling:start", args=[CODE])).status_code == 200

    assert "can still finish" in owen.get(page("withdraw")).text
    assert queries.live_version(CODE) is not None
    owen.post(page("withdraw"))

    assert family.get(reverse("filling:start", args=[CODE])).status_code == 404
    assert family.get(reverse("filling:step", args=[draft.pk, "child"])).status_code == 200
    assert owen.post(page("withdraw"), follow=True).status_code == 200


def test_an_older_version_is_published_again_after_a_question(owen: Client):
    services.publish(every_kind(), by=None, now=NOON)
    services.publish(every_kind(style="tabs"), by=None, now=NOON)
    assert "Version 1 becomes the newest" in owen.get(page("publish-again", CODE, "1")).text
    owen.post(page("publish-again", CODE, "1"), {"note": "Back"})
    live = queries.live_version(CODE)
    assert (live.number, live.definition["style"]) == (3, "steps")


@pytest.mark.req("GH-021")
def test_an_older_version_that_would_use_a_consent_again_is_not_published_again(owen: Client):
    live = services.publish(every_kind(), by=None, now=NOON)
    asked = question("SHARING", "yes_no", text=words("May we share this?"), reuse="fill")
    told = {"definition": every_kind(groups=[group("first", 2, asked)]), "digest": "0" * 64}
    sort = {name: getattr(live, name) for name in ("form", "portal", "audience", "destination")}
    FormVersion.objects.create(number=2, published_at=NOON, **told, **sort)
    answer = owen.post(page("publish-again", CODE, "2"), follow=True)
    assert "which people give anew each time" in answer.text and queries.live_version(CODE) == live


def test_what_somebody_changed_meanwhile_is_not_published(owen: Client):
    working = built()
    services.change_working(working, content=every_kind(style="tabs"), revision=0, by=None, now=NOON)
    assert post(owen).status_code == 409
    assert not FormVersion.objects.exists()


def test_versions_are_compared_in_words_and_with_the_form_being_built(owen: Client):
    first = services.publish(every_kind(), by=None, now=NOON)
    working = services.work_on(first.form, by=None, now=NOON)
    changed = every_kind(title={"en": "Ask for help", "cy": "Gofyn am gymorth"}, style="tabs")
    services.change_working(working, content=changed, revision=0, by=None, now=NOON)

    shown = owen.get(page("compare")).text

    assert "The English title was reworded" in shown
    assert '<del lang="en">Request for an assessment</del>' in shown
    assert '<ins lang="cy">Gofyn am gymorth</ins>' in shown
    assert "Nothing differs" in owen.get(page("compare"), {"old": "1", "new": "1"}).text


@pytest.mark.parametrize("query", [{"old": "9"}, {"old": "x"}, {"new": "-1"}, {"old": "9" * 40}])
def test_a_version_that_is_not_there_is_not_found(owen: Client, query):
    services.publish(every_kind(), by=None, now=NOON)
    assert owen.get(page("compare"), query).status_code == 404


@pytest.mark.parametrize("name", ["publish", "versions", "withdraw", "compare"])
def test_a_form_that_is_not_there_is_not_found_and_others_may_not_come_in(owen: Client, name: str):
    assert owen.get(page(name, "NO-SUCH")).status_code == 404
    services.publish(every_kind(), by=None, now=NOON)
    for user in (an_officer(), a_parent()):
        assert come_in(Client(), user).get(page(name)).status_code in (403, 404)
