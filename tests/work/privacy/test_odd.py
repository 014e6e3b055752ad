"""Readings that may need a reason: planted ones are found, ordinary work is not."""

from datetime import datetime, timedelta
from itertools import count

import pytest
from django.utils import timezone

from guildhall.foundation.audit.models import Entry
from guildhall.foundation.authority import services as authority
from guildhall.foundation.kit.refusals import Refusals
from guildhall.mail.messages.models import Message
from guildhall.people.accounts.models import User
from guildhall.people.families.models import FamilyChild
from guildhall.records.children.models import Child
from guildhall.records.linkage.models import Mention
from guildhall.work.privacy import odd, services, tasks
from guildhall.work.privacy.models import OddDay, OddReading
from tests.records.some import a_child
from tests.standing import NOON, a_parent, a_person, an_administrator, an_officer
from tests.work.cases.scene import a_case

pytestmark = pytest.mark.django_db
NUMBERS = count(1)
DAY = NOON.date()


def an_auditor() -> User:
    return a_person("dpo@council.example.org", role="auditor")


def reads(reader: User, child: Child, *, at: datetime = NOON, roles: str = "send-officer") -> None:
    Entry.objects.create(
        at=at, verb="child.viewed", by_id=reader.pk, by_name=str(reader), by_roles=roles,
        about_kind="children.child", about_id=str(child.pk), child_id=child.pk, detail={"surface": "page"},
    )  # fmt: skip


def a_stranger(**details: object) -> Child:
    number = next(NUMBERS)
    given = {"forename": f"Child{number}", "surname": f"Stranger{number}", "postcode": "ZZ9 9ZZ"}
    return a_child(**(given | details))


def told_by(child: Child, user: User) -> None:
    own = FamilyChild.objects.create(
        added_by=user, forename="Mali", surname="Pugh", born_on=DAY, added_at=NOON
    )
    Mention.objects.create(
        identity={}, said_by=user, family_child=own.pk, child=child, state="linked",
        source_kind="test", source_id=str(next(NUMBERS)), reported_at=NOON,
    )  # fmt: skip


def found() -> set[tuple[str, int, int | None]]:
    return {(each.rule, each.reader, each.child) for each in odd.findings(odd.day_of(DAY))}


@pytest.mark.req("GH-046")
def test_a_child_of_the_reader_s_own_family_is_listed():
    officer, child = an_officer(), a_stranger()
    told_by(child, officer)
    reads(officer, child)

    assert found() == {("family", officer.pk, child.pk)}


@pytest.mark.req("GH-046")
def test_a_child_at_the_reader_s_postcode_is_listed():
    officer = an_officer(address={"postcode": "gu1 4ab"})
    child = a_stranger(postcode="GU1 4AB")
    reads(officer, child)

    assert found() == {("address", officer.pk, child.pk)}


@pytest.mark.req("GH-046")
def test_a_namesake_is_listed_unless_the_reader_s_team_has_a_case_of_the_child():
    officer = an_officer()
    stranger = a_stranger(surname="PRITCHARD")
    case = a_case(child={"surname": "Pritchard"})
    reads(officer, stranger)
    reads(officer, case.mention.child)

    assert found() == {("namesake", officer.pk, stranger.pk)}


@pytest.mark.req("GH-046")
def test_a_colleague_s_child_is_listed():
    officer, colleague, child = an_officer(), an_administrator(), a_stranger()
    told_by(child, colleague)
    reads(officer, child)

    assert found() == {("colleague", officer.pk, child.pk)}


def test_the_child_of_a_parent_who_is_no_colleague_is_not_listed():
    child = a_stranger()
    told_by(child, a_parent())
    reads(an_officer(), child)

    assert found() == set()


@pytest.mark.req("GH-046")
def test_readings_out_of_hours_are_listed_from_the_threshold_on():
    officer, child = an_officer(), a_stranger()
    night = timezone.make_aware(datetime(2026, 6, 1, 23, 0))
    for minute in range(4):
        reads(officer, child, at=night + timedelta(minutes=minute))
    assert found() == set()
    reads(officer, child, at=night + timedelta(minutes=10))

    assert found() == {("hours", officer.pk, None)}


@pytest.mark.req("GH-046")
def test_many_children_in_a_short_time_are_listed_and_the_threshold_is_a_setting():
    authority.change_setting("odd.many_children", value=5, by=an_administrator(), now=NOON)
    officer, children = an_officer(), [a_stranger() for _ in range(6)]
    for number, child in enumerate(children):
        reads(officer, child, at=NOON + timedelta(minutes=25 * number))
    assert found() == set()
    for number, child in enumerate(children):
        reads(officer, child, at=NOON + timedelta(minutes=130 + number))

    assert ("many", officer.pk, None) in found()


@pytest.mark.req("GH-046")
def test_many_children_without_an_open_case_are_listed():
    authority.change_setting("odd.without_case", value=2, by=an_administrator(), now=NOON)
    officer, first, second = an_officer(), a_stranger(), a_stranger()
    reads(officer, first)
    reads(officer, a_case().mention.child)
    assert found() == set()
    reads(officer, second)

    (only,) = [each for each in odd.findings(odd.day_of(DAY)) if each.rule == "no-case"]
    assert only.children == sorted([first.pk, second.pk])


def test_what_families_open_themselves_is_not_listed():
    parent, child = a_parent(address={"postcode": "GU1 4AB"}), a_stranger(postcode="GU1 4AB")
    told_by(child, parent)
    reads(parent, child, roles="parent")

    assert found() == set()


@pytest.mark.req("GH-046")
def test_of_many_readings_the_planted_ones_are_found_and_nearly_no_others():
    officers = [
        a_person(f"officer{n}@council.example.org", role="send-officer", team="send") for n in range(4)
    ]
    ordinary = [
        a_case(child={"forename": f"A{n}", "surname": f"Ordinary{n}"}).mention.child for n in range(10)
    ]
    for number in range(400):
        at = NOON + timedelta(minutes=number % 60)
        reads(officers[number % 4], ordinary[number % 10], at=at)
    planted = set()
    for number, officer in enumerate(officers * 5):
        snooped = a_stranger(surname="Pritchard" if number % 2 else f"Other{number}")
        if not number % 2:
            told_by(snooped, officer)
        reads(officer, snooped)
        planted.add((officer.pk, snooped.pk))

    caught = {(reader, child) for _, reader, child in found() if child}

    assert len(planted & caught) >= 19
    assert len(caught - planted) <= 4


def test_the_job_goes_through_each_day_once():
    officer = an_officer(address={"postcode": "GU1 4AB"})
    reads(officer, a_stranger(postcode="GU1 4AB"))
    later = NOON + timedelta(days=2)

    tasks.odd_readings(later)
    tasks.odd_readings(later)

    assert OddReading.objects.count() == 1
    assert OddDay.objects.count() == 7
    assert OddDay.objects.get(on=DAY).readings == 1
    assert Entry.objects.filter(verb="privacy.odd_counted").count() == 7


@pytest.mark.req("GH-046")
def test_whoever_reads_the_audit_is_told_once_a_week_while_readings_wait():
    auditor, officer = an_auditor(), an_officer(address={"postcode": "GU1 4AB"})
    tasks.odd_readings(NOON)
    assert not Message.objects.filter(to=auditor).exists()
    reads(officer, a_stranger(postcode="GU1 4AB"))

    for days in (1, 2, 3, 8):
        tasks.odd_readings(NOON + timedelta(days=days))

    assert Message.objects.filter(to=auditor).count() == 2, "NOON is a Monday: two weeks, one message each"
    assert Message.objects.filter(to=auditor).first().subject == "Unusual readings wait for you: 1"
    assert not Message.objects.filter(to=officer).exists()

    OddReading.objects.update(reviewed_at=NOON, reviewed_by=auditor, outcome="in-order", note="Fine")
    tasks.odd_readings(NOON + timedelta(days=15))
    assert Message.objects.filter(to=auditor).count() == 2


def test_nobody_looks_into_their_own_readings_and_an_outcome_is_said_once():
    auditor = an_auditor()
    own = OddReading.objects.create(rule="hours", on=DAY, reader=auditor.pk, count=5, entry=1, found_at=NOON)
    with pytest.raises(Refusals) as refused:
        services.review_odd(own, outcome="in-order", note="Fine", by=auditor, now=NOON)
    assert "outcome" in refused.value.problems
    other = a_person("deputy@council.example.org", role="auditor")
    with pytest.raises(Refusals):
        services.review_odd(own, outcome="in-order", note="", by=other, now=NOON)

    kept = services.review_odd(own, outcome="in-order", note="A report was due.", by=other, now=NOON)

    assert (kept.outcome, kept.reviewed_by) == ("in-order", other)
    assert Entry.objects.get(verb="privacy.odd_reviewed").detail == {"outcome": "in-order"}
    with pytest.raises(services.Reviewed):
        services.review_odd(own, outcome="asked", note="x", by=other, now=NOON)
