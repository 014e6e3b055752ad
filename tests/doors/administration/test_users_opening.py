"""What it takes to open general administration (SP-018, SP-019), and what the first pages offer (SP-017)."""

import pytest
from django.test import Client
from django.urls import reverse

from guildhall.foundation.authority.services import change_setting
from guildhall.people.accounts.models import User
from guildhall.people.groups import queries as groups
from guildhall.people.groups import services as grants
from guildhall.people.membership import services as membership
from tests.standing import NOON, a_parent, an_administrator, an_officer, come_in

pytestmark = pytest.mark.django_db
HOME, USERS = "administration:home", "administration:users"


def missing(client: Client) -> list[str]:
    answer = client.get(reverse(USERS))
    assert answer.status_code == 403
    return [words for words, there in answer.context["lines"] if not there]


@pytest.mark.req("SP-018")
def test_with_everything_in_place_the_area_opens(client: Client):
    come_in(client, an_administrator())
    assert client.get(reverse(HOME)).status_code == 200
    assert client.get(reverse(USERS)).status_code == 200


@pytest.mark.req("SP-018")
def test_without_an_email_address_that_works_it_is_refused_and_says_so(client: Client):
    user = an_administrator()
    come_in(client, user)
    User.objects.filter(pk=user.pk).update(email="not an address")
    assert missing(client) == ["You have an email address that works"]


@pytest.mark.req("SP-018")
def test_without_a_group_it_is_refused_and_says_so(client: Client):
    user = an_administrator(user_name="owen")
    come_in(client, user)
    membership.end_role(user.memberships.get(), by=None, now=NOON)
    assert missing(client) == [
        "You belong to a user group",
        "Your group may do something in General Administration",
    ]


@pytest.mark.req("SP-018")
def test_a_group_without_permissions_is_refused_and_says_so(client: Client):
    come_in(client, an_officer())
    assert missing(client) == ["Your group may do something in General Administration"]


@pytest.mark.req("SP-018")
def test_somebody_who_is_not_set_up_as_a_user_gets_no_further_than_signing_in(client: Client):
    user = an_administrator()
    come_in(client, user)
    User.objects.filter(pk=user.pk).update(state=User.State.DISABLED)
    assert client.get(reverse(HOME))["Location"].startswith(reverse("account:sign-in"))


@pytest.mark.req("SP-019")
def test_while_the_module_is_off_nobody_opens_the_area(client: Client):
    come_in(client, an_administrator())
    change_setting("modules.portal", value=False, by=None, now=NOON)
    for name in (HOME, USERS, "administration:groups"):
        refused = client.get(reverse(name))
        assert refused.status_code == 403
        assert "switched off" in refused.text
    assert reverse(HOME) not in client.get(reverse("council:home")).text

    change_setting("modules.portal", value=True, by=None, now=NOON)
    assert client.get(reverse(USERS)).status_code == 200
    assert reverse(HOME) in client.get(reverse("council:home")).text


def test_people_of_other_doors_learn_nothing_of_it(client: Client):
    come_in(client, a_parent())
    assert client.get(reverse(USERS)).status_code == 403
    assert "switched off" not in client.get(reverse(USERS)).text
    assert client.get(reverse(HOME)).status_code == 404


@pytest.mark.req("SP-017")
def test_the_first_page_offers_just_what_the_groups_may_do(client: Client):
    come_in(client, an_officer())
    tiles = {
        "council:review",
        "council:matching",
        "council:children",
        HOME,
        "council:status",
        "council:audit",
    }

    def offered() -> set[str]:
        page = client.get(reverse("council:home")).text
        return {name for name in tiles if f'<h2><a class="govuk-link" href="{reverse(name)}"' in page}

    assert offered() == {"council:review", "council:matching", "council:children"}
    grants.change_groups({"send-officer": frozenset({"audit"})}, seen={"send-officer": 0}, by=None, now=NOON)
    assert offered() == {"council:audit"}
    grants.change_groups(
        {"send-officer": frozenset({"texts", "access"})},
        seen={"send-officer": 1},
        by=None,
        now=NOON,
        confirmed=True,
    )
    assert offered() == {"council:review", HOME}
    grants.change_groups({"send-officer": frozenset()}, seen={"send-officer": 2}, by=None, now=NOON)
    assert offered() == set()


@pytest.mark.req("SP-331")
def test_each_page_of_the_area_asks_for_its_own_permission(client: Client):
    by = an_administrator()
    come_in(client, by)
    wanted = {"administrator": groups.as_kept()["administrator"].processes - {"settings", "texts", "cache"}}
    grants.change_groups(wanted, seen={"administrator": 0}, by=by, now=NOON)
    for name in ("administration:settings", "administration:cache", "administration:footer"):
        assert client.get(reverse(name)).status_code == 403
        assert reverse(name) not in client.get(reverse(HOME)).text
    assert client.get(reverse(USERS)).status_code == 200
