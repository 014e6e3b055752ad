"""Reminders: 7 days before the information is due, on the day, and 7 days after, until the answer comes."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from guildhall.mail.messages.models import Message
from guildhall.work.advice import services, tasks
from guildhall.work.advice.models import Chase, Requested
from guildhall.work.communications.models import Communication
from tests.standing import NOON, a_professional, an_officer
from tests.work.cases.scene import LATER, emails
from tests.work.sharing.scene import an_entry, not_authenticated

from .scene import DUE, TODAY, a_request, a_request_without_account, a_teacher_on, at, told

pytestmark = [pytest.mark.django_db, pytest.mark.req("GH-010")]


def reminded(day: date) -> list[str]:
    """Which reminders went until the job ran on that day."""
    tasks.chase(at(day))
    return list(Chase.objects.order_by("pk").values_list("stage", flat=True))


def test_three_reminders_go_each_on_its_day_and_once():
    requested = a_request()

    went = [reminded(DUE + timedelta(days=days)) for days in (-8, -7, -7, -1, 0, 6, 7, 30)]

    expected = [0, 1, 1, 1, 2, 2, 3, 3]
    assert went == [["before", "due", "late"][:count] for count in expected]
    messages = Message.objects.filter(to=a_professional())
    assert messages.count() == Communication.objects.filter(child=requested.involvement.child).count() == 3
    assert not [one for one in emails() if requested.involvement.child.surname in str(one)]


def test_the_answer_stops_them():
    requested = a_request()
    reminded(DUE - timedelta(days=7))

    services.answer(requested, words="Here", uploads=[], key=uuid4(), by=a_professional(), now=LATER)

    assert reminded(DUE) == ["before"]
    assert reminded(DUE + timedelta(days=7)) == ["before"]


def test_removing_stops_them_and_putting_back_goes_on():
    requested = a_request()
    services.remove_request(requested, seen=requested.version, by=an_officer(), now=LATER)
    assert reminded(DUE - timedelta(days=7)) == []

    services.put_back(requested, by=an_officer(), now=at(DUE - timedelta(days=3)))

    assert reminded(DUE) == ["due"]


def test_a_reminder_that_was_missed_is_not_caught_up_with():
    a_request()

    assert reminded(DUE + timedelta(days=1)) == ["due"]


def test_a_new_due_date_begins_them_anew():
    requested = a_request()
    reminded(DUE - timedelta(days=7))
    changed = told(portal_user=requested.portal_user, due_on=DUE + timedelta(days=30))
    requested.refresh_from_db()

    services.change_request(
        requested, changed, seen=requested.version, by=an_officer(), now=at(DUE - timedelta(days=6))
    )

    assert reminded(DUE) == ["before"]
    assert reminded(DUE + timedelta(days=23)) == ["before", "before"]


def test_what_was_due_before_it_was_recorded_is_reminded_of_only_from_then_on():
    a_request(due_on=TODAY - timedelta(days=3), notified_on=TODAY - timedelta(days=9))

    assert reminded(TODAY) == []
    assert reminded(TODAY + timedelta(days=4)) == ["late"]


def test_the_officer_is_told_where_no_account_can_be_reminded():
    without = a_request_without_account()
    entry = a_teacher_on(an_entry())
    revoked = a_request(entry)
    not_authenticated(entry)

    assert reminded(DUE - timedelta(days=7)) == ["before", "before"]

    assert not Message.objects.filter(to=a_professional()).exists()
    told_officer = Message.objects.filter(to=an_officer())
    assert {int(one.about_id) for one in told_officer} == {without.pk, revoked.pk}
    assert not Chase.objects.filter(communication__isnull=False).exists()


def test_whoever_was_not_told_is_not_reminded_but_the_officer_is():
    requested = a_request(notified_on=None)

    reminded(DUE - timedelta(days=7))

    assert not Message.objects.filter(to=a_professional()).exists()
    [message] = Message.objects.filter(to=an_officer())
    assert "You have not told" in message.body
    assert f"/advice/{requested.pk}/" in message.body


def test_the_officer_hears_of_what_is_a_week_late():
    requested = a_request()

    reminded(DUE + timedelta(days=7))

    [message] = Message.objects.filter(to=an_officer())
    assert requested.involvement.child.reference in message.body
    assert requested.involvement.child.surname not in message.body


def test_the_job_looks_only_at_what_has_a_day_to_be_reminded(django_assert_num_queries):
    a_request(received_on=TODAY)
    assert Requested.objects.get().chase_on is None

    with django_assert_num_queries(1):
        services.chase_due(now=NOON)
