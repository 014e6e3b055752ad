"""The list of submitted forms: what is on it, for whom, in which order, and through which filters."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from guildhall.foundation.audit.models import Entry as Audited
from guildhall.foundation.authority import services as authority
from guildhall.people.membership import services as membership
from guildhall.work.cases import lists, services
from guildhall.work.cases.models import Case
from tests.standing import (
    NOON,
    a_parent,
    a_person,
    a_professional,
    a_safeguarding_officer,
    an_administrator,
    an_officer,
    come_in,
)
from tests.work.cases.scene import LETTER, TITLES, a_case, a_case_in, a_form, an_open_case

LIST = "council:review"


def references(client: Client, **asked: Any) -> list[str]:
    page = client.get(reverse(LIST), asked)
    assert page.status_code == 200, page.content.decode()
    return [row.case.reference for row in page.context["page"]]


@pytest.mark.req("SP-183", "SP-186", "SP-187")
@pytest.mark.django_db
def test_at_first_only_forms_that_can_be_actioned_are_listed_and_the_others_are_found_by_status(
    client: Client,
):
    cases = {status: a_case_in(status) for status in Case.Status.values}
    come_in(client, an_officer())

    assert set(references(client)) == {cases["not-opened"].reference, cases["opened"].reference}
    for status, case in cases.items():
        assert references(client, status=status) == [case.reference]
    assert set(references(client, status="all")) == {case.reference for case in cases.values()}


@pytest.mark.req("SP-185")
@pytest.mark.django_db
@pytest.mark.parametrize(("language", "whom"), [("en", "For young people"), ("cy", "I bobl ifanc")])
def test_forms_of_one_title_are_told_apart_in_the_filter(client: Client, language: str, whom: str):
    a_form()
    a_form(code="YOUNG", subtitle={"en": "For young people", "cy": "I bobl ifanc"})
    a_form(code="ALONE", title={"en": "Alone", "cy": "Ar wahân"}, subtitle={"en": "For all", "cy": "I bawb"})
    officer = an_officer()
    officer.language = language
    officer.save()
    come_in(client, officer)

    offered = [words for code, words in client.get(reverse(LIST)).context["kinds"] if code]

    title = TITLES["send"][language]
    assert {title, f"{title} ({whom})"} < set(offered)
    assert {"en": "Alone", "cy": "Ar wahân"}[language] in offered


@pytest.mark.req("SP-182")
@pytest.mark.django_db
def test_a_form_in_progress_is_never_listed(client: Client):
    case = services.request_information(an_open_case(), LETTER, by=an_officer(), reopen=True, now=NOON)
    come_in(client, an_officer())

    page = client.get(reverse(LIST), {"status": "all"})

    assert [row.case for row in page.context["page"]] == [case]


@pytest.mark.req("SP-184")
@pytest.mark.django_db
def test_every_heading_sorts_both_ways_in_the_words_of_the_source(client: Client):
    first = a_case(sender=a_parent(forename="Aled"), child={"forename": "Anna"}, now=NOON)
    last = a_case(
        sender=a_person("zoe@example.org", role="parent"),
        child={"forename": "Zack", "born_on": datetime(2019, 1, 1).date()},
        now=NOON + timedelta(days=2),
    )
    Case.objects.filter(pk=first.pk).update(form_title="A form", reference="SND-2606-00000001")
    Case.objects.filter(pk=last.pk).update(
        form_title="Z form", reference="SND-2606-FFFFFFFF", status="opened"
    )
    come_in(client, an_officer())

    for key in lists.COLUMNS:
        assert references(client, sort=key) == ["SND-2606-00000001", "SND-2606-FFFFFFFF"], key
        assert references(client, sort=f"-{key}") == ["SND-2606-FFFFFFFF", "SND-2606-00000001"], key

    words = client.get(reverse(LIST)).content.decode()
    for heading in (
        "Form Name",
        "Form Submitter Name",
        "Child or Young Person Name",
        "Child or Young Person DoB",
        "Form Received Date",
        "Form Reference Number",
        "Status",
    ):
        assert heading in words


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sort", ["password", "submission__sender__email", "-", "'; drop table", "received,id"]
)
def test_an_order_that_nobody_offers_is_the_usual_one(client: Client, sort: str):
    older, newer = a_case(now=NOON), a_case(now=NOON + timedelta(hours=1))
    come_in(client, an_officer())

    assert references(client, sort=sort) == [older.reference, newer.reference]


@pytest.mark.req("CP-062")
@pytest.mark.django_db
def test_concerns_come_oldest_first_with_the_number_nobody_has_opened(client: Client):
    newer = a_case("safeguarding", now=NOON + timedelta(hours=1))
    older = a_case("safeguarding", now=NOON)
    come_in(client, a_safeguarding_officer())

    page = client.get(reverse(LIST))

    assert [row.case for row in page.context["page"]] == [older, newer]
    assert "2 not opened" in page.content.decode()


@pytest.mark.req("SP-185", "SP-186")
@pytest.mark.django_db
def test_dates_are_whole_days_of_the_place_both_ends_included(client: Client):
    # In June the day begins an hour before midnight UTC.
    just_before = a_case(now=datetime(2026, 6, 1, 22, 59, tzinfo=UTC))
    first = a_case(now=datetime(2026, 6, 1, 23, 0, tzinfo=UTC))
    last = a_case(now=datetime(2026, 6, 3, 22, 59, tzinfo=UTC))
    just_after = a_case(now=datetime(2026, 6, 3, 23, 0, tzinfo=UTC))
    come_in(client, an_officer())
    start = {"start-day": "2", "start-month": "6", "start-year": "2026"}
    end = {"end-day": "3", "end-month": "6", "end-year": "2026"}

    assert references(client, **start, **end) == [first.reference, last.reference]
    assert references(client, **start) == [first.reference, last.reference, just_after.reference]
    assert references(client, **end) == [just_before.reference, first.reference, last.reference]


@pytest.mark.req("SP-185")
@pytest.mark.django_db
def test_forms_are_filtered_by_type_and_filters_are_taken_away_one_by_one(client: Client):
    case = a_case()
    come_in(client, an_officer())

    assert references(client, type=case.form_code) == [case.reference]
    page = client.get(reverse(LIST), {"type": case.form_code, "status": "approved", "sort": "child"})

    assert list(page.context["page"]) == []
    kind, status = page.context["tags"]
    assert kind.words == "Assessment Form"
    assert kind.href == "?status=approved&sort=child"
    assert status.href == f"?type={case.form_code}&sort=child"
    assert "No form fits these filters" in page.content.decode()


@pytest.mark.django_db
def test_an_officer_finds_the_forms_assigned_to_them_and_those_assigned_to_nobody(client: Client):
    mine, theirs, free = a_case(), a_case(), a_case()
    colleague = a_person("colleague@council.example.org", role="send-officer", team="send", surname="Bell")
    services.assign_case(mine, to=an_officer(), by=an_officer(), now=NOON)
    services.assign_case(theirs, to=colleague, by=colleague, now=NOON)
    come_in(client, an_officer())

    assert references(client, assigned="mine") == [mine.reference]
    assert references(client, assigned="nobody") == [free.reference]
    assert len(references(client, assigned="whoever")) == 3
    assert "Assigned to Colleague Bell" in client.get(reverse(LIST)).text


@pytest.mark.req("SP-185")
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"start-day": "31", "start-month": "2", "start-year": "2026"}, "start"),
        ({"end-day": "x", "end-month": "2", "end-year": "2026"}, "end"),
        ({"end-day": "1", "end-month": "", "end-year": ""}, "end"),
        ({"start-day": "1", "start-month": "1", "start-year": "99999"}, "start"),
        ({"start-day": "1", "start-month": "6", "start-year": "26"}, "start"),
        ({"end-day": "31", "end-month": "12", "end-year": "9999"}, "end"),
    ],
)
def test_a_date_that_is_none_is_told_beside_its_field_and_stays_in_it(client: Client, asked, field):
    come_in(client, an_officer())

    page = client.get(reverse(LIST), asked)

    assert page.status_code == 200
    assert set(page.context["problems"]) == {field}
    for value in asked.values():
        assert f'value="{value}"' in page.content.decode() or value == ""


@pytest.mark.django_db
def test_an_end_before_the_start_is_told(client: Client):
    come_in(client, an_officer())
    asked = {"start-day": "2", "start-month": "6", "start-year": "2026"}
    asked |= {"end-day": "1", "end-month": "6", "end-year": "2026"}

    assert set(client.get(reverse(LIST), asked).context["problems"]) == {"end"}


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["0", "-1", "9999999999", "x", "²", ""])
def test_a_page_that_is_none_gives_the_nearest_one(client: Client, page: str):
    case = a_case()
    come_in(client, an_officer())

    assert references(client, page=page) == [case.reference]


@pytest.mark.django_db
def test_an_empty_list_says_what_will_appear(client: Client):
    come_in(client, an_officer())

    assert "will appear here" in client.get(reverse(LIST)).content.decode()


@pytest.mark.req("SP-200")
@pytest.mark.django_db
def test_a_decided_form_with_a_new_answer_is_listed(client: Client):
    case = a_case_in("rejected")
    services.receive_answer(case, by=a_parent(), body="But", now=NOON)
    come_in(client, an_officer())

    assert references(client) == []
    assert references(client, status="answered") == [case.reference]
    assert "1 with a new answer" in client.get(reverse(LIST)).content.decode()


@pytest.mark.django_db
def test_the_list_is_paged_and_keeps_its_filters(client: Client):
    for hour in range(3):
        a_case(now=NOON + timedelta(hours=hour))
    authority.change_setting("cases.per_page", value=2, by=None, now=NOON)
    come_in(client, an_officer())

    assert len(references(client, sort="-child")) == 2
    assert len(references(client, sort="-child", page="2")) == 1
    seen = {*references(client, sort="-child"), *references(client, sort="-child", page="2")}
    assert len(seen) == 3
    assert "sort=-child&amp;page=2" in client.get(reverse(LIST), {"sort": "-child"}).content.decode()


@pytest.mark.django_db
def test_counting_stops_where_paging_does(client: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(lists, "MOST", 1)
    a_case()
    a_case()
    come_in(client, an_officer())

    assert "of more than 1" in client.get(reverse(LIST)).content.decode()


@pytest.mark.django_db
def test_the_list_asks_the_same_number_of_questions_however_long_it_is(client: Client):
    come_in(client, an_officer())
    a_case()
    client.get(reverse(LIST))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse(LIST))
    for hour in range(9):
        a_case(now=NOON + timedelta(hours=hour))
    client.get(reverse(LIST))
    with CaptureQueriesContext(connection) as many:
        client.get(reverse(LIST))

    assert len(few) == len(many)


@pytest.mark.req("CP-063")
@pytest.mark.django_db
def test_a_list_leaves_which_forms_were_seen_in_the_audit(client: Client):
    case = a_case()
    come_in(client, an_officer())

    client.get(reverse(LIST))

    entry = Audited.objects.get(verb="child.viewed")
    assert (entry.by_id, entry.detail["surface"], entry.detail["shown"]) == (
        an_officer().pk,
        "list",
        [case.pk],
    )


@pytest.mark.req("SP-182")
@pytest.mark.django_db
def test_only_the_officers_of_the_team_see_its_forms(client: Client):
    a_case("send")
    come_in(client, a_safeguarding_officer())
    assert references(client) == []

    for person in (a_parent(), a_professional(), an_administrator()):
        come_in(client, person)
        assert client.get(reverse(LIST)).status_code == 403


@pytest.mark.django_db
def test_an_officer_of_two_teams_sees_the_forms_of_both(client: Client):
    cases = {a_case("safeguarding").reference, a_case("early-help").reference}
    officer = a_safeguarding_officer()
    membership.give_role(officer, role="early-help-officer", team="early-help", by=None, now=NOON)
    come_in(client, officer)

    assert set(references(client)) == cases


@pytest.mark.django_db
def test_a_session_without_the_second_step_sees_no_form(client: Client):
    a_case()
    come_in(client, an_officer(), verified=False)

    assert client.get(reverse(LIST)).status_code == 403
