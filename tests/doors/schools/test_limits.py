"""Case types that only people with some responsibilities may raise."""

import pytest
from django.test import Client

from guildhall.foundation.audit.models import Entry
from guildhall.paperwork.submissions.models import Draft
from guildhall.work.schoolcases.models import SchoolCase

from ...library import publish_library
from ...people.membership.schools import a_place, a_supervisor, another_school
from ...people.responsibilities.scene import INTERESTED, LEAD, give, the
from ...standing import an_administrator, an_officer, come_in
from .test_cases import raised

pytestmark = pytest.mark.django_db
LIST = "/council/administration/case-types/"
BEGIN = "/schools/cases/new/adf"


def limit(code: str, *names: str):
    council = come_in(Client(), an_administrator(), verified=True)
    ticked = [the(name).pk for name in names]
    return council.post(f"{LIST}{code}/", {"responsibilities": ticked}, follow=True).text


def browser(place):
    return come_in(Client(), place.user, verified=True)


@pytest.mark.req("SC-114", "SC-094")
def test_a_limited_case_type_is_listed_and_opened_only_for_who_has_one_of_its_responsibilities():
    publish_library("ADF", "PSC")
    sian, elen, mair = a_supervisor(), a_place("elen@ysgol.example.org"), a_place("mair@ysgol.example.org")
    give(elen, sian, Finance=INTERESTED)
    give(mair, sian, Catering=LEAD)
    limit("adf", "Finance", "School Administration and Support")
    hers, others = browser(elen), browser(mair)
    assert f'href="{BEGIN}"' in hers.get("/schools/cases/new").text
    assert f'href="{BEGIN}"' not in others.get("/schools/cases/new").text
    assert 'href="/schools/cases/new/psc"' in others.get("/schools/cases/new").text
    assert others.get(BEGIN).status_code == others.post(BEGIN).status_code == 404
    assert others.post(f"{BEGIN}/many").status_code == 404
    assert not SchoolCase.objects.exists()
    assert hers.post(BEGIN).status_code == 302
    assert Draft.objects.get().owner == elen.user


@pytest.mark.req("SC-114")
def test_a_responsibility_counts_only_at_the_school_that_one_works_for():
    publish_library("ADF")
    elen = a_place("elen@ysgol.example.org")
    there = a_place("elen@ysgol.example.org", another_school())
    give(there, a_supervisor("far@ysgol.example.org", another_school()), Finance=LEAD)
    limit("adf", "Finance")
    hers = browser(elen)
    hers.post("/schools/switch", {"school": elen.school_id})
    assert hers.get(BEGIN).status_code == 404
    hers.post("/schools/switch", {"school": there.school_id})
    assert hers.get(BEGIN).status_code == 200


@pytest.mark.req("SC-114")
def test_a_case_that_was_raised_before_goes_on_but_is_not_copied():
    publish_library("ADF")
    place, case, draft = raised("ADF")
    limit("adf", "Finance")
    hers = browser(place)
    assert hers.get(f"/forms/{draft.pk}/", follow=True).status_code == 200
    assert "Copy to a new case" not in hers.get(f"/schools/cases/{case.pk}/").text
    assert hers.post(f"/schools/cases/{case.pk}/copy").status_code == 404


@pytest.mark.req("SC-101", "SC-114")
def test_an_administrator_limits_a_case_type_and_opens_it_again():
    publish_library("ADF", "PSC")
    page = limit("adf", "Finance", "Catering")
    row = page.split("Additional Funding (ADF)</th>")[1].split("</tr>")[0]
    assert ("Finance" in row, "Catering" in row, "Everybody at a school" in row) == (True, True, False)
    assert Entry.objects.filter(verb="schoolcase.type_limited").count() == 1
    council = come_in(Client(), an_administrator(), verified=True)
    assert f'value="{the("Finance").pk}" checked' in council.get(f"{LIST}adf/").text
    versions = council.get("/council/forms/versions/ADF/").text
    assert f'href="{LIST}adf/"' in versions
    row = limit("adf").split("Additional Funding (ADF)</th>")[1].split("</tr>")[0]
    assert "Everybody at a school" in row
    assert browser(a_place("elen@ysgol.example.org")).get(BEGIN).status_code == 200


def test_who_may_not_limit_case_types_and_which_forms_are_none():
    publish_library("ADF", "COURSE")
    council = come_in(Client(), an_administrator(), verified=True)
    for code in ("course", "nothing"):
        assert council.get(f"{LIST}{code}/").status_code == 404
    for somebody in (an_officer(), a_supervisor().user):
        client = come_in(Client(), somebody, verified=True)
        assert client.get(LIST).status_code == client.post(f"{LIST}adf/").status_code == 403
    assert council.post(f"{LIST}adf/", {"responsibilities": ["x", "9" * 30, "987654"]}).status_code == 302
