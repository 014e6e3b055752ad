"""A page never waits without an end for PostgreSQL: neither for the server nor for somebody's lock."""

import socket
import time

import psycopg
import pytest
from django.db import OperationalError, connection, connections

from guildhall.config import postgresql
from guildhall.foundation.kit.again import crossed
from guildhall.people.organisations.models import Team

only_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="it asks PostgreSQL")


def test_a_server_that_takes_the_connection_and_says_nothing_is_given_up():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        began = time.monotonic()
        with pytest.raises(psycopg.OperationalError):
            waits = postgresql.connection_options({"connect_timeout": 2})
            psycopg.connect(host="127.0.0.1", port=silent.getsockname()[1], dbname="none", **waits)

    assert time.monotonic() - began < 10


def test_the_address_of_the_database_goes_before_our_own_times():
    assert postgresql.connection_options({"connect_timeout": 1})["connect_timeout"] == 1
    assert postgresql.connection_options({})["connect_timeout"] == 5


@only_postgresql
@pytest.mark.django_db
def test_the_portals_own_connection_waits_no_longer():
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("10s",)
    kept = connections["default"].get_connection_params()
    assert (kept["connect_timeout"], kept["tcp_user_timeout"]) == (5, 15_000)


@only_postgresql
@pytest.mark.django_db(transaction=True)
def test_who_waits_for_a_row_that_a_forgotten_session_holds_is_told_that_somebody_is_in_the_way():
    team = Team.objects.create(key="held", name={"en": "Held", "cy": "Held"})
    known = connection.get_connection_params()
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '300ms'")

    with psycopg.connect(**_plain(known)) as forgotten:
        forgotten.execute("SELECT 1 FROM organisations_team WHERE key = 'held' FOR UPDATE")
        with pytest.raises(OperationalError) as failed:
            Team.objects.filter(pk=team.pk).update(name={"en": "Changed", "cy": "Changed"})

    assert crossed(failed.value)
    connection.close()


def _plain(known: dict) -> dict:
    """Without what is of Django's own cursors and adapters."""
    return {name: known[name] for name in ("dbname", "user", "host", "port") if name in known}
