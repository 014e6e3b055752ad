"""Process and Send Message: the words, what they do, and what happens when two officers decide at once."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from guildhall.foundation.texts.queries import say
from guildhall.mail.messages import queries as messages
from guildhall.mail.messages.models import Message
from guildhall.records.chronology.models import Entry
from guildhall.work.cases import queries, services
from guildhall.work.cases.models import Case
from guildhall.work.sharing import queries as shared
from tests.standing import (
    NOON,
    a_parent,
    a_person,
    a_safeguarding_officer,
    an_officer,
    another_parent,
    come_in,
)
from tests.work.cases.scene import LETTER, a_case, a_case_in, an_open_case
from tests.work.sharing.scene import not_authenticated, on_involvement

MORE = {"request-information": {"reason": "Insufficient Detail"}}


def address(case: Case, verb: str) -> str:
    return reverse("council:decide", args=[case.reference, verb])


def send(client: Client, case: Case, verb: str, **changes: Any) -> Any:
    typed = {
        "subject": LETTER.subject,
        "body": LETTER.body,
        "seen": case.version,
        "do": "send",
        "may_answer": "yes",
        **MORE.get(verb, {}),
        **changes,
    }
    return client.post(address(case, verb), typed, follow=True)


@pytest.mark.req("SP-191")
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("verb", "matched", "button"),
    [
        ("approve", "added", "Approve and Send Message"),
        ("reject", "added", "Reject and Send Message"),
        ("request-information", "added", "Request More Information and Send Message"),
        ("resubmit", "rejected", "Resubmit and Send Message"),
    ],
)
def test_every_decision_opens_with_a_default_message_that_may_be_changed_and_goes_as_it_is(
    client, verb, matched, button
):
    case = an_open_case(matched=matched)
    come_in(client, an_officer())

    page = client.get(address(case, verb))

    words = page.content.decode()
    assert "Process and Send Message" in words
    assert button in words
    assert page.context["letter"].subject
    letter = page.context["letter"]
    assert str(a_parent()) in letter.body
    assert Case.objects.get().status == "opened"

    send(client, case, verb, subject=letter.subject, body=letter.body)
    assert Message.objects.get(subject=letter.subject)


@pytest.mark.req("SP-198")
@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_default_message_offers_no_answer_when_answers_are_switched_off(client: Client, language: str):
    case = an_open_case(sender=a_person("nia@example.org", role="parent", language=language))
    come_in(client, an_officer())
    letter = client.get(address(case, "reject")).context["letter"]
    offer = {"en": "you can answer this message", "cy": "gallwch ateb y neges hon"}[language]
    assert offer in letter.body

    send(client, case, "reject", body=f"{letter.body}\nGood luck.", may_answer="")

    sent = Message.objects.get().body
    assert offer not in sent
    assert {"en": "how to reach us", "cy": "sut i gysylltu â ni"}[language] in sent
    assert "Good luck." in sent


@pytest.mark.django_db
def test_the_default_message_is_in_the_language_of_its_reader(client: Client):
    parent = a_person("nia@example.org", role="parent", language="cy")
    case = an_open_case(sender=parent)
    come_in(client, an_officer())

    page = client.get(address(case, "approve"))

    assert page.context["letter"].body.startswith("Annwyl")
    assert "1 Mehefin 2026" in page.context["letter"].body
    assert "Their messages are in Welsh." in page.content.decode()


@pytest.mark.req("SP-192", "SP-193", "SP-076")
@pytest.mark.django_db
@pytest.mark.parametrize("share", ["yes", "no"])
def test_approving_asks_about_sharing_and_confirms_in_the_exact_words(client: Client, share: str):
    case = an_open_case()
    come_in(client, an_officer())

    asks = send(client, case, "approve")
    assert Case.objects.get().status == "approved"
    words = asks.content.decode()
    assert "Would you like to share this form with other authenticated portal users?" in words

    done = client.post(asks.redirect_chain[-1][0], {"share": share}, follow=True).content.decode()

    assert "Form Approved. The applicant has been notified." in done
    assert "Form Name. Special Educational Needs &amp; Disabilities – Assessment Form." in done
    assert f"Form Reference. {case.reference}." in done
    assert case.events.get(verb="sharing").detail == {"share": share == "yes"}
    entry = Entry.objects.get(source_id=str(case.submission_id))
    assert (reverse("council:share-form", args=[entry.pk]) in done) == (share == "yes")


@pytest.mark.req("SP-192")
@pytest.mark.django_db
def test_the_sharing_question_needs_an_answer(client: Client):
    come_in(client, an_officer())
    asks = send(client, an_open_case(), "approve")

    again = client.post(asks.redirect_chain[-1][0], {})

    assert again.status_code == 422
    assert "share" in again.context["problems"]


@pytest.mark.req("SP-192")
@pytest.mark.django_db
@pytest.mark.parametrize("share", ["yes", "no"])
def test_yes_shares_with_those_authenticated_on_the_involvement_and_no_with_nobody(client, share):
    case = an_open_case()
    come_in(client, an_officer())
    asked = send(client, case, "approve").redirect_chain[-1][0]
    entry = Entry.objects.select_related("mention__child").get(source_id=str(case.submission_id))
    mother = on_involvement(entry, a_parent())
    not_authenticated(on_involvement(entry, another_parent()))

    page = client.get(asked)
    named = page.text.partition("these people on the child")[2].partition("</ul>")[0]
    assert str(mother.user) in named and str(another_parent()) not in named
    answer = {"share": share, "seen": page.context["preview"].digest}
    for _press in range(2):
        assert "Form Approved." in client.post(asked, answer, follow=True).text

    assert shared.shared_with(mother.user).count() == (share == "yes")
    assert not shared.shared_with(another_parent()).exists()


@pytest.mark.req("SP-192")
@pytest.mark.django_db
def test_nothing_is_shared_with_somebody_whom_the_page_did_not_name(client: Client):
    case = an_open_case()
    come_in(client, an_officer())
    asked = send(client, case, "approve").redirect_chain[-1][0]
    mother = on_involvement(
        Entry.objects.select_related("mention__child").get(source_id=str(case.submission_id)), a_parent()
    )

    again = client.post(asked, {"share": "yes"})

    assert again.status_code == 422 and str(mother.user) in again.text
    assert not shared.shared_with(mother.user).exists()
    assert not case.events.filter(verb="sharing").exists()


@pytest.mark.req("SP-194")
@pytest.mark.django_db
def test_rejecting_confirms_in_the_exact_words(client: Client):
    case = an_open_case()
    come_in(client, an_officer())

    done = send(client, case, "reject").content.decode()

    assert "Form rejected. The Form Submitter has been notified." in done
    assert "Form Name. Special Educational Needs &amp; Disabilities – Assessment Form." in done
    assert f"Form Reference. {case.reference}." in done
    assert "no further action" in say("text-blocks.Message_Reject", "en")


@pytest.mark.req("SP-195", "SP-202")
@pytest.mark.django_db
@pytest.mark.parametrize(("verb", "matched"), [("request-information", "added"), ("resubmit", "rejected")])
def test_requests_and_resubmissions_confirm_in_the_exact_words(client: Client, verb: str, matched: str):
    case = an_open_case(matched=matched)
    come_in(client, an_officer())

    done = send(client, case, verb)

    assert done.context["first"] == "The Form Submitter has been notified."
    assert (
        "Form Name. Special Educational Needs &amp; Disabilities – Assessment Form." in done.content.decode()
    )
    assert f"Form Reference. {case.reference}." in done.content.decode()


@pytest.mark.django_db
def test_a_concern_is_approved_without_asking_and_without_the_prefix_of_send(client: Client):
    case = an_open_case("safeguarding")
    come_in(client, a_safeguarding_officer())

    done = send(client, case, "approve").content.decode()

    assert "Form Approved. The applicant has been notified." in done
    assert "Form Name. Safeguarding Concern." in done


@pytest.mark.req("SP-191")
@pytest.mark.django_db
def test_a_preview_shows_the_message_formatted_and_decides_nothing(client: Client):
    case = an_open_case()
    come_in(client, an_officer())

    page = send(client, case, "reject", do="preview", body="We are **sorry**.").content.decode()

    assert "<strong>sorry</strong>" in page
    assert Case.objects.get().status == "opened"
    assert not Message.objects.exists()


@pytest.mark.django_db
def test_all_that_is_missing_is_told_at_once(client):
    case = an_open_case()
    come_in(client, an_officer())

    page = send(client, case, "request-information", reason="", subject="", body=" ")

    assert list(page.context["problems"]) == ["reason", "subject", "body"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("verb", "changes", "field"),
    [
        ("reject", {"subject": ""}, "subject"),
        ("reject", {"body": " "}, "body"),
        ("reject", {"body": "x" * 20_001}, "body"),
        ("request-information", {"reason": ""}, "reason"),
        ("request-information", {"reason": "Because"}, "reason"),
    ],
)
def test_what_is_missing_is_told_beside_its_field_and_nothing_typed_is_lost(client, verb, changes, field):
    case = an_open_case()
    come_in(client, an_officer())

    page = send(client, case, verb, **changes)

    assert page.status_code == 422
    assert field in page.context["problems"]
    assert page.context["letter"].subject == changes.get("subject", LETTER.subject)
    assert page.context["letter"].body == changes.get("body", LETTER.body)
    assert Case.objects.get().status == "opened"


@pytest.mark.req("SP-199", "CP-049", "CP-052")
@pytest.mark.django_db
def test_a_request_names_a_reason_and_may_open_the_form_for_changes(client: Client):
    case = an_open_case()
    come_in(client, an_officer())

    send(client, case, "request-information", reopen="yes")

    [returned] = queries.returned_to(a_parent())
    assert returned.reason == "Insufficient Detail"
    assert returned.draft is not None


@pytest.mark.req("SP-200")
@pytest.mark.django_db
def test_the_officer_can_switch_off_the_answer_to_a_rejection(client: Client):
    case = an_open_case()
    come_in(client, an_officer())

    send(client, case, "reject", may_answer="")

    assert messages.messages_of(a_parent()).get().may_answer is False


@pytest.mark.req("SP-198")
@pytest.mark.django_db
@pytest.mark.parametrize("verb", ["reject", "request-information"])
def test_the_officer_is_reminded_to_say_how_to_respond(client: Client, verb: str):
    case = an_open_case()
    come_in(client, an_officer())

    assert "how they can respond" in client.get(address(case, verb)).text
    assert "how they can respond" not in client.get(address(case, "approve")).text.split("Message")[0]


@pytest.mark.req("SP-198")
@pytest.mark.django_db
def test_the_sender_cannot_respond_to_a_rejection_whose_answers_are_switched_off(client: Client):
    case = an_open_case()
    come_in(client, an_officer())
    send(client, case, "reject", may_answer="")

    come_in(client, a_parent())

    conversation = reverse("inbox:conversation", args=[case.reference])
    assert 'name="body"' not in client.get(conversation).text
    assert client.post(conversation, {"body": "But"}).status_code == 422


@pytest.mark.django_db
def test_the_second_officer_to_decide_sees_what_happened_and_keeps_their_words(client: Client):
    case = an_open_case()
    other = a_person("second@council.example.org", role="send-officer", team="send")
    services.reject(case, LETTER, by=other, now=NOON)
    come_in(client, an_officer())

    page = send(client, case, "approve", body="My own careful words")

    assert page.status_code == 409
    words = page.content.decode()
    assert "Something happened to this form after you opened this page" in words
    assert f"({other})" in words
    assert "My own careful words" in words
    assert Case.objects.get().status == "rejected"
    assert Message.objects.count() == 1


@pytest.mark.django_db
def test_after_something_small_happened_the_officer_may_press_again(client: Client):
    case = an_open_case()
    services.assign_case(case, to=an_officer(), by=an_officer(), now=NOON)
    come_in(client, an_officer())

    page = send(client, case, "reject")
    assert page.status_code == 409
    send(client, case, "reject", seen=page.context["seen"])

    assert Case.objects.get().status == "rejected"


@pytest.mark.django_db
def test_pressing_the_button_twice_decides_once_and_confirms_twice(client: Client):
    case = an_open_case()
    come_in(client, an_officer())

    first, second = send(client, case, "reject"), send(client, case, "reject")

    assert first.context["first"] == second.context["first"]
    assert Message.objects.count() == 1


@pytest.mark.req("SP-195", "SP-204")
@pytest.mark.django_db
def test_other_words_from_a_second_window_are_not_said_to_be_sent(client: Client):
    case = an_open_case()
    come_in(client, an_officer())
    send(client, case, "request-information")

    second = send(client, case, "request-information", body="Please send the hearing test too.")

    assert second.status_code == 409
    assert "Please send the hearing test too." in second.text
    assert "What happened since you opened this page" in second.text
    assert Message.objects.count() == 1


@pytest.mark.req("SP-189")
@pytest.mark.django_db
@pytest.mark.parametrize("matched", ["waiting", "conflicts"])
def test_before_matching_the_page_says_what_to_do_first(client: Client, matched: str):
    case = an_open_case(matched=matched)
    come_in(client, an_officer())

    page = send(client, case, "approve")

    assert page.status_code == 422
    assert "Match the child with our records first" in page.content.decode()
    assert Case.objects.get().status == "opened"


@pytest.mark.django_db
def test_a_form_nobody_opened_or_that_is_decided_offers_no_button(client: Client):
    come_in(client, an_officer())
    for case in (a_case(), a_case_in("approved")):
        page = client.get(address(case, "reject"))
        assert page.status_code == 409
        assert "Reject and Send Message" not in page.content.decode()


@pytest.mark.django_db
def test_a_decision_that_does_not_exist_is_not_there(client: Client):
    case = an_open_case()
    come_in(client, an_officer())

    assert client.get(address(case, "delete")).status_code == 404
    assert client.get(reverse("council:done", args=[case.reference, 99])).status_code == 404
    assert client.get(reverse("council:sharing", args=[case.reference, 0])).status_code == 404


@pytest.mark.django_db
def test_a_version_that_is_no_number_counts_as_changed(client: Client):
    case = an_open_case()
    come_in(client, an_officer())

    assert send(client, case, "reject", seen="²").status_code == 409
    assert Case.objects.get().status == "opened"


@pytest.mark.django_db
def test_writing_without_deciding_goes_back_to_the_form(client: Client):
    case = an_open_case()
    come_in(client, an_officer())

    page = send(client, case, "write")

    assert page.redirect_chain[-1][0] == reverse("council:case", args=[case.reference])
    assert messages.messages_of(a_parent()).get().body == LETTER.body


@pytest.mark.django_db
def test_a_message_whose_words_are_still_to_be_written_does_not_go(client: Client):
    case = an_open_case()
    come_in(client, an_officer())
    begun = client.get(address(case, "write")).context["letter"]

    page = send(client, case, "write", body=begun.body)

    assert page.status_code == 422
    assert "body" in page.context["problems"]
    assert not Message.objects.exists()
