"""The sender answers in place, with words, files or the form sent again."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from guildhall.foundation.files.models import StoredFile
from guildhall.foundation.kit.refusals import Refusal
from guildhall.mail.messages.models import Message
from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.forms import spoken
from guildhall.paperwork.submissions.models import Submission
from guildhall.work.cases import queries, services
from guildhall.work.cases.differences import differences
from guildhall.work.cases.models import Case
from tests.standing import NOON, a_parent, an_officer, another_parent

from .scene import LATER, LETTER, a_case, a_case_in, a_correction_of, an_open_case, emails


def a_returned_case(**request: object) -> Case:
    return services.request_information(
        an_open_case(), LETTER, by=an_officer(), reason="Other", now=NOON, **request
    )


@pytest.mark.req("SP-199", "GH-009")
@pytest.mark.django_db
def test_an_answer_brings_a_returned_form_back_to_the_list_and_tells_the_officer():
    case = a_returned_case()
    services.assign_case(case, to=an_officer(), by=an_officer(), now=NOON)

    services.receive_answer(case, by=a_parent(), body="She was born in Wrexham.", now=LATER)

    case.refresh_from_db()
    assert case.status == "not-opened"
    assert case.answered_at == LATER
    assert [said.body for said in queries.conversation_of(case)] == [
        LETTER.body,
        "She was born in Wrexham.",
    ]
    assert [event.verb for event in queries.history_of(case)][-1] == "answer"
    assert emails()[-1]["to"] == an_officer().email
    assert emails()[-1]["body"] == "text-blocks.Email_AnswerWaiting"


@pytest.mark.req("SP-199")
@pytest.mark.django_db
def test_files_come_with_an_answer():
    case = a_returned_case()
    letter = SimpleUploadedFile("letter.txt", b"From the doctor", content_type="text/plain")

    message = services.receive_answer(case, by=a_parent(), body="Here it is", uploads=[letter], now=LATER)

    stored = StoredFile.objects.get()
    assert (stored.held_by_kind, stored.held_by_id, stored.name) == ("message", str(message.pk), "letter.txt")


@pytest.mark.django_db
def test_a_refused_file_keeps_back_the_whole_answer():
    case = a_returned_case()
    program = SimpleUploadedFile("virus.exe", b"MZ\x00", content_type="application/x-msdownload")

    with pytest.raises(Refusal) as refused:
        services.receive_answer(case, by=a_parent(), body="Here it is", uploads=[program], now=LATER)

    assert refused.value.field == "files"
    assert Case.objects.get().status == "more-information"
    assert Message.objects.count() == 1


@pytest.mark.req("SP-200")
@pytest.mark.django_db
def test_a_rejection_is_answered_in_the_portal_and_listed_for_the_team():
    case = a_case_in("rejected")

    services.receive_answer(case, by=a_parent(), body="Please look again", now=LATER)

    case.refresh_from_db()
    assert case.status == "rejected"
    assert case.answered_at == LATER
    services.open_first(case, by=an_officer(), now=LATER)
    assert Case.objects.get().answered_at is None


@pytest.mark.req("SP-200")
@pytest.mark.django_db
def test_a_rejection_whose_answer_is_switched_off_cannot_be_answered():
    case = services.reject(an_open_case(), replace(LETTER, may_answer=False), by=an_officer(), now=NOON)

    assert not queries.can_answer(case)
    with pytest.raises(services.CannotAnswer):
        services.receive_answer(case, by=a_parent(), body="But", now=LATER)


@pytest.mark.django_db
def test_only_the_sender_answers_and_only_what_an_officer_wrote():
    case = a_returned_case()
    with pytest.raises(services.CannotAnswer):
        services.receive_answer(case, by=another_parent(), body="Let me", now=LATER)
    with pytest.raises(services.CannotAnswer):
        services.receive_answer(a_case(), by=a_parent(), body="Hello?", now=LATER)


@pytest.mark.django_db
@pytest.mark.parametrize("body", ["", "  \n ", "x" * 20_001])
def test_an_answer_without_words_or_with_too_many_is_refused_beside_the_box(body: str):
    with pytest.raises(services.CannotAnswer) as refused:
        services.receive_answer(a_returned_case(), by=a_parent(), body=body, now=LATER)

    assert refused.value.field == "body"


@pytest.mark.django_db
def test_sending_the_same_answer_twice_keeps_it_once():
    case = a_returned_case()

    first = services.receive_answer(case, by=a_parent(), body="Once", key="abc", now=LATER)
    again = services.receive_answer(case, by=a_parent(), body="Once", key="abc", now=LATER)

    assert first == again
    assert Message.objects.filter(to=None).count() == 1


@pytest.mark.req("SP-199", "CP-054", "CP-056")
@pytest.mark.django_db
def test_the_form_sent_again_is_not_opened_and_keeps_its_history_and_both_versions():
    case = a_returned_case(reopen=True)
    first = case.submission

    services.receive_correction(case, submission=a_correction_of(case, WHY="He needs help"), now=LATER)

    case.refresh_from_db()
    assert case.status == "not-opened"
    assert case.submission.follows == first
    assert Submission.objects.count() == 2
    assert queries.returned_to(a_parent()) == []
    verbs = [event.verb for event in queries.history_of(case)]
    assert verbs == ["received", "open", "request-information", "correct"]


@pytest.mark.django_db
@pytest.mark.parametrize("status", ["approved", "rejected"])
def test_a_decided_form_takes_no_correction(status: str):
    case = a_case_in(status)

    with pytest.raises(services.NotAllowed):
        services.receive_correction(case, submission=a_correction_of(case), now=LATER)


@pytest.mark.req("GH-009", "CP-056")
@pytest.mark.django_db
def test_what_changed_between_two_versions_is_told_question_by_question():
    case = an_open_case()
    before = case.submission
    after = a_correction_of(case, WHY="He needs help")

    [change] = differences(said(before), said(after))

    assert (change.section, change.question) == ("The child", "Why do you write?")
    assert (change.before, change.after) == (["She needs help"], ["He needs help"])
    assert differences(said(before), said(before)) == []


@pytest.mark.req("GH-009")
@pytest.mark.django_db
def test_an_answer_given_for_the_first_time_and_one_taken_away_are_differences():
    case = an_open_case(answers={"NAME": "Pugh"})
    after = a_correction_of(case, WHY="Now I know")

    [added] = differences(said(case.submission), said(after))
    [removed] = differences(said(after), said(case.submission))

    assert (added.before, added.after) == ([], ["Now I know"])
    assert (removed.before, removed.after) == (["Now I know"], [])


def said(submission: Submission) -> list[spoken.SpokenGroup]:
    definition = forms.definition_of(submission.version_id)
    return spoken.sections(definition, submission.answers, "en", today=NOON.date())
