"""What becomes of applications to the other services: lists, details, matching, messages, family."""

from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from guildhall.foundation.authority import services as authority
from guildhall.paperwork.submissions.models import Draft
from guildhall.records.children import services as children
from guildhall.records.children.models import Child
from guildhall.records.linkage import services as linkage
from guildhall.work.cases import services as cases
from guildhall.work.cases.models import Case

from ...definitions import a_family_child
from ...library import publish_library
from ...standing import NOON, a_parent, a_person, come_in
from ..sent import MALI, About, sent

pytestmark = pytest.mark.django_db

# Each form of the other services → the team whose work area it goes to (SP-333).
TEAMS = {
    "THIRTY-HOURS-CODE": "early-years",
    "TWO-YEAR-OLD-FUNDING": "early-years",
    "FREE-SCHOOL-MEALS": "benefits",
    "SCHOOL-PLACE": "admissions",
    "SCHOOL-TRANSPORT": "transport",
    "COURSE": "training",
}
SERVICES = {
    "THIRTY-HOURS-CODE": "thirty-hours",
    "TWO-YEAR-OLD-FUNDING": "two-year-olds",
    "FREE-SCHOOL-MEALS": "free-school-meals",
    "SCHOOL-PLACE": "school-places",
    "SCHOOL-TRANSPORT": "transport",
}


@pytest.fixture(autouse=True)
def _forms(db):
    publish_library()
    authority.change_setting("matching.automatic", value=False, by=None, now=NOON)


def an_officer_of(team):
    return a_person(f"{team}@council.example.org", role="service-officer", team=team)


def listed(client, **asked):
    page = client.get(reverse("council:review"), asked)
    return [row.case.reference for row in page.context["page"]]


@pytest.mark.req("SP-333", "SP-334")
def test_the_officers_of_each_service_see_its_applications_in_filtered_lists_with_their_details(client):
    sent_now = {code: sent(code, a_parent()) for code in TEAMS}
    for code, case in sent_now.items():
        come_in(client, an_officer_of(TEAMS[code]))
        theirs = {one.reference for other, one in sent_now.items() if TEAMS[other] == TEAMS[code]}
        assert set(listed(client)) == theirs
        assert listed(client, type=code) == [case.reference]
        assert listed(client, type=code, status="approved") == []
        page = client.get(reverse("council:case", args=[case.reference])).text
        said = [one for one in case.submission.answers.values() if isinstance(one, str) and len(one) > 25]
        assert all(one.splitlines()[0] in page for one in said), code
    for code, case in sent_now.items():
        if TEAMS[code] != "training":
            come_in(client, an_officer_of("training"))
            assert client.get(reverse("council:case", args=[case.reference])).status_code == 404


@pytest.mark.req("SP-334")
def test_the_child_is_matched_with_the_record_and_what_differs_is_settled_field_by_field(client):
    held = children.add_child(
        replace(MALI.child, postcode="CY9 9ZZ", address_lines=("1 Old Road", "Carreg")), by=None, now=NOON
    )
    case = sent("SCHOOL-PLACE", a_parent())
    come_in(client, an_officer_of("admissions"))
    address = reverse("council:mention", args=[case.mention_id])
    page = client.get(f"{address}?child={held.pk}").text
    assert "CY9 9ZZ" in page and "CY1 1AA" in page
    typed = {"child": held.pk, "version": case.mention.version, "do": "match"}
    assert client.post(address, typed).status_code == 422, "a conflict must be settled first"
    choices = dict.fromkeys(("choice-address", "choice-school", "choice-gender"), "theirs")
    assert client.post(address, typed | choices | {"confirmed": "yes"}).status_code == 302
    record = Child.objects.get(pk=held.pk)
    assert record.postcode == "CY1 1AA"
    case.mention.refresh_from_db()
    assert case.mention.child_id == held.pk


@pytest.mark.req("SP-342")
def test_messages_about_any_of_these_applications_are_in_messages_and_answered_there(client):
    dilys = a_parent()
    come_in(client, dilys)
    stranger = come_in(Client(), a_person("other@example.org", role="parent"))
    for code, team in TEAMS.items():
        case, officer = sent(code, dilys), an_officer_of(team)
        linkage.add_child_for(case.mention, by=officer, now=NOON)
        case = cases.open_first(Case.objects.get(pk=case.pk), by=officer, now=NOON)
        letter = cases.Letter(f"About {code}", f"Please send the letter for {code}.")
        cases.request_information(case, letter, by=officer, now=NOON)
        assert f"About {code}" in client.get(reverse("inbox:list")).text
        address = reverse("inbox:conversation", args=[case.reference])
        assert f"Please send the letter for {code}." in client.get(address).text
        answered = client.post(address, {"body": "Here it is.", "key": code}, follow=True)
        assert "Your answer has been sent." in answered.text
        assert stranger.get(address).status_code == 404


@pytest.mark.req("SP-342")
def test_one_child_of_my_family_serves_every_service(client):
    dilys = a_parent()
    mali = a_family_child(dilys)
    come_in(client, dilys)
    for code, key in SERVICES.items():
        page = client.get(reverse("families:service", args=[key])).text
        start = f"{reverse('filling:start', args=[code])}?child={mali.pk}"
        assert start in page, code
        client.post(start)
        draft = Draft.objects.get(version__form__code=code)
        assert draft.family_child_id == mali.pk
        assert mali.forename in draft.answers.values(), code
    case = sent("SCHOOL-PLACE", dilys, about=About(MALI.child, mali))
    assert case.submission.family_child_id == mali.pk
