"""Form Details: what an officer reads about a form, and what may be done from there."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from guildhall.foundation.audit.models import Entry as Audited
from guildhall.foundation.files.models import StoredFile
from guildhall.work.cases import services
from guildhall.work.cases.models import Case
from tests.standing import NOON, a_parent, a_safeguarding_officer, an_officer, come_in
from tests.work.cases.scene import (
    LATER,
    LETTER,
    a_case,
    a_case_in,
    a_correction_of,
    an_open_case,
    settle,
)


def words(client: Client, case: Case) -> str:
    page = client.get(reverse("council:case", args=[case.reference]))
    assert page.status_code == 200
    return page.content.decode()


@pytest.mark.req("SP-187", "SP-188", "CP-063")
@pytest.mark.django_db
def test_opening_a_form_shows_it_makes_it_opened_and_is_recorded(client: Client):
    case = a_case()
    come_in(client, an_officer())

    page = words(client, case)

    for expected in (
        "Form Details",
        case.child_name,
        "4 March 2015",
        case.reference,
        "Opened",
        "Special Educational Needs &amp; Disabilities – Assessment Form",
        "Why do you write?",
        "She needs help",
        str(a_parent()),
    ):
        assert expected in page
    case.refresh_from_db()
    assert case.status == "opened"
    entry = Audited.objects.get(verb="child.viewed")
    assert (entry.by_id, entry.child_id) == (an_officer().pk, case.mention.child_id)


@pytest.mark.req("SP-189")
@pytest.mark.django_db
def test_only_an_undecided_form_is_said_to_be_decided_about_after_matching(client: Client):
    case = a_case_in("approved")
    come_in(client, an_officer())
    settle(case.mention, "waiting")
    assert "This form is decided, but its child is not matched" in words(client, case)
    settle(case.mention, "rejected")
    assert "so the form cannot be approved" not in words(client, case)

    assert "You can then decide about the form" in words(client, an_open_case(matched="waiting"))


@pytest.mark.req("SP-188", "SP-190")
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("matched", "offered"),
    [
        ("waiting", set()),
        ("conflicts", set()),
        ("linked", {"approve", "reject", "request-information"}),
        ("added", {"approve", "reject", "request-information"}),
        ("rejected", {"reject", "request-information", "resubmit"}),
    ],
)
def test_the_page_offers_what_matching_allows(client: Client, matched: str, offered: set[str]):
    case = an_open_case(matched=matched)
    come_in(client, an_officer())

    page = words(client, case)

    verbs = {"approve", "reject", "request-information", "resubmit"}
    assert {verb for verb in verbs if f"/decide/{verb}/" in page} == offered
    assert (reverse("council:mention", args=[case.mention_id]) in page) is True


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["case", "pass-on", "file", "decide", "assign", "take-up"])
def test_a_form_of_another_team_is_not_there(client: Client, name: str):
    case = a_case_in("approved")
    more = {"file": ["0c2ab1ba-7f54-4fd6-8e0c-d5f0f3f0f3f0"], "decide": ["approve"]}.get(name, [])
    address = reverse(f"council:{name}", args=[case.reference, *more])
    come_in(client, a_safeguarding_officer())

    answer = client.post(address) if name in {"assign", "take-up"} else client.get(address)

    assert answer.status_code == 404


@pytest.mark.req("GH-009", "CP-056", "SP-199")
@pytest.mark.django_db
def test_after_an_answer_and_a_correction_the_officer_sees_conversation_difference_and_history(
    client: Client,
):
    case = services.request_information(
        an_open_case(), LETTER, by=an_officer(), reason="Insufficient Detail", reopen=True, now=NOON
    )
    services.receive_answer(case, by=a_parent(), body="I changed the reason.", now=LATER)
    services.receive_correction(case, submission=a_correction_of(case, WHY="He needs help"), now=LATER)
    come_in(client, an_officer())

    page = words(client, case)

    assert "I changed the reason." in page
    assert '<del class="gh-was">She needs help</del>' in page
    assert '<ins class="gh-now">He needs help</ins>' in page
    assert "More information requested: Insufficient Detail" in page
    assert "The sender changed the form and sent it again" in page


@pytest.mark.req("SP-203")
@pytest.mark.django_db
@pytest.mark.parametrize(("state", "status"), [("clean", 200), ("quarantined", 409), ("infected", 404)])
def test_a_file_is_downloaded_only_when_it_is_clean(client: Client, state: str, status: int):
    case = services.request_information(an_open_case(), LETTER, by=an_officer(), now=NOON)
    letter = SimpleUploadedFile("letter.txt", b"From the doctor", content_type="text/plain")
    services.receive_answer(case, by=a_parent(), body="Here it is", uploads=[letter], now=LATER)
    StoredFile.objects.update(state=state)
    stored = StoredFile.objects.get()
    come_in(client, an_officer())

    answer = client.get(reverse("council:file", args=[case.reference, stored.pk]))

    assert answer.status_code == status
    assert ("Download File" in words(client, case)) is (status == 200)
    if status == 200:
        assert answer["Content-Disposition"].startswith("attachment")
        assert b"".join(answer.streaming_content) == b"From the doctor"
    assert Audited.objects.filter(verb="child.viewed", detail__surface="file").count() == 1


@pytest.mark.req("SP-203")
@pytest.mark.django_db
def test_a_file_of_another_form_is_not_there(client: Client):
    other = services.request_information(an_open_case(), LETTER, by=an_officer(), now=NOON)
    letter = SimpleUploadedFile("letter.txt", b"From the doctor", content_type="text/plain")
    services.receive_answer(other, by=a_parent(), body="Here it is", uploads=[letter], now=LATER)
    come_in(client, an_officer())

    address = reverse("council:file", args=[a_case().reference, StoredFile.objects.get().pk])

    assert client.get(address).status_code == 404


@pytest.mark.django_db
def test_hostile_words_are_shown_as_words(client: Client):
    hostile = "<script>alert(1)</script>"
    case = an_open_case(answers={"NAME": hostile, "WHY": "{{ 7|add:7 }} {name}"})
    services.request_information(case, LETTER, by=an_officer(), now=NOON)
    services.receive_answer(case, by=a_parent(), body=f"{hostile} [x](javascript:alert(1))", now=LATER)
    come_in(client, an_officer())

    page = words(client, case)

    assert "<script>alert(1)" not in page
    assert 'href="javascript' not in page
    assert "{{ 7|add:7 }} {name}" in page


@pytest.mark.django_db
def test_a_form_is_taken_on_and_handed_back(client: Client):
    case = an_open_case()
    come_in(client, an_officer())

    client.post(reverse("council:assign", args=[case.reference]), {"to": "me"})
    assert Case.objects.get().owner == an_officer()
    assert f"Assigned to {an_officer()}" in words(client, case)

    client.post(reverse("council:assign", args=[case.reference]), {"to": "nobody"})
    assert Case.objects.get().owner is None


@pytest.mark.req("CP-064")
@pytest.mark.django_db
def test_a_concern_goes_to_early_help_with_a_note_and_leaves_the_list(client: Client):
    case = an_open_case("safeguarding")
    come_in(client, a_safeguarding_officer())
    address = reverse("council:pass-on", args=[case.reference])

    without = client.post(address, {"team": "early-help", "note": "", "seen": case.version})
    assert without.status_code == 422
    assert "note" in without.context["problems"]

    client.post(address, {"team": "early-help", "note": "No concern", "seen": case.version})

    assert Case.objects.get().team == "early-help"
    assert client.get(reverse("council:case", args=[case.reference])).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_page_speaks_both_languages(client: Client, language: str):
    case = an_open_case()
    officer = an_officer()
    officer.language = language
    officer.save()
    come_in(client, officer)
    client.cookies["language"] = language

    page = words(client, case)

    assert ("Manylion y Ffurflen" in page) is (language == "cy")
    assert ("Ffurflen Asesu" in page) is (language == "cy")


@pytest.mark.django_db
def test_the_page_asks_no_more_questions_for_a_longer_history(client: Client):
    come_in(client, an_officer())
    case = an_open_case()
    words(client, case)
    with CaptureQueriesContext(connection) as few:
        words(client, case)
    for _ in range(5):
        services.write_message(case, LETTER, by=an_officer(), now=NOON)
    words(client, case)
    with CaptureQueriesContext(connection) as many:
        words(client, case)

    assert len(few) == len(many)


@pytest.mark.django_db
def test_a_long_form_can_be_read_without_the_questions_nobody_answered(client: Client):
    case = an_open_case(answers={"NAME": "Pugh"})
    come_in(client, an_officer())
    address = reverse("council:case", args=[case.reference])

    every = client.get(address).text
    only = client.get(address, {"show": "answered"}).text

    assert "gh-only-answered" not in every
    assert 'href="?show=answered#answers">Show only what was answered' in every
    assert 'class="gh-answers gh-only-answered"' in only
    assert 'href="?#answers">Show every question' in only
    # It stays in the page, so that a print of it has everything.
    assert (
        'govuk-summary-list__row gh-unanswered"><dt class="govuk-summary-list__key">Why do you write?' in only
    )
    assert '<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">Surname' in only


@pytest.mark.req("SP-188")
@pytest.mark.django_db
def test_the_decisions_are_at_the_end_of_the_form_as_well(client: Client):
    case = an_open_case()
    come_in(client, an_officer())

    page = client.get(reverse("council:case", args=[case.reference])).text

    decide = reverse("council:decide", args=[case.reference, "approve"])
    assert page.count(f'href="{decide}"') == 2
    assert page.index('id="history"') < page.rindex(f'href="{decide}"')
