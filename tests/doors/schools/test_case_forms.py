"""The forms of schools' cases: always saved, opened where they were left, and what comes of them later."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from guildhall.foundation.outbox.models import Task
from guildhall.mail.messages.models import Message
from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.forms import services as publishing
from guildhall.paperwork.submissions import services as submissions
from guildhall.paperwork.submissions.models import Draft
from guildhall.records.linkage import services as linkage
from guildhall.records.linkage.identity import Identity
from guildhall.work.cases import services as cases
from guildhall.work.schoolcases import services
from guildhall.work.schoolcases.models import SchoolCase
from guildhall.work.schoolcases.terms import confirmed_term

from ...definitions import group, question
from ...library import publish_library
from ...people.membership.schools import a_place, a_supervisor
from ...standing import NOON, an_officer, come_in
from ..filling.pages import step_url, typed
from .test_cases import raised

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(client):
    publish_library("PSC")
    place, _, made = raised()
    come_in(client, place.user)
    return made


@pytest.mark.req("SC-099")
def test_moving_to_another_page_saves_the_one_that_was_open(client, draft):
    page = client.get(step_url(draft, "setting"))
    client.post(step_url(draft, "setting"), typed(page, referrer_role="Headteacher", _go="closure"))
    assert Draft.objects.get().answers["REFERRER_ROLE"] == "Headteacher"


@pytest.mark.req("SC-100")
def test_a_session_that_ends_brings_the_person_back_to_the_same_section_with_nothing_lost(client, draft):
    page = client.get(step_url(draft, "setting"))
    posted = typed(page, referrer_role="Headteacher")
    saved = client.post(reverse("filling:autosave", args=[draft.pk]), posted)
    assert saved.status_code == 200 and "revision" in saved.json()
    client.session.flush()

    held = client.post(step_url(draft, "setting"), typed(page, referrer_name="Elen Mair Rowlands"))
    assert held.status_code == 302 and "sign-in" in held.url
    come_in(client, draft.owner)
    back = client.get(reverse("account:held"))
    client.post(step_url(draft, "setting"), typed(back, step_url(draft, "setting")))

    answers = Draft.objects.get().answers
    assert answers["REFERRER_NAME"] == "Elen Mair Rowlands" and answers["REFERRER_ROLE"]
    assert client.get(reverse("filling:resume", args=[draft.pk])).url == step_url(draft, "setting")


@pytest.mark.req("SC-113")
def test_the_reference_of_an_active_case_opens_the_section_that_was_open_last(client, draft):
    places = [one.key for one in forms.definition_of(draft.version_id).groups]
    page = client.get(step_url(draft, places[1]))
    client.post(step_url(draft, places[1]), typed(page, _later="yes"))

    listed = client.get("/schools/cases/").text
    assert f'href="{reverse("filling:resume", args=[draft.pk])}"' in listed
    assert client.get(reverse("filling:resume", args=[draft.pk])).url == step_url(draft, places[1])
    for place in places:  # and every page is open for review before submission
        assert client.get(step_url(draft, place)).status_code == 200


@pytest.mark.req("SC-101")
def test_a_case_type_that_an_administrator_publishes_is_offered_and_filled_in_at_once(client):
    place = a_place("elen@ysgol.example.org")
    come_in(client, place.user)
    assert "Loan of equipment" not in client.get("/schools/cases/new").text
    _publish_new_type()

    assert "Loan of equipment" in client.get("/schools/cases/new").text
    client.post("/schools/cases/new/loan")
    made = Draft.objects.get()
    answer = client.post(step_url(made, "loan"), typed(client.get(step_url(made, "loan")), what=""))
    assert answer.status_code == 422  # the question that the administrator made mandatory
    assert SchoolCase.objects.get().reference.startswith("EDU-SCHCH-LOAN")


def _publish_new_type():
    title = {"en": "Loan of equipment", "cy": "Benthyg offer"}
    publishing.publish(
        {
            "code": "LOAN",
            "title": title,
            "description": title,
            "portal": "school",
            "audience": "school",
            "style": "steps",
            "destination": "school-changes",
            "groups": [group("loan", 2, question("WHAT") | {"mandatory": True})],
        },
        by=None,
        now=NOON,
    )


def _sent(code, answers, team="send", now=NOON):
    publish_library(code)
    place, case, draft = raised(code, now=now)
    draft = submissions.save_answers(
        draft, answers=answers, revision=draft.revision, place="", by=place.user, now=now
    )
    sent = submissions.seal(draft, reference=case.reference, texts={}, now=now)
    mention = linkage.report_mention(
        Identity.from_json(sent.subject),
        said_by=place.user,
        source_kind="submission",
        source_id=str(sent.pk),
        now=now,
    )
    opened = cases.open_case(sent, mention=mention, team=team, now=now)
    services.note_sent(sent.key, now=now)
    return place, opened


@pytest.mark.req("SC-103")
def test_the_officer_is_reminded_once_when_the_review_day_of_a_part_time_timetable_comes():
    child = {"PUPIL_FORENAME": "Mali", "PUPIL_SURNAME": "Pugh", "PUPIL_BORN_ON": "2017-02-03"}
    _, council = _sent("PTT", child | {"TIMETABLE_START": "2026-06-08", "TIMETABLE_REVIEW": "2026-07-06"})
    officer = an_officer()
    council.owner = officer
    council.save()
    Task.objects.all().delete()

    assert services.remind_of_reviews(today=date(2026, 7, 5), now=NOON) == 0
    assert services.remind_of_reviews(today=date(2026, 7, 6), now=NOON + timedelta(days=35)) == 1
    assert services.remind_of_reviews(today=date(2026, 7, 7), now=NOON + timedelta(days=36)) == 0

    [task] = Task.objects.filter(kind="email")
    written = str(task.payload)
    assert officer.email in written
    assert not [word for word in ("Mali", "Pugh", "Carreg", "imetable") if word in written]


@pytest.mark.req("SC-103")
@pytest.mark.parametrize(
    ("code", "asked"),
    [
        (
            "PIR",
            "INCIDENT_ON INCIDENT_AT INCIDENT_PLACE INCIDENT_MINUTES STAFF_NAME TECHNIQUE INCIDENT_REASON "
            "DE_ESCALATION INJURIES PARENT_TOLD_ON",
        ),
        ("PTT", "TIMETABLE_START TIMETABLE_REVIEW TIMETABLE_HOURS PARENT_CONSENT"),
    ],
)
def test_the_forms_ask_what_the_council_needs(code, asked):
    publish_library(code)
    known = forms.definition_of(forms.live_version(code).pk).question_by_code
    assert [one for one in asked.split() if one not in known] == []


@pytest.mark.req("SC-104")
@pytest.mark.parametrize(
    ("code", "asked"),
    [
        ("ADF", "FUNDING_NEED FUNDING_BEFORE FUNDING_AMOUNT FUNDING_PERIOD"),
        ("EYC", "CENSUS_ON COUNT_AGE COUNT_FUNDED_HOURS COUNT_PAID_HOURS COUNT_FUNDING COUNT_CHILDREN"),
        (
            "CPP",
            "REGISTRATION_NUMBER OPEN_DAYS OPEN_FROM OPEN_TO PLACES_REGISTERED PLACES_FREE AGE_FROM AGE_TO "
            "FEE_HOUR PROFILE_TERM",
        ),
    ],
)
def test_the_forms_about_money_and_early_years_ask_what_the_council_needs(code, asked):
    publish_library(code)
    known = forms.definition_of(forms.live_version(code).pk).question_by_code
    assert [one for one in asked.split() if one not in known] == []


PROFILE = {"REGISTRATION_NUMBER": "W2700012", "PLACES_REGISTERED": 24, "PROFILE_TERM": "summer"}


@pytest.mark.req("SC-104")
def test_the_first_profile_begins_with_the_address_of_the_register():
    publish_library("CPP")
    place, _, draft = raised("CPP")
    assert draft.answers["PROVIDER_ADDRESS"]["lines"] == [place.school.name]
    assert "REGISTRATION_NUMBER" not in draft.answers


@pytest.mark.req("SC-104")
def test_a_provider_profile_begins_with_what_was_sent_last_and_asks_the_term_anew():
    _sent("CPP", PROFILE | {"PLACES_FREE": 3}, team="early-years")

    _, _, draft = raised("CPP")

    assert draft.answers["REGISTRATION_NUMBER"] == "W2700012" and draft.answers["PLACES_REGISTERED"] == 24
    assert not {"PROFILE_TERM", "PLACES_FREE"} & set(draft.answers)
    assert forms.definition_of(draft.version_id).question_by_code["PROFILE_TERM"].mandatory


@pytest.mark.req("SC-104")
def test_the_school_sees_whether_its_profile_is_confirmed_for_this_term(client):
    publish_library("CPP")
    with time_machine.travel(NOON):
        come_in(client, a_place("elen@ysgol.example.org").user, verified=True)
        assert "Not confirmed yet for the summer term 2026" in client.get("/schools/cases/new").text
        _sent("CPP", PROFILE, team="early-years")
        assert "Confirmed for the summer term 2026" in client.get("/schools/cases/new").text
    with time_machine.travel(datetime(2026, 9, 1, 9, tzinfo=UTC)):
        come_in(client, a_place("elen@ysgol.example.org").user, verified=True)
        page = client.get("/schools/cases/new/cpp").text
        assert "Not confirmed yet for the autumn term 2026" in page and "Check and confirm" in page


@pytest.mark.req("SC-104")
def test_the_school_is_asked_each_term_until_it_confirms_its_profile():
    place, _ = _sent("CPP", PROFILE, team="early-years")
    supervisor = a_supervisor().user
    a_place("tomos@ysgol.example.org")
    asked = Message.objects.filter(key__startswith="profile-due:")

    def remind(day):
        return services.remind_of_reviews(today=day, now=NOON)

    assert remind(date(2026, 8, 31)) == 0
    assert remind(date(2026, 9, 1)) == 1
    assert remind(date(2026, 9, 2)) == 0
    assert set(asked.values_list("to", flat=True)) == {place.user.pk, supervisor.pk}
    assert "autumn term" in asked[0].body
    assert remind(date(2027, 1, 4)) == 1
    assert asked.count() == 4

    _sent("CPP", PROFILE | {"PROFILE_TERM": "spring"}, team="early-years", now=NOON + timedelta(days=220))
    assert remind(date(2027, 3, 31)) == 0
    assert remind(date(2027, 4, 1)) == 1  # of the newer profile alone
    assert asked.count() == 6


@pytest.mark.parametrize(
    ("stated", "sent_on", "term"),
    [
        ("summer", date(2026, 5, 1), (2026, "summer")),
        ("autumn", date(2026, 8, 31), (2026, "autumn")),
        ("spring", date(2026, 8, 31), (2026, "summer")),
        ("spring", date(2026, 12, 31), (2027, "spring")),
        (None, date(2026, 1, 1), (2026, "spring")),
    ],
)
def test_a_profile_is_for_the_term_of_its_day_or_for_the_next_one_that_it_names(stated, sent_on, term):
    found = confirmed_term(stated, sent_on=sent_on)
    assert (found.first_on.year, found.key) == term
