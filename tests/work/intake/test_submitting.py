"""From a finished draft to a case: all of it, once, or nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError

from guildhall.foundation.audit.models import Entry as AuditEntry
from guildhall.foundation.authority import services as authority
from guildhall.foundation.files.models import StoredFile
from guildhall.foundation.kit import references
from guildhall.foundation.kit.faults import InjectedFault
from guildhall.foundation.outbox.models import Task
from guildhall.foundation.texts.queries import say
from guildhall.mail.messages.models import Message
from guildhall.paperwork.forms import services as forms
from guildhall.paperwork.submissions import services as submissions
from guildhall.paperwork.submissions.models import Draft, Submission
from guildhall.records.chronology.models import Entry
from guildhall.records.linkage.models import Mention
from guildhall.work.cases.models import Case
from guildhall.work.intake import services as intake
from guildhall.work.intake.services import carrying, sending
from tests.definitions import FULL, a_concern, a_draft, a_family_child, a_full_draft, every_kind
from tests.standing import NOON, another_parent

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)
BOTH = {"first", "second"}


def submit(draft, *, declarations=frozenset(BOTH), **more):
    known = {"sender": draft.owner, "key": draft.key, "declarations": declarations, "now": LATER}
    return intake.submit(draft.pk, **(known | more))


@pytest.mark.req("SP-086", "SP-087", "GH-020")
def test_a_finished_form_becomes_a_case_with_all_that_belongs_to_it():
    draft = a_full_draft(child=a_family_child())

    sent = submit(draft)

    assert Case.objects.get().submission == sent
    assert Case.objects.get().team == "send"
    mention = Mention.objects.get()
    assert (mention.identity["surname"], mention.family_child) == ("Pritchard", draft.family_child_id)
    entry = Entry.objects.get()
    assert (entry.source_id, entry.shown_from, entry.mention) == (str(sent.pk), None, mention)
    assert AuditEntry.objects.filter(verb="form.sent", about_id=str(sent.pk)).count() == 1
    assert not Draft.objects.exists()
    assert sent.sent_at == LATER


@pytest.mark.req("SP-197")
def test_the_reference_is_made_by_the_pattern_of_the_destination():
    sent = submit(a_full_draft())

    assert sent.reference.startswith("SND-2606-")
    assert len(sent.reference) == len("SND-2606-1234ABCD")


@pytest.mark.req("CP-040")
def test_a_safeguarding_concern_goes_to_its_own_team_with_its_own_reference():
    draft = a_draft(
        form=a_concern(), answers={"REFERRER_NAME": "T", "CHILD_SURNAME": "Rees", "CONCERN": "Bruises"}
    )

    sent = submit(draft, declarations={"first"})

    assert Case.objects.get().team == "safeguarding"
    assert sent.reference.startswith("EDU-SAFEG-")


def test_a_reference_that_is_taken_is_made_again():
    first = submit(a_full_draft())
    with patch.object(references, "make", side_effect=[first.reference, "SND-2606-FFFFFFFF"]):
        second = submit(a_full_draft())

    assert second.reference == "SND-2606-FFFFFFFF"


@pytest.mark.req("GH-020")
def test_the_same_key_twice_gives_the_same_submission():
    draft = a_full_draft()

    first = submit(draft)
    second = submit(draft)

    assert second == first
    assert Submission.objects.count() == 1
    assert Message.objects.count() == 1
    assert Task.objects.filter(kind="email", key__startswith="form-received").count() == 1


def test_nobody_sends_the_draft_of_another():
    draft = a_full_draft()

    with pytest.raises(intake.NothingToSend):
        submit(draft, sender=another_parent())
    with pytest.raises(intake.NothingToSend):
        submit(draft, key=uuid4())
    assert not Submission.objects.exists()


@pytest.mark.req("SP-080", "GH-022")
def test_an_unfinished_form_stays_put_and_every_gap_is_named():
    draft = a_draft(answers=FULL | {"CHILD_SURNAME": "", "HAS_DIAGNOSIS": "yes"})

    with pytest.raises(intake.Unfinished) as refused:
        submit(draft)

    assert [(gap.place, gap.code) for gap in refused.value.gaps] == [
        ("child", "CHILD_SURNAME"),
        ("needs", "DIAGNOSIS"),
    ]
    assert Draft.objects.get() == draft
    assert not Case.objects.exists()


@pytest.mark.req("SP-084", "SP-085", "SP-086")
@pytest.mark.parametrize("ticked", [set(), {"first"}, {"second"}])
def test_without_both_declarations_nothing_is_sent(ticked):
    draft = a_full_draft()

    with pytest.raises(intake.NotAgreed) as refused:
        submit(draft, declarations=ticked)

    assert set(refused.value.problems) == BOTH - ticked
    assert not Submission.objects.exists()


def test_what_was_agreed_is_kept_as_it_was_read():
    sent = submit(a_full_draft(), language="cy")

    keys = [each["key"] for each in sent.texts["declarations"]]
    assert keys == ["first", "second"]
    assert "Rwy’n cytuno" in sent.texts["declarations"][1]["words"]
    assert sent.language == "cy"


def test_answers_that_moved_after_the_summary_are_not_sent_unread():
    draft = a_full_draft()
    submissions.save_answers(
        draft, answers={"CHILD_FORENAME": "Non"}, revision=1, place="child", by=draft.owner, now=NOON
    )

    with pytest.raises(intake.ChangedSinceChecked):
        submit(draft, revision=1)
    assert submit(draft, revision=2).answers["CHILD_FORENAME"] == "Non"


@pytest.mark.req("SP-093")
def test_a_form_that_was_withdrawn_meanwhile_can_still_be_sent():
    draft = a_full_draft()
    forms.withdraw(draft.version.form, by=None, now=NOON)

    assert submit(draft).version == draft.version


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_receipt_names_the_place_of_sent_forms_as_the_menu_does(language):
    words = say(
        "text-blocks.Message_FormReceived", language, form="", date="", time="", reference="", department=""
    )
    assert say("shared.Menu_Submitted", language) in words


@pytest.mark.req("CP-038", "CP-039", "GH-049")
def test_the_sender_is_told_and_the_email_names_neither_child_nor_form():
    sent = submit(a_full_draft())

    message = Message.objects.get()
    assert sent.reference in message.body and "Request for an assessment" in message.body
    email = Task.objects.get(kind="email", key=f"form-received:{sent.pk}").payload
    assert email["subject"] == "messaging.EmailSubject_FormReceived"
    assert email["values"]["reference"] == sent.reference
    assert "Mali" not in str(email) and "Pritchard" not in str(email["values"])
    assert "assessment" not in str(email)


@contextmanager
def failing(fail: Callable[[str], None]) -> Iterator[None]:
    """Every point of a sending at which a fault can happen asks ``fail``."""
    with patch.object(sending, "fault_point", fail), patch.object(carrying, "fault_point", fail):
        yield


POINTS = ["begin", "after_seal", "after_files", "after_mention", "after_case", "before_commit"]


@pytest.mark.parametrize("point", POINTS)
def test_a_fault_before_the_commit_leaves_the_draft_as_it_was(point):
    draft = a_full_draft()

    def fail(name):
        if name == f"intake.{point}":
            raise InjectedFault(name)

    with failing(fail), pytest.raises(InjectedFault):
        submit(draft)

    assert Draft.objects.get().answers == draft.answers
    assert not Submission.objects.exists() and not Case.objects.exists() and not Mention.objects.exists()
    assert not Task.objects.filter(key__startswith="form-received").exists()
    assert submit(draft).answers["CHILD_FORENAME"] == "Mali"


@pytest.mark.req("GH-020")
def test_a_fault_after_the_commit_gives_the_same_receipt_on_retry():
    draft = a_full_draft()

    def fail(name):
        if name == "intake.after_commit":
            raise InjectedFault(name)

    with failing(fail), pytest.raises(InjectedFault):
        submit(draft)

    assert submit(draft) == Submission.objects.get()


@pytest.mark.django_db(transaction=True)
def test_two_transactions_that_crossed_are_tried_again():
    draft = a_full_draft()
    real, calls = sending._carry, []

    def crossed(*arguments):
        calls.append(1)
        if len(calls) < 3:
            raise OperationalError("database is locked")
        return real(*arguments)

    with patch.object(sending, "_carry", crossed):
        sent = submit(draft)

    assert (len(calls), Submission.objects.get()) == (3, sent)


def test_a_database_that_is_gone_is_not_tried_again():
    draft = a_full_draft()

    gone = OperationalError("server closed the connection")
    with patch.object(sending, "_carry", side_effect=gone) as carry, pytest.raises(OperationalError):
        submit(draft)
    assert carry.call_count == 1


# Files


def add(draft, question="LETTERS", name="letter.txt"):
    upload = SimpleUploadedFile(name, b"We saw Mali in May.")
    return submissions.add_file(draft, upload=upload, question=question, by=draft.owner, now=NOON)[1]


@pytest.mark.req("GH-026", "CP-035")
def test_files_go_with_the_form_and_their_content_is_proved():
    draft = a_full_draft()
    file = add(draft)

    sent = submit(draft)

    file.refresh_from_db()
    assert (file.held_by_kind, file.held_by_id) == ("submission", str(sent.pk))
    assert sent.files[0]["sha256"] == file.sha256
    assert sent.answers["LETTERS"] == [str(file.pk)]


def test_a_file_of_a_question_that_is_hidden_in_the_end_is_not_sent():
    plain = every_kind()
    plain["groups"][5]["when"] = {"question": "HAS_DIAGNOSIS", "is": "yes"}
    draft = a_full_draft(form=plain)
    add(draft)

    sent = submit(draft)

    assert sent.files == []
    assert not StoredFile.objects.exists()


@pytest.mark.req("SP-100")
def test_an_infected_file_has_to_be_removed_first():
    draft = a_full_draft()
    file = add(draft)
    StoredFile.objects.filter(pk=file.pk).update(state=StoredFile.State.INFECTED)

    with pytest.raises(intake.Unfinished, match="not finished") as refused:
        submit(draft)

    gap = refused.value.gaps[0]
    assert (gap.place, gap.field_id) == ("evidence", "q-letters")
    assert "letter.txt" in gap.message


def test_the_authority_decides_whether_a_form_waits_for_the_scanner():
    draft = a_full_draft()
    add(draft)
    authority.change_setting("files.submit_while_pending", value=False, by=None, now=NOON)

    with pytest.raises(intake.Unfinished):
        submit(draft)
    authority.change_setting("files.submit_while_pending", value=True, by=None, now=NOON)
    assert submit(draft)


# Corrections


@pytest.mark.req("SP-199", "CP-054", "CP-056")
def test_a_correction_joins_the_case_of_what_it_corrects():
    first = submit(a_full_draft())
    Case.objects.update(status=Case.Status.MORE_INFORMATION)
    draft = submissions.reopen(first, now=LATER)
    draft = submissions.save_answers(
        draft, answers={"WHY_NOW": "More than before"}, revision=0, place="child", by=draft.owner, now=LATER
    )

    second = submit(draft)

    case = Case.objects.get()
    assert (case.submission, case.status) == (second, Case.Status.NOT_OPENED)
    assert (second.reference, second.follows) == (first.reference, first)
    assert Mention.objects.get() == case.mention
    assert set(Entry.objects.values_list("source_id", flat=True)) == {str(first.pk), str(second.pk)}


@pytest.mark.req("SP-209")
def test_a_child_named_anew_in_a_correction_is_matched_anew():
    first = submit(a_full_draft())
    Case.objects.update(status=Case.Status.MORE_INFORMATION)
    draft = submissions.reopen(first, now=LATER)
    draft = submissions.save_answers(
        draft, answers={"CHILD_FORENAME": "Non"}, revision=0, place="child", by=draft.owner, now=LATER
    )

    second = submit(draft)

    named_first, named_anew = Mention.objects.order_by("pk")
    assert (named_first.state, named_anew.state) == (Mention.State.REJECTED, Mention.State.WAITING)
    assert (named_anew.identity["forename"], named_anew.source_id) == ("Non", str(second.pk))
    assert Case.objects.get().mention == named_anew


def test_a_correction_has_copies_of_the_files_and_may_drop_one_without_touching_what_was_sent():
    draft = a_full_draft()
    kept = add(draft)
    first = submit(draft)
    again = submissions.reopen(first, now=LATER)
    copy = again.answers["LETTERS"][0]

    assert copy != str(kept.pk)
    submissions.remove_file(again, file_id=copy, by=again.owner, now=LATER)
    second = submit(Draft.objects.get())
    assert second.files == []
    assert first.files[0]["id"] == str(kept.pk)
    assert StoredFile.objects.get(pk=kept.pk).held_by_id == str(first.pk)
