"""Accounts that nobody uses: warned, disabled, enabled again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from guildhall.foundation.authority import services as authority
from guildhall.foundation.outbox.models import Task
from guildhall.people.accounts import services as accounts
from guildhall.people.accounts.models import User
from guildhall.people.groups import services as grants
from guildhall.people.membership import services as membership

from ...mailbox import last_letter
from ...standing import NOON, a_parent, a_person, an_administrator, an_officer

DAY = timedelta(days=1)


def last_here(user: User, days: int) -> User:
    User.objects.filter(pk=user.pk).update(last_login=NOON - days * DAY, registered_at=NOON - 400 * DAY)
    user.refresh_from_db()
    return user


@pytest.mark.django_db
@pytest.mark.req("SC-011")
@pytest.mark.parametrize(("days", "state"), [(179, "active"), (180, "disabled"), (181, "disabled")])
def test_an_account_of_a_school_or_the_council_is_disabled_after_180_days(days, state):
    teacher = last_here(a_person("sian@ysgol.example.org", role="school-user"), days)
    officer = last_here(an_officer(), days)

    membership.disable_unused(now=NOON)
    membership.disable_unused(now=NOON)

    for user in (teacher, officer):
        user.refresh_from_db()
        assert user.state == state


@pytest.mark.django_db
def test_families_are_never_disabled_for_not_being_here():
    dilys = last_here(a_parent(), 1000)
    membership.disable_unused(now=NOON)
    dilys.refresh_from_db()
    assert dilys.is_active


@pytest.mark.django_db
def test_the_last_administrator_stays():
    admin = last_here(an_administrator(), 1000)
    membership.disable_unused(now=NOON)
    admin.refresh_from_db()
    assert admin.is_active


@pytest.mark.django_db
def test_somebody_who_was_an_administrator_once_does_not_count_as_another_one():
    admin, officer = last_here(an_administrator(), 1000), an_officer()
    ended = membership.give_role(officer, role="administrator", by=None, now=NOON)
    membership.end_role(ended, by=None, now=NOON)
    membership.disable_unused(now=NOON)
    admin.refresh_from_db()
    assert admin.is_active


@pytest.mark.django_db
def test_the_last_who_manages_users_stays_whatever_their_group_is_called():
    admin = an_administrator()
    group = grants.make_group({"en": "Keepers"}, why={"en": "They keep users."}, by=admin, now=NOON)
    grants.change_groups({group.key: frozenset({"users", "groups"})}, seen={group.key: 0}, by=admin, now=NOON)
    keeper = last_here(a_person("keeper@council.example.org", role=group.key), 1000)
    last_here(admin, 1001)
    membership.disable_unused(now=NOON)
    admin.refresh_from_db()
    keeper.refresh_from_db()
    assert (admin.state, keeper.state) == ("disabled", "active")


@pytest.mark.django_db
@pytest.mark.req("SC-014")
@pytest.mark.parametrize(("days", "warned"), [(149, 0), (150, 1), (166, 1), (170, 0), (179, 1)])
def test_a_warning_comes_30_days_14_days_and_1_day_before_and_only_once(days, warned):
    last_here(an_officer(), days)
    for _ in range(3):
        membership.disable_unused(now=NOON)
    assert Task.objects.filter(payload__subject="account.EmailSubject_AccountUnused").count() == warned


@pytest.mark.django_db
@pytest.mark.req("SC-014")
def test_enabled_again_the_days_count_anew_and_only_a_disabled_account_can_be():
    officer, admin = last_here(an_officer(), 200), an_administrator()
    membership.disable_unused(now=NOON)
    officer.refresh_from_db()

    accounts.enable_again(officer, by=admin, now=NOON + DAY)
    membership.disable_unused(now=NOON + 149 * DAY)

    officer.refresh_from_db()
    assert officer.is_active
    assert "use your account again" in last_letter(officer.email, timezone.now()).subject
    with pytest.raises(accounts.NotDisabled):
        accounts.enable_again(officer, by=admin, now=NOON)


@pytest.mark.django_db
def test_the_setting_switches_it_off():
    officer = last_here(an_officer(), 1000)
    authority.change_setting("accounts.unused_days", value=0, by=None, now=NOON)
    membership.disable_unused(now=NOON)
    officer.refresh_from_db()
    assert officer.is_active
