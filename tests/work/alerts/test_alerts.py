"""Setting up alerts, and what they send."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.utils import timezone

from guildhall.demonstration.alerts import ADMINISTRATOR, set_up_alerts
from guildhall.foundation.audit.models import Entry as Audited
from guildhall.foundation.kit.meanwhile import ChangedMeanwhile
from guildhall.foundation.outbox.models import Task
from guildhall.work.alerts import services, tasks
from guildhall.work.alerts.models import Alert, Run
from guildhall.work.alerts.rules import fires, next_after
from guildhall.work.alerts.services import AlertIncomplete, Choice, Definition, NobodyChosen
from guildhall.work.alerts.services.recipients import whom_the_kinds_are
from guildhall.work.communications.models import Communication
from guildhall.work.sharing import services as sharing
from guildhall.work.sharing.services import Details
from tests.standing import NOON, a_parent, a_professional, an_administrator, an_officer, another_parent

from .scene import SOON, a_child, a_schedule, a_trigger, an_alert, letters_to, on, work

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=1)
CONCERNED_AND_ALL = ("citizens", "professionals")


def change(person, *, at=LATER, **changes):
    person.refresh_from_db()
    details = replace(Details(person.relation, authenticated=True, reason="Passport seen"), **changes)
    return sharing.change_portal_user(person, details=details, seen=person.version, by=an_officer(), now=at)


@pytest.mark.req("SP-254", "SP-259", "SP-271", "SP-110")
def test_a_change_of_a_ticked_field_sends_the_message_to_the_people_on_that_involvement():
    mother = on(a_child(), a_parent())
    teacher = on(mother.involvement.child, a_professional(), relation="Teacher")
    on(a_child("Other"), another_parent())
    an_alert(a_trigger("relation"), "citizens")
    work()

    change(mother, relation="Aunt")
    work(LATER)

    assert [letter.body for letter in letters_to(mother.user)] == [f"Dear {mother.user.forename}"]
    assert letters_to(teacher.user) == letters_to(another_parent()) == []


@pytest.mark.req("SP-259")
def test_a_change_of_another_field_sends_nothing():
    mother = on(a_child(), a_parent())
    an_alert(a_trigger("relation"), "citizens")

    change(mother, parental_responsibility=True)
    work(LATER)

    assert letters_to(mother.user) == []
    assert not Run.objects.exists()


@pytest.mark.req("SP-111")
def test_whoever_is_not_authenticated_on_the_involvement_gets_no_alert():
    child = a_child()
    mother = on(child, a_parent())
    father = on(child, another_parent(), authenticated=False, relation="Father")
    an_alert(a_trigger("relation"), "citizens", user=father.user)

    change(mother, relation="Aunt")
    work(LATER)

    assert len(letters_to(mother.user)) == 1
    assert letters_to(father.user) == []


@pytest.mark.req("SP-111")
def test_whoever_loses_the_tick_before_the_message_goes_gets_none():
    mother = on(a_child(), a_parent())
    alert = an_alert(a_trigger("relation"), "citizens")
    change(mother, relation="Aunt")
    for task in Task.objects.filter(kind="involvement.changed").order_by("pk"):
        tasks.changed(task.payload, task_key=task.key, now=LATER)
    change(mother, authenticated=False)

    work(LATER)

    assert letters_to(mother.user) == []
    assert alert.runs.get().sendings.get().message is None


@pytest.mark.req("SP-110")
def test_only_the_portal_user_of_the_entry_is_told_that_they_were_authenticated():
    child = a_child()
    mother = on(child, a_parent())
    father = on(child, another_parent(), authenticated=False, relation="Father")
    work()
    an_alert(a_trigger("authenticated"), "concerned")

    change(father, relation="Father")
    work(LATER)

    assert len(letters_to(father.user)) == 1
    assert letters_to(mother.user) == []


def test_the_same_change_told_twice_sends_one_message():
    mother = on(a_child(), a_parent())
    an_alert(a_trigger("relation"), "citizens")
    change(mother, relation="Aunt")
    told = list(Task.objects.filter(kind="involvement.changed"))

    for task in told * 2:
        tasks.changed(task.payload, task_key=task.key, now=LATER)
    work(LATER)

    assert len(letters_to(mother.user)) == 1


@pytest.mark.req("SP-270")
def test_an_alert_that_was_stopped_sends_nothing():
    mother = on(a_child(), a_parent())
    alert = an_alert(a_trigger("relation"), "citizens")
    services.deactivate_alert(alert, by=an_administrator(), now=NOON)

    change(mother, relation="Aunt")
    work(LATER)

    assert letters_to(mother.user) == []


@pytest.mark.req("SP-273")
def test_every_message_is_entered_in_the_childs_communication_log():
    mother = on(a_child(), a_parent())
    an_alert(a_trigger("relation"), "citizens")

    change(mother, relation="Aunt")
    work(LATER)

    line = Communication.objects.get(child=mother.involvement.child, to=mother.user)
    assert (line.means, line.message_id) == ("message", letters_to(mother.user)[0].pk)


@pytest.mark.req("SP-265", "SP-271", "SP-261")
def test_a_scheduled_alert_sends_each_row_to_the_people_on_its_involvement():
    mother, other = on(a_child(), a_parent()), on(a_child("Other"), another_parent())
    query = "SELECT involvement_id, days_open, opened_on FROM involvements"
    an_alert(a_schedule(query, include_result=True), "citizens")

    services.claim_due(now=SOON)
    work(SOON)

    assert len(letters_to(mother.user)) == len(letters_to(other.user)) == 1
    body = letters_to(mother.user)[0].body
    assert "Days open: 0" in body
    assert "nvolvement" not in body


@pytest.mark.req("SP-271")
def test_without_the_column_everybody_of_the_type_is_told_but_not_the_result():
    mother, named = on(a_child(), a_parent()), on(a_child("Other"), another_parent())
    an_alert(
        a_schedule("SELECT count(*) AS open FROM involvements", include_result=True),
        "citizens",
        user=named.user,
    )

    services.claim_due(now=SOON)
    work(SOON)

    assert "Open" not in letters_to(mother.user)[0].body
    assert "Open: 2" in letters_to(named.user)[0].body


def test_a_column_portal_user_id_keeps_a_row_to_that_one_person():
    child = a_child()
    mother = on(child, a_parent())
    father = on(child, another_parent(), relation="Father")
    query = "SELECT involvement_id, portal_user_id FROM portal_sharing WHERE role_relationship = 'Father'"
    an_alert(a_schedule(query), "citizens")

    services.claim_due(now=SOON)
    work(SOON)

    assert (len(letters_to(mother.user)), len(letters_to(father.user))) == (0, 1)


@pytest.mark.req("SP-262", "SP-263")
@pytest.mark.parametrize(
    ("rows", "ticked", "expected"),
    [
        ([], True, False),
        ([], False, False),
        ([[None]], True, True),
        ([[0]], True, True),
        ([[0]], False, False),
        ([[0.0]], False, False),
        ([[""]], False, False),
        ([[None]], False, False),
        ([[False]], False, False),
        ([[1, 0]], False, True),
        ([[0], [1]], False, False),
        ([["words"]], False, True),
    ],
)
def test_when_an_answer_fires(rows, ticked, expected):
    assert fires(rows, on_row=ticked) is expected


@pytest.mark.req("SP-264", "SP-265")
@pytest.mark.parametrize(
    ("unit", "every", "after", "expected"),
    [
        ("minutes", 15, timedelta(minutes=31), timedelta(minutes=45)),
        ("hours", 2, timedelta(hours=2), timedelta(hours=4)),
        ("days", 1, timedelta(days=3, minutes=1), timedelta(days=4)),
        ("weeks", 2, timedelta(days=1), timedelta(days=14)),
    ],
)
def test_times_are_counted_from_the_first_so_that_none_drifts(unit, every, after, expected):
    assert next_after(NOON, every=every, unit=unit, now=NOON + after) == NOON + expected


@pytest.mark.req("SP-264")
def test_months_keep_their_day_and_the_time_that_clocks_show():
    first = timezone.make_aware(timezone.datetime(2027, 1, 31, 9, 30))

    days = []
    at = first
    for _turn in range(3):
        at = next_after(first, every=1, unit="months", now=at)
        days.append(f"{timezone.localtime(at):%d %b %H:%M}")

    assert days == ["28 Feb 09:30", "31 Mar 09:30", "30 Apr 09:30"]


@pytest.mark.req("SP-265")
def test_an_alert_that_is_due_is_fired_once_and_moved_on_whoever_looks():
    mother = on(a_child(), a_parent())
    alert = an_alert(a_schedule(), "citizens")
    late = SOON + timedelta(days=15)

    assert [services.claim_due(now=late), services.claim_due(now=late)] == [1, 0]
    work(late)
    alert.refresh_from_db()

    assert alert.next_at == SOON + timedelta(days=21)
    assert len(letters_to(mother.user)) == 1
    assert alert.runs.get().state == Run.State.SENT


@pytest.mark.req("SP-264", "SP-265")
def test_an_active_alert_is_changed_though_it_ran_since_its_page_was_opened():
    alert = an_alert(a_schedule(every=1, unit="minutes"), "citizens")
    opened = a_schedule(every=1, unit="minutes", reason="Other words", template=alert.template_id)
    later = SOON + timedelta(minutes=3, seconds=5)
    services.claim_due(now=later)
    alert.refresh_from_db()
    expected = (SOON, SOON + timedelta(minutes=4))

    changed = services.change_alert(
        alert, definition=opened, seen=alert.revision, by=an_administrator(), now=later
    )

    assert (changed.reason, changed.first_at, changed.next_at) == ("Other words", *expected)
    over = replace(opened, every=2)
    with pytest.raises(AlertIncomplete):
        services.change_alert(
            changed, definition=over, seen=changed.revision, by=an_administrator(), now=later
        )


def test_an_alert_without_a_repeat_runs_once_and_stops():
    on(a_child(), a_parent())
    alert = an_alert(a_schedule(every=None, unit=""), "citizens")

    services.claim_due(now=SOON)
    alert.refresh_from_db()

    assert (alert.next_at, alert.active) == (None, False)
    assert alert.runs.count() == 1


def test_a_query_that_fails_is_said_in_words_and_the_alert_goes_on():
    alert = an_alert(a_schedule(), "citizens")
    Alert.objects.filter(pk=alert.pk).update(query="SELECT no_such_column FROM involvements")

    services.claim_due(now=SOON)
    work(SOON)

    run = alert.runs.get()
    assert (run.state, run.problem) == (Run.State.FAILED, "Database")
    assert "no_such_column" in run.said


@pytest.mark.req("SP-255", "SP-257", "SP-266", "SP-269")
def test_an_alert_is_activated_only_with_all_its_parts():
    alert = services.make_alert(a_trigger(), key=uuid4(), by=an_administrator(), now=NOON)

    with pytest.raises(AlertIncomplete) as refused:
        services.activate_alert(alert, by=an_administrator(), now=NOON)

    assert set(refused.value.problems) == {"based_on", "fields", "recipients", "template"}
    assert not Alert.objects.get(pk=alert.pk).active


@pytest.mark.req("SP-256")
def test_the_number_is_the_systems_and_supplied_alerts_are_predefined_and_not_active():
    supplied = Alert.objects.filter(predefined=True)
    made = services.make_alert(a_trigger(), key=uuid4(), by=an_administrator(), now=NOON)

    assert made.pk and not made.predefined
    assert supplied.count() == 2
    assert not any(alert.active for alert in supplied)
    with pytest.raises(Exception, match="predefined"):
        services.remove_alert(supplied[0], by=an_administrator(), now=NOON)


def test_the_same_page_sent_twice_makes_one_alert_and_an_old_page_changes_none():
    key, by = uuid4(), an_administrator()
    first = services.make_alert(a_trigger(), key=key, by=by, now=NOON)

    assert services.make_alert(a_trigger(), key=key, by=by, now=NOON) == first
    services.change_alert(first, definition=a_trigger(), seen=1, by=by, now=NOON)
    with pytest.raises(ChangedMeanwhile):
        services.change_alert(first, definition=a_trigger(), seen=1, by=by, now=NOON)


@pytest.mark.req("SP-266", "SP-268")
def test_the_last_recipient_of_an_active_alert_cannot_be_removed():
    alert = an_alert(a_trigger(), "citizens")
    by = an_administrator()

    with pytest.raises(NobodyChosen):
        services.add_recipients(alert, choice=Choice(), by=by, now=NOON)
    with pytest.raises(AlertIncomplete):
        services.remove_recipient(alert.recipients.get(), by=by, now=NOON)
    services.deactivate_alert(alert, by=by, now=NOON)
    services.remove_recipient(alert.recipients.get(), by=by, now=NOON)

    assert not alert.recipients.exists()


@pytest.mark.req("SP-267")
@pytest.mark.parametrize(
    ("kinds", "name"),
    [
        (CONCERNED_AND_ALL, "Portal"),
        (("citizens",), "Citizen Portal"),
        (("professionals",), "Professional Portal"),
    ],
)
def test_choosing_a_type_says_whom_that_is(kinds, name):
    assert whom_the_kinds_are(kinds) == (
        f"The recipients of this alert will be authenticated {name} users that are on a child or young "
        "person’s EHCP Assessment Involvement."
    )


def test_every_act_is_in_the_audit():
    mother = on(a_child(), a_parent())
    alert = an_alert(a_trigger("relation"), "citizens")
    change(mother, relation="Aunt")
    work(LATER)
    services.deactivate_alert(alert, by=an_administrator(), now=LATER)
    services.remove_alert(alert, by=an_administrator(), now=LATER)
    services.bring_back_alert(alert, by=an_administrator(), now=LATER)

    verbs = set(Audited.objects.filter(verb__startswith="alerts.").values_list("verb", flat=True))
    acts = (
        "made",
        "changed",
        "recipient_added",
        "activated",
        "fired",
        "deactivated",
        "removed",
        "brought_back",
    )
    assert verbs == {f"alerts.{act}" for act in acts}


def test_old_runs_are_forgotten_and_the_messages_stay():
    mother = on(a_child(), a_parent())
    an_alert(a_trigger("relation"), "citizens")
    change(mother, relation="Aunt")
    work(LATER)

    tasks.forget(LATER + timedelta(days=3 * 365))

    assert not Run.objects.exists()
    assert letters_to(mother.user)


def test_a_definition_that_is_too_long_or_cannot_be_is_said_field_by_field():
    with pytest.raises(AlertIncomplete) as refused:
        services.make_alert(
            Definition(kind="x", reason="r" * 121, description="d" * 2001),
            key=uuid4(),
            by=an_administrator(),
            now=NOON,
        )

    assert set(refused.value.problems) == {"kind", "reason", "description"}


def test_the_demonstration_has_two_alerts_that_work():
    cast = SimpleNamespace(staff={ADMINISTRATOR: an_administrator()})

    set_up_alerts(cast, now=NOON)

    assert Alert.objects.filter(activated_at__isnull=False).count() == 2
    assert all(due is None or due > NOON for due in Alert.objects.values_list("next_at", flat=True))
