"""Giving and ending roles, and making accounts for staff."""

import re

import pytest
from django.core.management import CommandError, call_command

from guildhall.people.accounts import services as accounts
from guildhall.people.accounts.models import User
from guildhall.people.membership import queries
from guildhall.people.membership import services as membership
from guildhall.people.organisations.queries import teams

from ...mailbox import last_letter
from ...standing import NOON, a_parent


@pytest.mark.django_db
def test_a_role_of_the_council_asks_for_an_authenticator():
    dilys = a_parent()
    assert dilys.two_step == "email"
    membership.give_role(dilys, role="send-officer", team="send", by=None, now=NOON)
    dilys.refresh_from_db()
    assert dilys.two_step == "app"
    with pytest.raises(accounts.NotAllowed):
        accounts.change_two_step(dilys, method="none", now=NOON)


@pytest.mark.django_db
def test_a_role_is_held_once_and_ends():
    dilys = a_parent()
    first = membership.give_role(dilys, role="professional", by=None, now=NOON)
    assert membership.give_role(dilys, role="professional", by=None, now=NOON) == first
    membership.end_role(first, by=None, now=NOON)
    assert queries.holder_for(dilys, verified=True).roles == {"parent"}
    with pytest.raises(membership.NoSuchRole):
        membership.give_role(dilys, role="king", by=None, now=NOON)


@pytest.mark.django_db
def test_an_operator_makes_an_officer_who_sets_a_password_by_a_link(client, capsys):
    given = ["apugh", "A.Pugh@council.example.org", "Angharad", "Pugh"]
    call_command("create_officer", *given, "--role", "send-officer:send", "--role", "administrator")
    officer = User.objects.get(user_name="apugh")
    assert officer.email == "a.pugh@council.example.org"
    assert not officer.has_usable_password()
    holder = queries.holder_for(officer, verified=False)
    assert (holder.roles, holder.teams) == ({"send-officer", "administrator"}, {"send"})

    link = re.search(r"https?://[^/]+(/account/set-password/\S+)", capsys.readouterr().out)[1]
    assert link in last_letter(officer.email).text
    both = {"password": "purple hill tractor moon", "password_again": "purple hill tractor moon"}
    assert client.post(link, both).status_code in {200, 302}
    officer.refresh_from_db()
    assert officer.check_password(both["password"])


@pytest.mark.django_db
def test_a_name_that_is_taken_or_a_role_that_is_unknown_is_refused_in_words():
    given = ["apugh", "a.pugh@council.example.org", "Angharad", "Pugh"]
    call_command("create_officer", *given, "--role", "auditor", verbosity=0)
    with pytest.raises(CommandError, match="already"):
        call_command("create_officer", "APUGH", *given[1:], "--role", "auditor")
    with pytest.raises(CommandError, match="no role"):
        call_command("create_officer", "other", "o@example.org", "A", "B", "--role", "king")
    assert User.objects.filter(user_name="other").count() == 0


@pytest.mark.django_db
def test_every_authority_starts_with_the_teams_that_its_services_need():
    assert {team.key for team in teams()} >= {"early-help", "safeguarding", "send"}
    assert all(team.name["en"] and team.name["cy"] for team in teams())
