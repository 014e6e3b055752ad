"""New Service Request and My Cases."""

import re
from datetime import timedelta

import pytest

from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.submissions import services as submissions
from guildhall.paperwork.submissions.models import Draft
from guildhall.records.linkage.models import Mention
from guildhall.work.cases import services as deciding
from guildhall.work.cases.models import Case
from guildhall.work.intake import services as intake
from guildhall.work.schoolcases import queries, services
from guildhall.work.schoolcases.models import SchoolCase

from ...library import publish_library
from ...people.membership.schools import a_place, another_school, holder
from ...standing import NOON, an_officer, come_in

pytestmark = pytest.mark.django_db
TITLES = {
    "BERA": "Best Endeavours and Reasonable Adjustments (BERA)",
    "REF": "SEND services referral (REF)",
    "PIR": "Physical Intervention Record (PIR)",
    "PTT": "Part-time timetable alternative provision notification to LA (PTT)",
    "ADF": "Additional Funding (ADF)",
    "STP": "Send transport and PTB",
    "SCL": "School Closure",
    "PSC": "Planned School Closure Notification",
    "EWS": "Education Welfare Service",
    "EYC": "Early Years Census",
    "CPP": "Childcare Provider Profile",
    "SEE": "Stretched and Extended Entitlement Notification",
}
SCHOOL_TYPES = list(TITLES)
PSC = {
    "REFERRER_NAME": "Elen Rowlands",
    "REFERRER_ROLE": "Headteacher",
    "REFERRER_EMAIL": "elen@ysgol.example.org",
    "REFERRER_TELEPHONE": "01632960001",
    "PLANNED_DATES": {"from": "2026-07-01", "to": "2026-07-02"},
    "PLANNED_REASON": "training",
    "PLANNED_WHAT": "First aid for all staff.",
    "PLANNED_EXTENT": "whole",
    "PLANNED_SESSIONS": 4,
    "PLANNED_MADE_UP": "no",
    "PLANNED_PUPILS": 120,
    "PARENTS_TOLD_ON": "2026-06-01",
    "PLANNED_VULNERABLE": "The family worker rings them.",
    "PLANNED_TRANSPORT": "no",
    "PLANNED_CLUBS": "none",
}


def raised(code="PSC", by="elen@ysgol.example.org", school=None, now=NOON, **more):
    place = a_place(by, school)
    version = forms.live_version(code)
    case, draft = services.raise_case(
        place.school, version=version, by=place.user, language="en", now=now, **more
    )
    return place, case, draft


def sent(**more):
    place, case, draft = raised(**more)
    draft = submissions.save_answers(
        draft, answers=PSC, revision=draft.revision, place="", by=place.user, now=NOON
    )
    submission = intake.submit(draft.pk, sender=place.user, key=draft.key, declarations=["first"], now=NOON)
    return place, case, submission


@pytest.mark.req("SC-094", "SC-095", "SC-096", "SC-097", "SC-098")
def test_new_service_request_lists_the_twelve_types_in_three_groups(client):
    publish_library(*SCHOOL_TYPES)
    come_in(client, a_place("elen@ysgol.example.org").user, verified=True)
    page = client.get("/schools/cases/new").text
    heads = [page.index(f">{head}</h2>") for head in ("SEND forms", "School-changes", "Early-Years")]
    assert heads == sorted(heads)
    links = re.findall(r'href="/schools/cases/new/([a-z]+)">([^<]+)</a>', page)
    assert [(code.upper(), title) for code, title in links] == list(TITLES.items())


@pytest.mark.req("SC-094", "SC-102")
def test_start_opens_the_form_with_the_school_and_the_submitter_known(client):
    publish_library("ADF")
    place = a_place("elen@ysgol.example.org")
    come_in(client, place.user, verified=True)
    assert "Carreg Primary School" in client.get("/schools/cases/new/adf").text
    assert not SchoolCase.objects.exists()
    response = client.post("/schools/cases/new/adf")
    draft = Draft.objects.get()
    assert response["Location"] == f"/forms/{draft.pk}/"
    assert draft.answers["PUPIL_SETTING"] == {"urn": "990001", "name": "Carreg Primary School"}
    assert draft.answers["REFERRER_EMAIL"] == place.user.email
    assert client.get(f"/forms/{draft.pk}/", follow=True).status_code == 200


def test_a_form_of_another_portal_cannot_be_raised_and_schools_forms_start_at_their_own_door(client):
    publish_library("COURSE", "ADF")
    come_in(client, a_place("elen@ysgol.example.org").user, verified=True)
    assert client.get("/schools/cases/new/course").status_code == 404
    assert client.get("/forms/start/adf/").status_code == 404


@pytest.mark.req("SC-111", "SC-116")
def test_references_are_one_running_sequence_with_the_prefix_of_the_group():
    publish_library("ADF", "PSC", "EYC")
    given = [raised(code)[1].reference for code in ("ADF", "PSC", "EYC", "ADF")]
    assert given == [
        "EDU-SENED-ADF1001",
        "EDU-SCHCH-PSC1002",
        "EDU-EARLY-EYC1003",
        "EDU-SENED-ADF1004",
    ]


@pytest.mark.req("SC-116")
def test_the_number_of_an_abandoned_case_is_never_given_again():
    publish_library("PSC")
    place, case, _ = raised()
    services.abandon_case(case, reason="Twice", by=place.user, holder=holder(place), now=NOON)
    assert raised()[1].reference == "EDU-SCHCH-PSC1002"


@pytest.mark.req("SC-111", "SC-118")
def test_a_sent_case_keeps_its_reference_and_waits_for_the_team_without_matching():
    publish_library("PSC")
    _, case, submission = sent()
    assert submission.reference == case.reference
    council = Case.objects.get(reference=case.reference)
    assert council.team == "schools"
    assert council.mention.state == Mention.State.NOBODY
    case.refresh_from_db()
    assert case.submitted_at == NOON


@pytest.mark.req("SC-105", "SC-108", "SC-109", "SC-110", "SC-112", "SC-115")
def test_my_cases_shows_each_case_with_its_state_in_words(client):
    publish_library("PSC")
    place, case, _ = sent()
    _, open_case, draft = raised()
    come_in(client, place.user, verified=True)
    page = client.get("/schools/cases/").text
    for heading in (
        "Service case ref",
        "Case Type",
        "Service Name",
        "Case submitted",
        "Current activity",
        "Case status",
    ):
        assert heading in page
    rows = {row.split("</a>")[0].rsplit(">", 1)[1]: row for row in page.split("<tbody")[1].split("<tr")[1:]}
    done, mine = rows[case.reference], rows[open_case.reference]
    assert "Submitted" in done and "govuk-tag--grey" in done
    assert "Case Officers Notification" in done
    assert re.search(r"\w{3}, \d{1,2} \w{3} 2026 \d\d:\d\d<", done)
    assert "Editable" in mine and "govuk-tag--blue" in mine
    assert "Form Submitted" in mine
    assert ">-</td>" in mine
    assert f"/forms/{draft.pk}/" in mine
    assert f"/schools/cases/{case.pk}/" in done


@pytest.mark.req("SC-106", "SC-114")
def test_the_schools_cases_switch_shows_what_others_raised_and_lets_nobody_change_it(client):
    publish_library("PSC")
    _, case, draft = raised(by="bryn@ysgol.example.org")
    come_in(client, a_place("elen@ysgol.example.org").user, verified=True)
    assert case.reference not in client.get("/schools/cases/").text
    page = client.get("/schools/cases/?whose=school").text
    assert case.reference in page
    assert str(draft.pk) not in page
    assert "Read only" in page
    assert client.get(f"/schools/cases/{case.pk}/").status_code == 200
    assert client.get(f"/forms/{draft.pk}/").status_code == 404


def test_another_school_sees_nothing_of_it(client):
    publish_library("PSC")
    _, case, _ = sent()
    come_in(client, a_place("kofi@school.example.org", another_school()).user, verified=True)
    for address in ("", "pdf", "abandon"):
        assert client.get(f"/schools/cases/{case.pk}/{address}").status_code == 404
    assert client.post(f"/schools/cases/{case.pk}/copy").status_code == 404
    assert case.reference not in client.get("/schools/cases/?whose=school").text


@pytest.mark.heavy
@pytest.mark.both
@pytest.mark.req("SC-107", "SC-108")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("ref=1001", {1}),
        ("type=EYC", {2}),
        ("service=school-changes", {1}),
        ("status=active", {1, 2}),
        ("status=completed", set()),
        ("ref=10&type=EYC", {2}),
        ("ref=%00", {1, 2}),
        ("sort=-type", {1, 2}),
        ("sort=activity", {1, 2}),
        ("sort=nonsense", {1, 2}),
    ],
)
def test_any_of_the_search_fields_narrows_the_list(client, query, found):
    publish_library("PSC", "EYC")
    place, _, _ = raised("PSC")
    raised("EYC")
    come_in(client, place.user, verified=True)
    page = client.get(f"/schools/cases/?{query}").text
    shown = {number for number, code in ((1, "PSC1001"), (2, "EYC1002")) if code in page}
    assert shown == found


@pytest.mark.req("SC-117")
def test_abandoning_needs_a_reason_and_leaves_a_case_to_read_and_to_copy(client):
    publish_library("PSC")
    place, case, draft = raised()
    submissions.save_answers(
        draft,
        answers={"PLANNED_WHAT": "The roof"},
        revision=draft.revision,
        place="",
        by=place.user,
        now=NOON,
    )
    come_in(client, place.user, verified=True)
    assert client.post(f"/schools/cases/{case.pk}/abandon", {"words": ""}).status_code == 422
    assert client.post(f"/schools/cases/{case.pk}/abandon", {"words": "Works moved"}).status_code == 302
    page = client.get(f"/schools/cases/{case.pk}/").text
    assert "Abandoned" in page and "Works moved" in page and "The roof" in page
    assert not Draft.objects.exists()
    assert client.get(f"/schools/cases/{case.pk}/abandon").status_code == 404
    client.post(f"/schools/cases/{case.pk}/copy")
    assert Draft.objects.get().answers["PLANNED_WHAT"] == "The roof"


@pytest.mark.req("SC-117")
def test_an_administrator_of_the_school_may_abandon_a_case_and_a_colleague_may_not(client):
    publish_library("PSC")
    _, case, _ = raised(by="bryn@ysgol.example.org")
    come_in(client, a_place("elen@ysgol.example.org").user, verified=True)
    assert client.get(f"/schools/cases/{case.pk}/abandon").status_code == 404
    come_in(client, a_place("sian@ysgol.example.org", is_admin=True).user, verified=True)
    client.post(f"/schools/cases/{case.pk}/abandon", {"words": "They have left"})
    case.refresh_from_db()
    assert case.reason == "They have left"


def test_a_case_whose_draft_was_deleted_counts_as_abandoned():
    publish_library("PSC")
    place, case, draft = raised()
    submissions.delete_draft(draft, by=place.user, now=NOON)
    assert queries.cases_at(case.school_id).get().status == "abandoned"


@pytest.mark.req("SC-115", "SC-118")
def test_a_submitted_case_is_read_and_downloaded_by_a_colleague_with_its_steps(client):
    publish_library("PSC")
    _, case, _ = sent()
    come_in(client, a_place("bryn@ysgol.example.org").user, verified=True)
    page = client.get(f"/schools/cases/{case.pk}/").text
    assert "First aid for all staff." in page
    assert "Form submitted, and case officers notified" in page
    pdf = client.get(f"/schools/cases/{case.pk}/pdf")
    assert pdf.content[:5] == b"%PDF-"


@pytest.mark.req("SC-115")
def test_a_case_that_is_only_read_is_downloaded_whether_it_was_submitted_or_not(client):
    publish_library("PSC")
    place, case, _ = raised()
    services.abandon_case(case, reason="Twice", by=place.user, holder=holder(place), now=NOON)
    _, other, _ = raised(by="bryn@ysgol.example.org")
    come_in(client, place.user, verified=True)
    for one in (case, other):
        address = f"/schools/cases/{one.pk}/pdf"
        assert address in client.get(f"/schools/cases/{one.pk}/").text
        assert client.get(address).content[:5] == b"%PDF-"


@pytest.mark.req("SC-118")
def test_the_school_sees_each_step_at_the_council_with_its_date(client):
    publish_library("PSC")
    place, case, _ = sent()
    officer, council = an_officer(), Case.objects.get(reference=case.reference)
    deciding.open_first(council, by=officer, now=NOON + timedelta(days=1))
    council.refresh_from_db()
    letter = deciding.Letter("Please add the dates", "Which days?")
    deciding.request_information(council, letter, by=officer, now=NOON + timedelta(days=2), reopen=True)
    come_in(client, place.user, verified=True)
    page = client.get(f"/schools/cases/{case.pk}/").text
    steps = ["Case raised", "Form submitted", "Opened by a case officer", "More information asked for"]
    assert sorted(steps, key=page.index) == steps


@pytest.mark.req("SC-110")
def test_a_decided_case_is_completed_and_waits_for_nothing():
    publish_library("PSC")
    _, case, _ = sent()
    Case.objects.filter(reference=case.reference).update(status=Case.Status.APPROVED)
    found = queries.cases_at(case.school_id).get()
    assert (found.status, found.activity) == ("completed", "")


def test_the_list_costs_the_same_however_many_cases_there_are(client, django_assert_max_num_queries):
    publish_library("PSC")
    place, _, _ = raised()
    come_in(client, place.user, verified=True)
    client.get("/schools/cases/")
    for _ in range(6):
        raised(now=NOON + timedelta(hours=1))
    with django_assert_max_num_queries(14):
        client.get("/schools/cases/")
