"""One statement reads the session, its person and their roles."""

import pytest
from django.test import Client

from guildhall.people.accounts.models import BrowserSession
from guildhall.people.membership import services as membership
from guildhall.people.membership.sessions import SessionStore

from ...standing import NOON, a_parent, an_officer, another_parent, come_in


@pytest.mark.django_db
def test_who_asks_costs_one_statement_and_freshness_another(client, django_assert_num_queries):
    dilys = a_parent()
    membership.give_role(dilys, role="young-person", by=None, now=NOON)
    come_in(client, dilys)
    client.post("/account/keep-alive")
    with django_assert_num_queries(2):
        assert client.post("/account/keep-alive").status_code == 204


@pytest.mark.django_db
def test_a_stranger_costs_no_session_at_all(client, django_assert_num_queries):
    client.get("/about")
    with django_assert_num_queries(1):
        client.get("/about")


@pytest.mark.django_db
def test_what_a_session_holds_is_written_once_and_again_only_when_it_changed(django_assert_num_queries):
    store = SessionStore()
    store["pending"] = {"user": 1}
    store.save()
    for held in (1, 2):
        with django_assert_num_queries(0):
            store.save()
        store["pending"]["user"] = held + 1
        with django_assert_num_queries(1):
            store.save()
    assert SessionStore(store.session_key)["pending"] == {"user": 3}


@pytest.mark.django_db
def test_roles_given_and_ended_count_at_the_next_request(client):
    officer = an_officer()
    come_in(client, officer)
    response = client.get("/account/")
    assert response.wsgi_request.holder.teams == {"send"}
    membership.give_role(officer, role="safeguarding-officer", team="safeguarding", by=None, now=NOON)
    holder = client.get("/account/").wsgi_request.holder
    assert (holder.roles, holder.teams) == (
        {"send-officer", "safeguarding-officer"},
        {"send", "safeguarding"},
    )
    for one in officer.memberships.all():
        membership.end_role(one, by=None, now=NOON)
    assert client.get("/account/").status_code == 403


@pytest.mark.django_db
def test_a_session_row_names_its_person(client):
    dilys = a_parent()
    come_in(client, dilys)
    assert BrowserSession.objects.get().user == dilys
    come_in(Client(), another_parent())
    assert BrowserSession.objects.exclude(user=dilys).count() == 1


@pytest.mark.django_db
def test_a_session_survives_a_new_secret_key_while_the_old_one_is_known(client, settings):
    come_in(client, a_parent())
    old = settings.SECRET_KEY
    settings.SECRET_KEY = "another-secret-key-that-is-long-enough-0123456789-abcdef"
    assert client.get("/home").status_code == 302
    come_in(client, a_parent())
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY, old]
    settings.SECRET_KEY = "a-third-secret-key-that-is-long-enough-0123456789-abcdef"
    assert client.get("/home").status_code == 200
