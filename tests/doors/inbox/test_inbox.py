"""Messages as the person they were sent to meets them, and the answers they write."""

from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from guildhall.foundation.audit.models import Entry as Audited
from guildhall.foundation.authority import services as authority
from guildhall.foundation.files.models import StoredFile
from guildhall.mail.messages import services as messages
from guildhall.mail.messages.models import Message
from guildhall.paperwork.forms.queries import definition_of
from guildhall.people.accounts.models import User
from guildhall.work.cases import queries
from guildhall.work.cases import services as cases
from guildhall.work.cases.models import Case
from tests.standing import NOON, a_parent, a_professional, an_officer, another_parent, come_in
from tests.work.cases.scene import LATER, LETTER, a_case_in, an_open_case

LIST = "inbox:list"


def a_message(to: User | None = None, **more: Any) -> Message:
    said = {"subject": "About your form", "body": "Dear **Dilys**", "key": f"k{Message.objects.count()}"}
    return messages.send(to or a_parent(), now=NOON, **(said | more))


def conversation(case: Case) -> str:
    return reverse("inbox:conversation", args=[case.reference])


@pytest.mark.req("SP-108")
@pytest.mark.django_db
def test_messages_are_listed_opened_and_listed_again(client: Client):
    message = a_message()
    come_in(client, a_parent())

    page = client.get(reverse(LIST)).content.decode()
    assert reverse("inbox:message", args=[message.pk]) in page
    assert "1 not read" in page

    opened = client.get(reverse("inbox:message", args=[message.pk])).content.decode()
    assert "Dear <strong>Dilys</strong>" in opened
    assert "View all messages" in opened
    assert "not read" not in client.get(reverse(LIST)).content.decode()


@pytest.mark.req("SP-108", "SP-191")
@pytest.mark.django_db
def test_a_line_that_the_writer_began_begins_on_the_page_too(client: Client):
    message = a_message(body="Dear Dilys,\nThank you.\n\nSEND team\nCarreg Valley Council")
    come_in(client, a_parent())

    opened = client.get(reverse("inbox:message", args=[message.pk])).content.decode()

    assert "Dear Dilys,<br>\nThank you.</p>" in opened
    assert "SEND team<br>\nCarreg Valley Council" in opened


@pytest.mark.req("SP-106", "SP-109")
@pytest.mark.django_db
@pytest.mark.parametrize("sender", [a_parent, a_professional])
def test_families_and_professionals_read_the_decision_in_their_account(client: Client, sender: Any):
    case = an_open_case(sender=sender())
    cases.approve(case, LETTER, by=an_officer(), now=NOON)
    come_in(client, sender())

    page = client.get(reverse("inbox:message", args=[Message.objects.get().pk])).content.decode()

    assert LETTER.body in page
    assert "SEND team" in page
    assert str(an_officer()) not in page


@pytest.mark.req("SP-107", "SP-113")
@pytest.mark.django_db
def test_a_private_message_needs_the_second_step_and_its_subject_is_hidden_until_then(client: Client):
    private, plain = a_message(subject="Private words"), a_message(subject="Plain words", sensitive=False)
    come_in(client, a_parent(), verified=False)

    page = client.get(reverse(LIST)).content.decode()
    assert "Plain words" in page
    assert "Private words" not in page
    refused = client.get(reverse("inbox:message", args=[private.pk]))
    assert refused.status_code == 403
    assert "Private words" not in refused.content.decode()
    assert Message.objects.get(pk=private.pk).read_at is None
    assert client.get(reverse("inbox:message", args=[plain.pk])).status_code == 200


@pytest.mark.req("SP-107")
@pytest.mark.django_db
def test_somebody_not_signed_in_is_asked_to_sign_in(client: Client):
    message = a_message()

    answer = client.get(reverse("inbox:message", args=[message.pk]))

    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account:sign-in"))


@pytest.mark.req("CP-063")
@pytest.mark.django_db
def test_the_messages_and_forms_of_others_are_not_there(client: Client):
    case = a_case_in("rejected")
    message = Message.objects.get()
    for stranger in (another_parent(), an_officer()):
        come_in(client, stranger)
        assert client.get(reverse("inbox:message", args=[message.pk])).status_code == 404
        assert client.get(conversation(case)).status_code == 404
        assert client.post(conversation(case), {"body": "Let me in"}).status_code == 404
    assert Message.objects.count() == 1


@pytest.mark.django_db
def test_reading_is_recorded_and_a_head_request_or_a_second_reading_adds_no_first(client: Client):
    message = a_message()
    come_in(client, a_parent())

    client.get(reverse("inbox:message", args=[message.pk]))
    client.get(reverse("inbox:message", args=[message.pk]))

    assert Audited.objects.filter(verb="messages.read").count() == 1
    assert Audited.objects.filter(verb="child.viewed", detail__surface="message").count() == 2


@pytest.mark.req("SP-199", "GH-009")
@pytest.mark.django_db
def test_a_request_is_answered_in_place_with_words_and_files(client: Client):
    case = a_case_in("more-information")
    come_in(client, a_parent())
    page = client.get(conversation(case))
    assert "the team that has your form gets it at once" in page.content.decode()
    letter = SimpleUploadedFile("letter.txt", b"From the doctor", content_type="text/plain")

    answer = {"body": "Here is more", "files": [letter], "key": str(page.context["key"])}
    after = client.post(conversation(case), answer, follow=True).content.decode()

    assert "Your answer has been sent." in after
    assert after.index(LETTER.body) < after.index("Here is more")
    assert "letter.txt" in after
    assert Case.objects.get().status == "not-opened"


@pytest.mark.django_db
def test_sending_the_same_page_twice_keeps_one_answer(client: Client):
    case = a_case_in("more-information")
    come_in(client, a_parent())
    answer = {"body": "Once", "key": "7e2c"}

    client.post(conversation(case), answer)
    client.post(conversation(case), answer)

    assert Message.objects.filter(to=None).count() == 1


@pytest.mark.django_db
def test_an_answer_without_words_or_with_a_refused_file_loses_nothing_typed(client: Client):
    case = a_case_in("more-information")
    come_in(client, a_parent())

    empty = client.post(conversation(case), {"body": "  "})
    assert empty.status_code == 422
    assert "body" in empty.context["problems"]
    program = SimpleUploadedFile("virus.exe", b"MZ\x00")
    refused = client.post(conversation(case), {"body": "My long words", "files": [program]})
    assert refused.status_code == 422
    assert "files" in refused.context["problems"]
    assert "My long words" in refused.content.decode()
    assert not StoredFile.objects.exists()


@pytest.mark.req("SP-200")
@pytest.mark.django_db
@pytest.mark.parametrize("may_answer", [True, False])
def test_a_rejection_has_a_box_to_answer_in_unless_the_officer_switched_it_off(client, may_answer: bool):
    case = cases.reject(an_open_case(), replace(LETTER, may_answer=may_answer), by=an_officer(), now=NOON)
    come_in(client, a_parent())

    assert ('name="body"' in client.get(conversation(case)).content.decode()) is may_answer
    answered = client.post(conversation(case), {"body": "But"})

    assert answered.status_code == (302 if may_answer else 422)
    assert Message.objects.filter(to=None).exists() is may_answer


@pytest.mark.req("SP-199")
@pytest.mark.django_db
def test_a_reopened_form_is_reached_from_the_conversation(client: Client):
    case = cases.request_information(an_open_case(), LETTER, by=an_officer(), reopen=True, now=NOON)
    come_in(client, a_parent())

    page = client.get(conversation(case))

    assert "Change the form" in page.content.decode()
    assert page.context["change"].startswith("/forms/")


@pytest.mark.req("GH-009")
@pytest.mark.django_db
def test_every_page_of_a_reopened_form_tells_what_was_asked(client: Client):
    case = cases.request_information(an_open_case(), LETTER, by=an_officer(), reopen=True, now=NOON)
    draft = queries.open_correction(case)
    come_in(client, a_parent())
    step = definition_of(draft.version_id).groups[0].key

    for page in (
        reverse("filling:summary", args=[draft.pk]),
        reverse("filling:step", args=[draft.pk, step]),
    ):
        shown = client.get(page).text
        assert "What the council asked you for" in shown
        assert LETTER.body.split(".")[0] in shown


@pytest.mark.django_db
def test_hostile_words_in_an_answer_are_shown_as_words(client: Client):
    case = a_case_in("more-information")
    cases.receive_answer(case, by=a_parent(), body="<script>alert(1)</script>", now=LATER)
    come_in(client, a_parent())

    assert "<script>alert" not in client.get(conversation(case)).content.decode()


@pytest.mark.django_db
def test_the_list_is_paged_and_asks_the_same_number_of_questions(client: Client):
    authority.change_setting("messages.per_page", value=2, by=None, now=NOON)
    for _ in range(2):
        a_message()
    come_in(client, a_parent())
    client.get(reverse(LIST))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse(LIST))
    for _ in range(5):
        a_message()
    client.get(reverse(LIST))
    with CaptureQueriesContext(connection) as many:
        page = client.get(reverse(LIST))

    assert len(page.context["page"]) == 2
    assert len(few) == len(many)


@pytest.mark.django_db
def test_an_empty_inbox_says_what_will_appear(client: Client):
    come_in(client, a_parent())

    assert "You have no messages" in client.get(reverse(LIST)).content.decode()
