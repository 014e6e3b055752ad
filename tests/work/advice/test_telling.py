"""Telling people what is requested of them: by portal message, email and letter, each tracked."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from guildhall.foundation.documents import services as documents
from guildhall.mail.messages.models import Message
from guildhall.work.advice import services, showing
from guildhall.work.advice.models import Notification, Requested
from guildhall.work.advice.services import Way
from guildhall.work.communications.models import Communication
from tests.standing import NOON, a_professional, an_officer
from tests.work.cases.scene import LATER, emails
from tests.work.sharing.scene import an_entry, child_of, not_authenticated

from .scene import DETAILS, TODAY, a_request, a_request_without_account

pytestmark = pytest.mark.django_db


def tell(requested: Requested, *means: str, sent_on: date | None = None) -> list[Notification]:
    way = Way(frozenset(means), sent_on)
    return services.notify(requested, way, key=uuid4(), by=an_officer(), now=LATER)


@pytest.mark.req("SP-344")
def test_one_request_is_told_by_portal_message_and_by_letter_and_both_are_tracked():
    requested = a_request()

    tell(requested, "message", "letter", sent_on=TODAY - timedelta(days=2))

    logged = Communication.objects.filter(child=requested.involvement.child)
    assert set(logged.values_list("means", "to")) == {
        ("message", a_professional().pk),
        ("letter", a_professional().pk),
    }
    [line] = showing.lines_of([requested], today=TODAY)
    assert set(line.means) == {"message", "letter"}
    requested.refresh_from_db()
    assert requested.notified_on == TODAY - timedelta(days=2)


@pytest.mark.req("SP-344")
def test_neither_the_message_nor_any_email_names_the_child_or_says_what_is_asked():
    requested = a_request()

    tell(requested, "message", "email")

    child = requested.involvement.child
    message = Message.objects.get(to=a_professional())
    written = [message.subject, message.body, *(str(one) for one in emails())]
    assert not [words for words in written if child.surname in words or DETAILS in words]
    assert f"/professionals/asked/{requested.key}/" in message.body
    sent = [one for one in emails() if one["to"] == a_professional().email]
    assert [one["subject"] for one in sent] == ["messaging.EmailSubject_AdviceAsked"]


def test_telling_twice_from_one_page_tells_once():
    requested, key = a_request(), uuid4()

    for _ in range(2):
        services.notify(requested, Way(frozenset({"message"})), key=key, by=an_officer(), now=LATER)

    assert Notification.objects.count() == Message.objects.filter(to=a_professional()).count() == 1


@pytest.mark.req("SP-344")
def test_somebody_without_an_account_is_told_by_letter_and_by_an_email_that_the_officer_sent():
    requested = a_request_without_account()

    tell(requested, "letter", "email", sent_on=TODAY)

    assert set(Notification.objects.values_list("means", flat=True)) == {"letter", "email"}
    assert not [one for one in emails() if "AdviceAsked" in one["subject"]]


@pytest.mark.parametrize(
    ("means", "sent_on", "field"),
    [
        ((), TODAY, "means"),
        (("pigeon",), TODAY, "means"),
        (("message",), TODAY, "means"),
        (("letter",), None, "sent_on"),
        (("letter",), TODAY + timedelta(days=1), "sent_on"),
    ],
)
def test_what_cannot_be_told_so_is_refused_and_nothing_is_kept(
    means: tuple[str, ...], sent_on: date | None, field: str
):
    requested = a_request_without_account()

    with pytest.raises(services.CannotTell) as refused:
        tell(requested, *means, sent_on=sent_on)

    assert list(refused.value.problems) == [field]
    assert not Communication.objects.exists()


def test_whose_access_ended_gets_no_message():
    requested = a_request()
    entry = requested.portal_user
    assert entry is not None
    not_authenticated(entry)

    with pytest.raises(services.CannotTell):
        tell(requested, "message")

    assert not Message.objects.filter(to=a_professional()).exists()


@pytest.mark.req("SP-344")
def test_the_letter_says_what_is_asked_of_whom_and_by_when():
    requested = a_request_without_account()

    letter = showing.letter_of(requested, language="cy", address=True, now=NOON)

    said = dict(row for section in letter.sections for row in section.rows)
    assert [DETAILS] in said.values()
    assert letter.front[0][1] == "Dr Okafor, Paediatrician"
    assert documents.pdf(letter).startswith(b"%PDF")
    assert documents.word(letter).startswith(b"PK")


def test_the_day_of_a_letter_is_kept_in_local_time():
    requested = a_request(child=child_of(an_entry()), name="Dr Okafor")

    [told] = tell(requested, "letter", sent_on=TODAY - timedelta(days=3))

    assert timezone.localdate(told.communication.happened_at) == TODAY - timedelta(days=3)
