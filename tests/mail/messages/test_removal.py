"""The scheduled task that removes old messages."""

from datetime import timedelta

import pytest

from guildhall.foundation.audit.models import Entry
from guildhall.foundation.authority import services as authority
from guildhall.foundation.authority.queries import kept_value
from guildhall.mail.messages import queries, services, tasks
from guildhall.mail.messages.models import Message
from guildhall.work.cases.models import CaseEvent

from ...standing import NOON, a_parent
from ...work.cases.scene import a_case

pytestmark = pytest.mark.django_db

OLD = NOON - timedelta(days=400)


def a_message(key: str, *, at=OLD) -> Message:
    return services.send(a_parent(), subject=key, body="Words", key=key, now=at)


def set_up(**values) -> None:
    given = {"removal.on": True, "removal.next": NOON.isoformat()} | {
        f"removal.{name}": value for name, value in values.items()
    }
    for key, value in given.items():
        authority.change_setting(key, value=value, by=None, now=NOON)


@pytest.mark.req("SP-302")
@pytest.mark.req("SP-303")
@pytest.mark.req("SP-304")
def test_when_it_is_on_old_messages_go_and_the_next_run_moves_on():
    a_message("old"), a_message("new", at=NOON)
    set_up(every_days=7)
    assert queries.count_old(NOON - timedelta(days=365)) == 1

    assert tasks.remove_old(NOON) == 1
    assert [message.subject for message in queries.messages_of(a_parent())] == ["new"]
    assert kept_value("removal.next") == (NOON + timedelta(days=7)).isoformat()
    assert Entry.objects.get(verb="messages.removed_old").detail == {"removed": 1, "kept_elsewhere": 0}
    assert tasks.remove_old(NOON) == 0


@pytest.mark.req("SP-303")
def test_it_is_off_and_says_365_days_until_somebody_decides():
    assert kept_value("removal.on") is False and kept_value("removal.days") == 365
    a_message("old")
    authority.change_setting("removal.next", value=NOON.isoformat(), by=None, now=NOON)
    assert tasks.remove_old(NOON) == 0
    assert Message.objects.filter(subject="old").exists()


def test_before_its_time_nothing_goes():
    a_message("old")
    set_up(next=(NOON + timedelta(minutes=1)).isoformat())
    assert tasks.remove_old(NOON) == 0


def test_many_go_in_batches_and_a_second_removal_at_once_finds_nothing():
    for number in range(7):
        a_message(f"old {number}")
    assert services.remove_old_messages(before=NOON, now=NOON, batch=3) == 7
    assert services.remove_old_messages(before=NOON, now=NOON, batch=3) == 0


def test_what_belongs_to_the_history_of_a_form_leaves_its_reader_and_stays_there():
    case = a_case()
    message = a_message("letter")
    CaseEvent.objects.create(case=case, verb="write", at=OLD, version=99, message=message)
    services.remove_old_messages(before=NOON, now=NOON)
    message.refresh_from_db()
    assert message.removed_at == NOON
    assert not queries.messages_of(a_parent()).filter(pk=message.pk).exists()
    assert queries.unread_count(a_parent()) == 0
