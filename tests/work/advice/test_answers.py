"""Answers in place, with files; and forms that answer by themselves."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from guildhall.foundation.files.models import StoredFile
from guildhall.foundation.kit.refusals import Refusal
from guildhall.mail.messages.models import Message
from guildhall.people.accounts.models import User
from guildhall.records.children.models import Child
from guildhall.records.linkage.models import Mention
from guildhall.work.advice import queries, services
from guildhall.work.advice.models import Answer, Requested
from guildhall.work.sharing import services as sharing
from tests.standing import NOON, a_parent, a_professional, an_officer
from tests.work.cases.scene import LATER, a_case, emails
from tests.work.sharing.scene import MOTHER, an_entry, not_authenticated

from .scene import TODAY, a_request, a_teacher_on

pytestmark = pytest.mark.django_db


def a_letter(name: str = "report.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"She reads well.", content_type="text/plain")


def answer(requested: Requested, **changes: Any) -> Answer:
    given = {"words": "She reads well.", "uploads": [], "key": uuid4(), "by": a_professional(), "now": LATER}
    return services.answer(requested, **given | changes)


@pytest.mark.req("GH-010", "SP-253")
def test_an_answer_with_a_file_closes_the_request_and_tells_the_officer():
    requested = a_request()

    answer(requested, uploads=[a_letter()])

    requested.refresh_from_db()
    assert (requested.received_on, requested.chase_on) == (TODAY, None)
    [(kept, files)] = queries.answers_to(requested)
    assert (kept.words, [file.name for file in files]) == ("She reads well.", ["report.txt"])
    message = Message.objects.get(to=an_officer())
    assert f"/children/{requested.involvement.child_id}/advice/{requested.pk}/" in message.body
    assert not [one for one in emails() if requested.involvement.child.surname in str(one)]


@pytest.mark.req("GH-010")
def test_an_answer_sent_twice_is_kept_once_and_a_second_one_is_refused():
    requested, key = a_request(), uuid4()

    for _ in range(2):
        answer(requested, key=key)
    with pytest.raises(services.AnswerClosed):
        answer(requested)

    assert Answer.objects.count() == Message.objects.filter(to=an_officer()).count() == 1


@pytest.mark.req("GH-010")
def test_only_whom_it_was_asked_of_answers_and_only_while_authenticated():
    requested = a_request()
    entry = requested.portal_user
    assert entry is not None
    on_involvement_too = on_involvement_of(requested, a_parent())

    with pytest.raises(services.AnswerClosed):
        answer(requested, by=on_involvement_too)
    not_authenticated(entry)
    with pytest.raises(services.AnswerClosed):
        answer(requested)

    assert not queries.asked_of(a_professional()).exists()
    assert not Answer.objects.exists()


def on_involvement_of(requested: Requested, user: User) -> User:
    child = requested.involvement.child
    sharing.add_portal_user(child, user=user, details=MOTHER, by=an_officer(), now=NOON)
    return user


@pytest.mark.parametrize(("changes", "field"), [({"words": ""}, "words"), ({"words": "x" * 20_001}, "words")])
def test_an_empty_or_endless_answer_is_refused(changes: dict[str, Any], field: str):
    with pytest.raises(services.NothingAnswered) as refused:
        answer(a_request(), **changes)

    assert refused.value.field == field


def test_a_file_of_a_kind_that_is_not_taken_leaves_the_request_open():
    requested = a_request()

    with pytest.raises(Refusal):
        answer(requested, uploads=[a_letter("virus.exe")])

    requested.refresh_from_db()
    assert requested.received_on is None
    assert not Answer.objects.exists()


@pytest.mark.req("SP-251", "SP-253")
def test_the_form_that_was_asked_for_fills_in_form_and_received_by_itself():
    entry = an_entry()
    requested = a_request(a_teacher_on(entry), wanted="SEND-SHORT")
    sent_at = NOON + timedelta(days=2)
    case = a_case(matched="waiting", sender=a_professional(), now=sent_at)

    assert services.take_forms(now=sent_at) == 0  # nobody knows yet about whom it is
    Mention.objects.filter(pk=case.mention_id).update(
        child=entry.mention.child, state="linked", settled_at=NOON
    )
    assert services.take_forms(now=sent_at + timedelta(days=1)) == 1

    requested.refresh_from_db()
    assert (requested.form, requested.received_on) == (case.submission, TODAY + timedelta(days=2))
    assert requested.changes.get(version=2).by is None
    assert Message.objects.filter(to=an_officer()).count() == 1
    assert services.take_forms(now=sent_at + timedelta(days=2)) == 0


@pytest.mark.parametrize("other", ["child", "sender", "form", "earlier"])
def test_a_form_that_is_not_the_answer_closes_nothing(other: str):
    entry = an_entry()
    wanted = "ANOTHER" if other == "form" else "SEND-SHORT"
    requested = a_request(a_teacher_on(entry), wanted=wanted)
    sender = a_parent() if other == "sender" else a_professional()
    sent_at = NOON - timedelta(days=1) if other == "earlier" else LATER
    case = a_case(matched="waiting", sender=sender, now=sent_at)
    child = an_entry().mention.child if other == "child" else entry.mention.child
    Mention.objects.filter(pk=case.mention_id).update(child=child, state="linked", settled_at=NOON)

    assert services.take_forms(now=NOON + timedelta(days=3)) == 0
    requested.refresh_from_db()
    assert requested.received_on is None


def test_the_files_of_answers_go_with_the_record_of_the_child():
    requested = a_request()
    answer(requested, uploads=[a_letter()])
    child = Child.objects.get(pk=requested.involvement.child_id)

    services.forget_files(child, by=None, now=LATER)

    assert not StoredFile.objects.filter(held_by_kind=queries.HELD_BY).exists()
