"""Forms that an officer or a school enters for a family (GH-042)."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from guildhall.doors.filling.documents import document_of
from guildhall.foundation.audit.models import Entry as Audited
from guildhall.foundation.files.models import StoredFile
from guildhall.foundation.outbox.models import Task
from guildhall.mail.messages.models import Message
from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.submissions.models import Draft, Submission
from guildhall.records.linkage.models import Mention
from guildhall.work.cases import services as cases
from guildhall.work.cases.models import Case
from guildhall.work.keying.models import Keyed
from tests.definitions import group, published, question, words
from tests.people.membership.schools import a_place
from tests.standing import a_parent, a_professional, an_administrator, an_officer, another_parent, come_in
from tests.work.cases.scene import LETTER

from .pages import step_url, typed

pytestmark = pytest.mark.django_db

TOLD = {
    "told_by": "Dilys Pritchard",
    "relation": "mother",
    "how": "telephone",
    "told_on-day": "20",
    "told_on-month": "5",
    "told_on-year": "2026",
    "updates": "none",
    "email": "",
}


def a_form(destination="send", **changes):
    return published(
        {
            "code": "REQUEST",
            "title": words("Request"),
            "portal": "citizen",
            "audience": "parent",
            "style": "steps",
            "destination": destination,
            "groups": [
                group(
                    "child",
                    2,
                    question("CHILD_FORENAME", mandatory=True, identity="forename"),
                    question("CHILD_SURNAME", mandatory=True, identity="surname"),
                    question("YOUR_NAME"),
                    question("LETTER", "file"),
                )
            ],
        }
        | changes
    )


@pytest.fixture
def officer(client):
    a_form()
    return come_in(client, an_officer())


def begun(client, door="council", **told):
    response = client.post(reverse(f"{door}:for-family-begin", args=["request"]), TOLD | told)
    assert response.status_code == 302, response.text
    return Draft.objects.get()


def sent(client, draft, *, file=False):
    page = client.get(step_url(draft, "child"))
    answers = typed(page, child_forename="Mali", child_surname="Pritchard")
    if file:
        letter = SimpleUploadedFile("letter.txt", b"A letter")
        client.post(step_url(draft, "child"), answers | {"upload": "LETTER", "q-letter": letter})
        StoredFile.objects.update(state=StoredFile.State.CLEAN)
    else:
        client.post(step_url(draft, "child"), answers)
    return client.post(
        reverse("filling:send", args=[draft.pk]),
        {
            "key": draft.key,
            "revision": Draft.objects.get(pk=draft.pk).revision,
            "declarations": ["first", "second"],
        },
        follow=True,
    )


def emails_to(address):
    return [task.payload for task in Task.objects.filter(kind="email") if task.payload["to"] == address]


@pytest.mark.req("GH-042")
def test_each_step_says_for_whom_it_is_filled_in_and_a_parents_own_does_not(officer, client):
    said = "You are filling this in for Dilys Pritchard (mother)"
    assert said in officer.get(step_url(begun(officer), "child")).text

    parent = come_in(client, a_parent())
    parent.post(reverse("filling:start", args=["request"]))
    own = Draft.objects.get(owner__email=a_parent().email)
    assert "You are filling this in for" not in parent.get(step_url(own, "child")).text


@pytest.mark.req("GH-042")
def test_who_told_how_and_when_stand_on_receipt_case_and_document(officer):
    receipt = sent(officer, begun(officer))

    submission = Submission.objects.get()
    assert submission.reference in receipt.text
    case = officer.get(reverse("council:case", args=[submission.reference]))
    for page in (receipt, case, officer.get(reverse("filling:submission", args=[submission.pk]))):
        for said in ("Dilys Pritchard, mother", "By telephone", "20 May 2026", "nobody", str(an_officer())):
            assert said in page.text
    document = document_of(submission, forms.definition_of(submission.version_id), seal="x")
    assert ("Told by", "Dilys Pritchard, mother") in document.front
    assert officer.get(reverse("filling:pdf", args=[submission.pk])).status_code == 200
    assert Case.objects.get().submitter_name == "Dilys Pritchard"
    assert Mention.objects.get().state == "waiting"  # matched as any other
    assert set(Audited.objects.values_list("verb", flat=True)) >= {"keying.begun", "keying.sent", "form.sent"}


@pytest.mark.req("GH-042")
def test_a_person_without_an_account_is_written_to_in_the_language_they_read(officer):
    page = officer.get(reverse("council:for-family-begin", args=["request"])).text
    assert re.search(r'name="language"[^>]*value="en"[^>]*checked', page)  # as the page, unless they say

    asked = {"updates": "email", "email": "dilys@home.example", "language": "cy"}
    receipt = sent(officer, begun(officer, **asked))

    [letter] = emails_to("dilys@home.example")
    assert letter["language"] == "cy" and Keyed.objects.get().language == "cy"
    assert "Language of updates" in receipt.text and "Welsh" in receipt.text


@pytest.mark.req("GH-042")
def test_the_same_checks_stand_between_the_form_and_its_sending(officer):
    draft = begun(officer)
    assert draft.answers == {}  # nothing of the officer's own

    url = reverse("filling:send", args=[draft.pk])
    empty = officer.post(url, {"key": draft.key, "revision": 0, "declarations": ["first", "second"]})
    assert empty.status_code == 422 and not Submission.objects.exists()
    page = officer.get(step_url(draft, "child"))
    officer.post(step_url(draft, "child"), typed(page, child_forename="M", child_surname="P"))
    unagreed = officer.post(url, {"key": draft.key, "revision": 1, "declarations": ["first"]})
    assert unagreed.status_code == 422 and not Submission.objects.exists()
    summary = officer.get(reverse("filling:summary", args=[draft.pk])).text
    assert "Read each declaration to the person" in summary


@pytest.mark.req("GH-042")
def test_a_person_with_an_account_has_the_form_and_its_messages(officer, client):
    dilys = a_parent()
    receipt = sent(officer, begun(officer, updates="account", email=dilys.email.upper()), file=True)
    submission = Submission.objects.get()
    assert submission.sender == dilys and "account" in receipt.text
    cases.open_first(Case.objects.get(), by=an_officer(), now=timezone.now())

    come_in(client, dilys)

    assert submission.reference in client.get(reverse("filling:submitted")).text
    page = client.get(reverse("filling:submission", args=[submission.pk])).text
    assert "Entered by" in page and "letter.txt" in page
    letter = client.get(reverse("filling:file", args=[StoredFile.objects.get().pk]))
    assert b"".join(letter.streaming_content) == b"A letter"
    assert Message.objects.filter(to=dilys).count() == 1 and not Message.objects.exclude(to=dilys).exists()


@pytest.mark.req("GH-042")
def test_a_person_without_an_account_hears_by_email_that_names_nobody(officer):
    sent(officer, begun(officer, updates="email", email="new@example.org"))
    [received] = emails_to("new@example.org")
    case = cases.open_first(Case.objects.get(), by=an_officer(), now=timezone.now())
    cases.write_message(case, LETTER, by=an_officer(), now=timezone.now())

    bodies = [email["body"] for email in emails_to("new@example.org")]

    assert sorted(bodies) == ["text-blocks.Email_KeyedNews", "text-blocks.Email_KeyedReceived"]
    assert not re.search("Mali|Pritchard|Request", str(received["values"]))
    assert Submission.objects.get().sender == an_officer()


@pytest.mark.req("GH-042")
def test_nobody_is_told_where_nobody_asked_for_updates(officer):
    a_parent()
    sent(officer, begun(officer, updates="none", email="dilys@example.org"))
    assert Keyed.objects.get().email == "" and not emails_to("dilys@example.org")
    assert Submission.objects.get().sender == an_officer()


@pytest.mark.req("GH-042")
def test_a_school_enters_a_form_and_does_not_learn_who_has_an_account(client):
    a_form()
    dilys = a_parent()
    place = a_place("elen@ysgol.example.org")
    come_in(client, place.user)
    page = client.get(reverse("schools:for-family-begin", args=["request"])).text
    assert 'value="email"' in page and 'value="account"' not in page

    receipt = sent(client, begun(client, "schools", updates="email", email=dilys.email))

    submission = Submission.objects.get()
    assert submission.sender == dilys
    document = document_of(submission, forms.definition_of(submission.version_id), seal="x")
    for said in (receipt.text, str(document.front)):
        assert place.school.name in said and "the person, by email" in said
        assert dilys.email not in said
    assert Keyed.objects.get().school == place.school


def test_sending_twice_gives_the_same_receipt(officer):
    a_parent()
    draft = begun(officer, updates="email", email="dilys@example.org")
    first = sent(officer, draft)
    again = officer.post(
        reverse("filling:send", args=[draft.pk]), {"key": draft.key, "revision": 9}, follow=True
    )
    assert Submission.objects.get().reference in again.text and first.status_code == again.status_code == 200
    assert Keyed.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value", "words_"),
    [
        ("told_by", " ", "Enter the name of the person"),
        ("told_by", "x" * 121, "120 characters or fewer"),
        ("relation", "", "Enter who they are"),
        ("how", "pigeon", "Choose how they told you"),
        ("told_on-year", "2999", "which cannot be in the future"),
        ("told_on-day", "x", "which cannot be in the future"),
        ("updates", "", "Choose who gets the updates"),
        ("updates", "email", "Enter an email address"),
    ],
)
def test_what_is_missing_is_named_and_nothing_typed_is_lost(officer, field, value, words_):
    response = officer.post(reverse("council:for-family-begin", args=["request"]), TOLD | {field: value})
    assert response.status_code == 422 and words_ in response.text
    assert 'value="mother"' in response.text or field == "relation"
    assert not Draft.objects.exists() and not Keyed.objects.exists()


def test_an_account_that_there_is_not_or_of_a_professional_is_refused(officer):
    a_professional()
    url = reverse("council:for-family-begin", args=["request"])
    for email in ("nobody@example.org", "teacher@school.example.org"):
        response = officer.post(url, TOLD | {"updates": "account", "email": email})
        assert response.status_code == 422 and "No family account has this email address" in response.text


@pytest.mark.parametrize("who", [a_parent, an_administrator])
def test_nobody_else_enters_forms_for_families(client, who):
    a_form()
    come_in(client, who())
    for door in ("council", "schools"):
        assert client.get(reverse(f"{door}:for-family")).status_code in {403, 404}
        assert client.post(reverse(f"{door}:for-family-begin", args=["request"]), TOLD).status_code in {
            403,
            404,
        }
    assert not Keyed.objects.exists()


def test_a_form_of_another_team_is_not_offered(client):
    a_form("free-school-meals")
    come_in(client, an_officer())
    assert client.get(reverse("council:for-family-begin", args=["request"])).status_code == 404


def test_another_parent_does_not_open_what_was_entered(officer, client):
    sent(officer, begun(officer))
    come_in(client, another_parent())
    assert client.get(reverse("filling:submission", args=[Submission.objects.get().pk])).status_code == 404
