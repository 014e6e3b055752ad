"""What may never be passed, while several people do it at the same moment."""

from collections.abc import Callable
from typing import Any

import pytest

from guildhall.foundation.kit.refusals import Refusal
from guildhall.people.accounts import services as accounts
from guildhall.people.accounts.models import Passkey, RecoveryCode, User
from guildhall.people.groups import queries as groups
from guildhall.people.membership import services as membership
from guildhall.people.membership.models import SchoolPlace
from guildhall.people.membership.school_queries import supervisors_of
from guildhall.people.membership.services import staff
from guildhall.work.privacy import services as privacy
from guildhall.work.privacy.models import Run
from tests.at_once import a_database_of_its_own, together  # noqa: F401 (every test here is on a file)

from ...standing import NOON, a_person, an_administrator
from .schools import a_place, a_school, the_council

pytestmark = pytest.mark.django_db(transaction=True)


def tried(act: Callable[[], Any]) -> str:
    try:
        act()
    except Refusal as refusal:
        return type(refusal).__name__
    return "done"


def another_administrator() -> User:
    return a_person("zainab@council.example.org", role="administrator")


@pytest.mark.req("SC-024", "SC-027")
def test_a_school_has_two_supervisors_at_most_and_never_none():
    people = [a_place(f"person{number}@ysgol.example.org") for number in range(4)]
    acting = {"holder": the_council(), "by": an_administrator(), "now": NOON}

    def on(places: list[SchoolPlace], act: Callable[..., Any]) -> list[str]:
        return sorted(together(len(places), lambda number: tried(lambda: act(places[number], **acting))))

    assert on(people, membership.appoint_supervisor) == ["NoSeat", "NoSeat", "done", "done"]
    assert len(supervisors_of(a_school().pk)) == 2
    assert on(supervisors_of(a_school().pk), membership.remove_person) == ["LastSupervisor", "done"]
    assert len(supervisors_of(a_school().pk)) == 1


@pytest.mark.req("SP-018")
def test_two_administrators_who_close_each_other_s_account_leave_one_of_them():
    owen, zainab = an_administrator(), another_administrator()
    pairs = [(owen, zainab), (zainab, owen)]

    def close(number: int) -> str:
        by, other = pairs[number]
        return tried(lambda: staff.act_on(other, act="disable", reason="left", by=by, now=NOON))

    assert sorted(together(2, close)) == ["NobodyLeft", "done"]
    assert groups.people_in(frozenset({"administrator"})) == 1


def test_somebody_who_needs_a_passkey_keeps_one_of_two_that_are_removed_at_once():
    owen = an_administrator()
    keys = [
        Passkey.objects.create(
            user=owen, name=f"Key {one}", credential=one, handle="h", public_key=b"", made_at=NOON
        )
        for one in "ab"
    ]

    def remove(number: int) -> str:
        return tried(lambda: accounts.remove_way(keys[number], by=owen, now=NOON))

    assert sorted(together(2, remove)) == ["LastWay", "done"]
    assert Passkey.objects.filter(user=owen).count() == 1


def test_a_recovery_code_that_is_typed_twice_at_once_lets_one_in():
    owen = an_administrator()
    [code, *_] = accounts.make_recovery_codes(owen, by=owen, now=NOON)

    def use(_number: int) -> str:
        return tried(lambda: accounts.check_code(owen, code, way="recovery", now=NOON))

    assert sorted(together(3, use)) == ["WrongCode", "WrongCode", "done"]
    assert RecoveryCode.objects.filter(user=owen, used_at=None).count() == 9


@pytest.mark.req("GH-047")
def test_a_list_of_what_is_due_is_agreed_to_once():
    officers = [a_person(f"dpo{number}@council.example.org", role="auditor") for number in range(3)]
    run = privacy.begin_run(by=officers[2], now=NOON)
    while privacy.step(run, now=NOON):
        pass

    def sign(number: int) -> str:
        return tried(lambda: privacy.sign_run(Run.objects.get(), by=officers[number], now=NOON))

    assert sorted(together(2, sign)) == ["NotListed", "done"]
