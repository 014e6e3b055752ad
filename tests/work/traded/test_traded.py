"""The catalogue, and what becomes of what a school asks."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from guildhall.foundation.audit.models import Entry
from guildhall.foundation.files.models import StoredFile
from guildhall.foundation.kit.refusals import Refusals
from guildhall.foundation.outbox.models import Task
from guildhall.mail.messages.models import Message
from guildhall.work.traded import queries, services
from guildhall.work.traded.models import Enquiry, Reply, Service
from guildhall.work.traded.moves import Move
from guildhall.work.traded.queries import Asked

from ...people.membership.schools import a_place, another_school, holder
from ...standing import NOON
from .scene import a_service, acting, answer, ask, say_again, told

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


def titles(**asked):
    rows = queries.offered_to(Asked(**asked), today=TODAY, sort="order", language="en")
    return [str(one) for one in rows]


def upload(name="brochure.txt"):
    return SimpleUploadedFile(name, b"What we do.", content_type="text/plain")


@pytest.mark.req("SC-084")
def test_schools_find_what_is_offered_by_words_category_and_the_councils_order():
    first, second = a_service("Payroll"), a_service("Recruitment")
    a_service("Clerking", category="governors")
    a_service("Old offer", last_on=TODAY - timedelta(days=1))
    assert titles() == ["Payroll", "Recruitment", "Clerking"]
    assert titles(words="PAYSLIPS recruit") == ["Recruitment"]
    assert titles(category="governors") == ["Clerking"]
    services.move_service(second, up=True, **acting())
    services.move_service(second, up=True, **acting())
    assert titles()[:2] == ["Recruitment", "Payroll"], "at the top there is nowhere to go"
    services.retire_service(first, **acting())
    assert titles() == ["Recruitment", "Clerking"]
    services.bring_back_service(first, **acting())
    assert "Payroll" in titles()


@pytest.mark.req("SC-084")
def test_a_service_is_said_in_both_languages_ends_after_it_begins_and_is_added_once():
    days = {"first_on": date(2026, 9, 1), "last_on": date(2026, 8, 1)}
    wrong = told(price={"en": "£4", "cy": ""}, audience={"en": "", "cy": "Pawb"}, **days)
    with pytest.raises(Refusals) as refused:
        services.add_service(wrong, key=uuid4(), **acting())
    assert set(refused.value.problems) == {"service_price_cy", "service_audience_en", "service_last_on"}
    key = uuid4()
    one, same = (services.add_service(told(), key=key, **acting()) for _ in range(2))
    assert one == same
    assert Service.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Service.objects.filter(pk=one.pk).update(**days)
    with pytest.raises(IntegrityError), transaction.atomic():
        Service.objects.filter(pk=one.pk).update(retired_at=NOON)
    with pytest.raises(services.NotYours):
        elen = a_place("elen@ysgol.example.org")
        services.retire_service(one, holder=holder(elen), by=elen.user, now=NOON)


def test_a_new_brochure_takes_the_place_of_the_old_one_and_can_be_taken_away():
    service = a_service(upload=upload())
    services.change_service(service, told(), upload=upload("newer.txt"), **acting())
    assert [one.name for one in StoredFile.objects.all()] == ["newer.txt"]
    services.remove_brochure(service, **acting())
    services.remove_brochure(service, **acting())
    service.refresh_from_db()
    assert service.brochure is None
    assert not StoredFile.objects.exists()


@pytest.mark.req("SC-084")
def test_a_school_asks_once_the_team_is_told_without_the_words_and_the_answer_comes_back():
    elen, service, key = a_place("elen@ysgol.example.org"), a_service(), uuid4()
    made, same = ask(service, elen, key=key), ask(service, elen, key=key)
    assert made == same
    assert Enquiry.objects.count() == 1
    [letter] = Task.objects.filter(kind="email", payload__to="payroll@council.example.org")
    assert made.reference in str(letter.payload)
    assert "14 staff" not in str(letter.payload)

    assert queries.waiting(acting()["holder"]) == 1
    reply = uuid4()
    for _ in range(2):
        answer(made, key=reply)
    made.refresh_from_db()
    assert made.state == "answered"
    assert Reply.objects.count() == 1
    [message] = Message.objects.filter(to=elen.user)
    assert made.reference in message.subject
    assert say_again(made, elen).state == "sent"
    assert answer(made, Move.BUY, "").state == "bought"
    with pytest.raises(services.Moved):
        say_again(made, elen)
    assert answer(made, Move.CLOSE, "").state == "closed"
    assert Entry.objects.filter(verb="traded.enquiry_moved").count() == 4


@pytest.mark.req("SC-084")
def test_a_school_sees_and_moves_only_its_own_enquiries_and_words_are_needed():
    elen, made = a_place("elen@ysgol.example.org"), ask(a_service())
    ffion = a_place("ffion@other.example.org", another_school())
    assert list(queries.enquiries_of(elen)) == [made]
    assert not queries.enquiries_of(ffion).exists()
    assert not queries.enquiries_for(holder(elen), Asked()).exists()
    with pytest.raises(services.NotTheirs):
        say_again(made, ffion)
    with pytest.raises(services.NotYours):
        answer(made, holder=holder(elen), by=elen.user)
    for words in ("", "x" * 2001):
        with pytest.raises(Refusals, match="message"):
            say_again(made, elen, words=words)
    services.retire_service(made.service, **acting())
    with pytest.raises(services.NotOffered):
        ask(made.service, elen)


def test_a_school_cannot_flood_a_team(monkeypatch):
    monkeypatch.setattr("guildhall.work.traded.services.asking.MOST_A_DAY", 1)
    service = a_service()
    ask(service)
    with pytest.raises(services.TooManyEnquiries):
        ask(service)


def test_what_is_over_is_forgotten_after_three_years_and_what_waits_is_not():
    closed, waits = answer(ask(a_service()), Move.CLOSE), ask(a_service("Music"))
    later = NOON + services.asking.KEPT + timedelta(days=1)
    assert services.forget_old(now=later) == 1
    assert list(Enquiry.objects.all()) == [waits]
    assert not Reply.objects.filter(enquiry_id=closed.pk).exists()
