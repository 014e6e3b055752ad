"""What a decision does: the state, the message, the chronology, the history and the audit."""

from dataclasses import replace

import pytest

from guildhall.foundation.audit.models import Entry as Audited
from guildhall.foundation.kit.meanwhile import ChangedMeanwhile
from guildhall.mail.messages import queries as messages
from guildhall.mail.messages.models import Message
from guildhall.paperwork.submissions.models import Draft
from guildhall.records.chronology.models import Entry
from guildhall.records.linkage.models import Mention
from guildhall.work.cases import queries, services
from guildhall.work.cases.models import Case
from tests.standing import NOON, a_parent, a_person, a_professional, an_officer

from .scene import LATER, LETTER, a_case, a_case_in, an_open_case, emails


@pytest.mark.req("SP-187")
@pytest.mark.django_db
def test_the_first_opening_makes_a_form_opened_and_the_second_changes_nothing():
    case = services.open_first(a_case(), by=an_officer(), now=NOON)
    assert case.status == "opened"
    assert case.opened_at == NOON

    again = services.open_first(case, by=an_officer(), now=LATER)

    assert again.opened_at == NOON
    assert [event.verb for event in queries.history_of(case)] == ["received", "open"]


@pytest.mark.req("SP-109", "SP-112", "SP-204", "SP-216")
@pytest.mark.django_db
def test_approving_shows_the_form_on_the_chronology_and_tells_its_sender():
    case = an_open_case()
    assert Entry.objects.get().shown_from is None

    services.approve(case, LETTER, by=an_officer(), now=LATER)
    services.answer_sharing(case, share=False, by=an_officer(), now=LATER)

    case.refresh_from_db()
    assert (case.status, case.decided_at) == ("approved", LATER)
    assert Entry.objects.get().shown_from == LATER
    message = messages.messages_of(a_parent()).get()
    assert (message.subject, message.body, message.about) == (LETTER.subject, LETTER.body, case.reference)
    event = case.events.get(verb="approve")
    assert (event.by, event.at, event.message) == (an_officer(), LATER, message)
    assert case.events.get(verb="sharing").detail == {"share": False}
    assert Audited.objects.get(verb="cases.approved").child_id == case.mention.child_id


@pytest.mark.req("SP-109")
@pytest.mark.django_db
@pytest.mark.parametrize("sender", [a_parent, a_professional])
@pytest.mark.parametrize("decide", [services.approve, services.reject, services.request_information])
def test_every_decision_sends_a_portal_message_to_citizens_and_professionals(sender, decide):
    case = an_open_case(sender=sender())

    decide(case, LETTER, by=an_officer(), now=NOON)

    assert messages.messages_of(sender()).get().subject == LETTER.subject
    assert messages.unread_count(sender()) == 1


@pytest.mark.req("SP-192", "SP-204")
@pytest.mark.django_db
def test_the_sharing_question_is_answered_once_and_only_for_an_approved_send_form():
    case = services.approve(an_open_case(), LETTER, by=an_officer(), now=NOON)
    assert services.answer_sharing(case, share=True, by=an_officer(), now=NOON)
    assert not services.answer_sharing(case, share=False, by=an_officer(), now=LATER)
    assert case.events.get(verb="sharing").detail == {"share": True}

    with pytest.raises(services.NotAllowed):
        services.answer_sharing(
            a_case_in("rejected", matched="rejected"), share=True, by=an_officer(), now=NOON
        )


@pytest.mark.django_db
def test_approving_a_concern_asks_nothing_about_sharing():
    case = services.approve(an_open_case("safeguarding"), LETTER, by=an_officer(), now=NOON)

    assert not case.events.filter(verb="sharing").exists()
    with pytest.raises(services.NotAllowed):
        services.answer_sharing(case, share=True, by=an_officer(), now=NOON)


@pytest.mark.req("SP-201", "SP-202")
@pytest.mark.django_db
def test_resubmitting_puts_the_child_back_in_the_queue_and_the_form_waits_for_matching():
    case = an_open_case(matched="rejected")

    case = services.resubmit_to_matching(case, LETTER, by=an_officer(), now=NOON)

    assert Mention.objects.get().state == Mention.State.WAITING
    assert case.status == "opened"
    assert messages.messages_of(a_parent()).count() == 1
    with pytest.raises(services.NotAllowed):
        services.reject(Case.objects.get(), LETTER, by=an_officer(), now=NOON)


@pytest.mark.req("SP-191")
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "words"),
    [("subject", ""), ("subject", "   "), ("subject", "x" * 201), ("body", " \n "), ("body", "x" * 20_001)],
)
def test_a_message_without_words_or_with_too_many_decides_nothing(field: str, words: str):
    case = an_open_case()

    with pytest.raises(services.MessageIncomplete) as refused:
        services.approve(case, replace(LETTER, **{field: words}), by=an_officer(), now=NOON)

    assert set(refused.value.problems) == {field}
    assert Case.objects.get().status == "opened"
    assert not Message.objects.exists()


@pytest.mark.req("CP-049", "CP-052", "CP-056")
@pytest.mark.django_db
def test_a_returned_form_is_listed_for_its_sender_with_reason_comments_and_a_draft_that_does_not_expire():
    case = an_open_case("safeguarding", sender=a_professional())

    services.request_information(
        case, LETTER, by=an_officer(), reason="Insufficient Detail", reopen=True, now=LATER
    )

    [returned] = queries.returned_to(a_professional())
    assert (returned.reason, returned.comments) == ("Insufficient Detail", LETTER.body)
    assert returned.requested_at == LATER
    assert returned.previous == case.submission
    assert returned.draft == Draft.objects.get()
    assert returned.draft.answers == case.submission.answers
    assert returned.draft.expires_at is None
    assert queries.returned_to(a_parent()) == []


@pytest.mark.req("CP-052")
@pytest.mark.django_db
def test_the_reason_for_a_return_is_told_in_the_senders_language():
    welsh = a_person("nia@example.org", role="parent", language="cy")
    case = an_open_case(sender=welsh)

    services.request_information(case, LETTER, by=an_officer(), reason="Insufficient Detail", now=NOON)

    assert queries.returned_to(welsh)[0].reason == "Dim Digon o Fanylion"


@pytest.mark.req("CP-050")
@pytest.mark.django_db
def test_the_email_about_a_returned_referral_says_only_that_it_came_back():
    case = an_open_case("early-help", sender=a_professional())

    services.request_information(case, LETTER, by=an_officer(), reason="Other", now=NOON)

    email = emails()[-1]
    assert email["body"] == "text-blocks.Email_FormReturned"
    assert email["to"] == a_professional().email
    assert email["values"]["link"].startswith("/forms/submitted")


@pytest.mark.req("CP-058")
@pytest.mark.django_db
def test_there_is_no_response_until_an_officer_posts_one():
    case = an_open_case()
    assert queries.responses_to(a_parent()) == {}

    services.reject(case, LETTER, by=an_officer(), now=NOON)

    assert queries.responses_to(a_parent())[case.reference].body == LETTER.body


@pytest.mark.req("CP-064")
@pytest.mark.django_db
def test_a_form_for_the_wrong_team_is_passed_on_with_a_note():
    case = an_open_case("safeguarding")
    services.assign_case(case, to=an_officer(), by=an_officer(), now=NOON)

    case = services.move_to_team(case, team="early-help", note="Not a concern", by=an_officer(), now=NOON)

    assert (case.team, case.status, case.owner) == ("early-help", "not-opened", None)
    assert case.events.get(verb="move-team").detail["note"] == "Not a concern"
    assert emails()[-1]["to"] == "early-help@council.example.org"


@pytest.mark.req("CP-064")
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("destination", "team", "note"),
    [
        ("safeguarding", "send", "Wrong team"),
        ("safeguarding", "safeguarding", "Same team"),
        ("safeguarding", "early-help", "  "),
        ("send", "early-help", "SEND forms stay"),
    ],
)
def test_a_form_is_not_passed_on_without_a_note_or_to_a_team_it_cannot_go_to(destination, team, note):
    case = an_open_case(destination)

    with pytest.raises(services.NotAllowed):
        services.move_to_team(case, team=team, note=note, by=an_officer(), now=NOON)

    assert Case.objects.get().team == destination


@pytest.mark.req("CP-062")
@pytest.mark.django_db
def test_a_new_concern_is_announced_to_its_team_at_once_and_a_send_form_is_not():
    case = a_case("safeguarding")
    [email] = emails()
    assert email["to"] == "safeguarding@council.example.org"
    assert case.child_name not in str(email)

    a_case("send")
    assert len(emails()) == 1


@pytest.mark.django_db
def test_nobody_decides_on_what_they_have_not_seen():
    case = an_open_case()
    seen = case.version
    services.assign_case(case, to=an_officer(), by=an_officer(), now=NOON)

    with pytest.raises(ChangedMeanwhile):
        services.approve(case, LETTER, by=an_officer(), seen=seen, now=NOON)

    assert Case.objects.get().status == "opened"
    assert not Message.objects.exists()


@pytest.mark.django_db
def test_writing_to_the_sender_decides_nothing():
    case = services.write_message(an_open_case(), LETTER, by=an_officer(), now=NOON)

    assert case.status == "opened"
    assert messages.messages_of(a_parent()).get().may_answer
