"""Accounts and the audit in the schedule: never early, never what is held, and the audit still holds."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guildhall.foundation.audit import append_only
from guildhall.foundation.audit import queries as audit
from guildhall.foundation.audit import services as audit_services
from guildhall.foundation.audit.models import Entry
from guildhall.mail.messages import services as messages
from guildhall.people.accounts.models import ConsentGiven, Device, User
from guildhall.people.families.models import FamilyChild
from guildhall.people.membership.models import Membership
from guildhall.work.privacy import services
from guildhall.work.privacy.models import Deletion, Run
from guildhall.work.privacy.retention import CLASSES
from guildhall.work.privacy.rules import months_after
from tests.standing import NOON, a_parent, a_person, an_officer, another_parent
from tests.work.cases.scene import a_case

pytestmark = pytest.mark.django_db
LONG_AGO = NOON - timedelta(days=4_000)


@pytest.fixture(autouse=True)
def triggers() -> None:
    append_only.AUDIT.take_down(connection)
    append_only.AUDIT.put_up(connection)


def an_auditor(name: str = "dpo") -> User:
    return a_person(f"{name}@council.example.org", role="auditor")


def kept_for(months: int, key: str) -> None:
    (start,) = CLASSES[key].starts
    services.change_class(
        key, start=start, months=months, action="delete", revision=0, by=an_auditor(), now=NOON
    )


def worked_through() -> Run:
    """A list, signed by somebody else and carried out."""
    run = services.begin_run(by=an_auditor(), now=NOON)
    _to_the_end(run)
    services.sign_run(run, by=an_auditor("deputy"), now=NOON)
    _to_the_end(run)
    return run


def _to_the_end(run: Run) -> None:
    run.refresh_from_db()
    while services.step(run, now=NOON):
        run.refresh_from_db()
    run.refresh_from_db()


def written(on: date, **more: object) -> Entry:
    at = NOON.replace(year=on.year, month=on.month, day=on.day)
    return Entry.objects.create(at=at, verb="room.happened", about_kind="thing", about_id="1", **more)


def sealed() -> None:
    while audit_services.seal(now=NOON, everything=True):
        pass


@pytest.mark.req("GH-047")
def test_an_account_that_nobody_uses_goes_with_its_ways_in_and_its_family():
    parent = a_parent(at=LONG_AGO)
    FamilyChild.objects.create(
        added_by=parent, forename="Mali", surname="Pugh", born_on=date(2015, 1, 1), added_at=NOON
    )
    Device.objects.create(user=parent, key_digest="x", first_at=NOON, last_at=NOON)
    kept_for(72, "accounts")

    run = worked_through()

    assert [(line.key, line.outcome) for line in run.lines.all()] == [("accounts", "gone")]
    assert not User.objects.filter(pk=parent.pk).exists()
    for model in (FamilyChild, Device, ConsentGiven):
        assert not model.objects.exists(), model
    assert not Membership.objects.filter(user=parent.pk).exists()
    assert Deletion.objects.get().mark.startswith(f"{parent.pk}@")


@pytest.mark.req("GH-047")
def test_an_account_that_a_row_still_names_is_emptied_and_is_not_listed_again():
    officer = an_officer(at=LONG_AGO, mobile="07700900123")
    officer.memberships.update(ended_at=LONG_AGO)
    services.place_hold("case", "X-1", reason="An inquiry", by=officer, now=LONG_AGO)
    kept_for(72, "accounts")

    worked_through()

    officer.refresh_from_db()
    assert (str(officer), officer.email, officer.mobile) == (f" #{officer.pk}", None, "")
    assert (officer.state, officer.password, officer.last_login) == ("withdrawn", "", None)
    assert officer not in CLASSES["accounts"].rows()


@pytest.mark.req("GH-047")
@pytest.mark.parametrize("why", ["form", "message", "work", "used"])
def test_an_account_in_use_stays(why: str):
    parent = another_parent(at=LONG_AGO)
    uses: dict[str, Callable[[], object]] = {
        "form": lambda: a_case(sender=parent),
        "message": lambda: messages.send(parent, subject="Hello", body="You", key="k", now=LONG_AGO),
        "work": lambda: Membership.objects.filter(user=parent).update(role="send-officer"),
        "used": lambda: User.objects.filter(pk=parent.pk).update(last_login=NOON - timedelta(days=30)),
    }
    uses[why]()
    kept_for(72, "accounts")

    assert parent.pk not in {int(line.mark.partition("@")[0]) for line in worked_through().lines.all()}
    assert User.objects.get(pk=parent.pk).email == "marek@example.org"


@pytest.mark.req("GH-047")
def test_old_days_of_the_audit_go_and_what_is_left_can_still_be_checked():
    old = [written(date(2019, 3, day)) for day in (1, 1, 2)]
    young = written(date(2026, 5, 1))
    sealed()
    kept_for(72, "audit")

    run = worked_through()

    assert {line.mark: line.outcome for line in run.lines.all()} == {
        "2019-03-01": "gone",
        "2019-03-02": "gone",
    }
    assert not Entry.objects.filter(pk__in=[each.pk for each in old]).exists()
    assert Entry.objects.filter(pk=young.pk).exists()
    sealed()
    assert audit.broken() is None
    assert Entry.objects.filter(verb="audit.pruned").count() == 2


@pytest.mark.req("GH-046")
def test_an_entry_that_went_without_being_pruned_is_still_named():
    kept, other = written(date(2019, 3, 1), child_id=7), written(date(2019, 3, 1))
    sealed()
    audit_services.prune(date(2019, 3, 1), keep=lambda entry: entry.child_id == 7, by=None, now=NOON)
    assert list(Entry.objects.filter(verb="room.happened")) == [kept]
    assert audit.broken() is None

    Entry.objects.filter(pk=kept.pk).delete()

    found = audit.broken()
    assert found is not None
    assert (found.entry_id, found.how) == (kept.pk, "deleted")
    assert other.pk != kept.pk


@pytest.mark.req("GH-046")
def test_a_day_that_was_not_pruned_and_what_tells_of_pruning_cannot_be_deleted():
    written(date(2019, 3, 1))
    next_day = written(date(2019, 3, 2))
    sealed()
    audit_services.prune(date(2019, 3, 1), keep=lambda _: False, by=None, now=NOON)

    for left in (next_day, Entry.objects.get(verb="audit.pruned")):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            left.delete()


def test_entries_without_a_seal_wait_for_it():
    entry = written(date(2019, 3, 1))

    assert audit_services.prune(date(2019, 3, 1), keep=lambda _: False, by=None, now=NOON) == 0
    assert Entry.objects.filter(pk=entry.pk).exists()


@pytest.mark.req("GH-047")
def test_entries_of_a_held_child_or_form_stay_also_where_a_list_shows_them():
    case = a_case()
    kept = [
        written(date(2019, 3, 1), child_id=91),
        written(date(2019, 3, 1), by_id=92),
        Entry.objects.create(
            at=LONG_AGO, verb="child.viewed", about_kind="cases", about_id="list", detail={"shown": [case.pk]}
        ),
        Entry.objects.create(at=LONG_AGO, verb="case.opened", about_kind="cases.case", about_id=str(case.pk)),
    ]
    written(date(2019, 3, 1), child_id=93)
    sealed()
    for kind, what in (("child", "91"), ("user", "92"), ("case", case.reference)):
        services.place_hold(kind, what, reason="An inquiry", by=an_auditor(), now=NOON)
    kept_for(12, "audit")

    worked_through()

    old = Entry.objects.filter(at__year__lt=2025).exclude(verb="audit.pruned")
    assert set(old) == set(kept)
    assert list(CLASSES["audit"].listed(NOON.date() - timedelta(days=400), "")) == []  # type: ignore[misc]


AGES = st.integers(0, 900)
CALM = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@pytest.mark.heavy
@pytest.mark.both
@pytest.mark.req("GH-047")
@settings(max_examples=20, suppress_health_check=CALM, deadline=None)
@given(st.integers(1, 24), st.lists(st.tuples(AGES, st.booleans()), min_size=1, max_size=4))
def test_of_accounts_and_of_the_audit_nothing_goes_early_or_under_a_hold(
    months: int, things: list[tuple[int, bool]]
):
    try:
        with transaction.atomic():
            _goes_right(months, things)
            raise _Undo
    except _Undo:
        pass


class _Undo(Exception):
    """Takes an example back."""


def _goes_right(months: int, things: list[tuple[int, bool]]) -> None:
    accounts, entries = {}, {}
    for number, (age, held) in enumerate(things):
        at = NOON - timedelta(days=age)
        person = a_person(f"p{number}@example.org", role="parent", at=at)
        accounts[person.pk] = entries[written(at.date(), child_id=1_000 + number).pk] = (at.date(), held)
        if held:
            services.place_hold("user", str(person.pk), reason="x", by=an_auditor(), now=NOON)
            services.place_hold("child", str(1_000 + number), reason="x", by=an_auditor(), now=NOON)
    sealed()
    kept_for(months, "accounts")
    kept_for(months, "audit")

    worked_through()

    for model, ours, after in ((User, accounts, 0), (Entry, entries, 1)):
        for pk, (on, held) in ours.items():
            due = months_after(on + timedelta(days=after), months) <= NOON.date()
            assert model.objects.filter(pk=pk).exists() == (held or not due)
    sealed()
    assert audit.broken() is None
