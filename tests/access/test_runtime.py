"""What guards while the portal runs, behind the checks at the start."""

import ast
import importlib
import subprocess
import sys

import pytest
from django.test import Client

from guildhall.foundation.access import check
from guildhall.foundation.access.doors import Door
from guildhall.foundation.audit.middleware import UnrecordedReading

from ..house.source import modules
from ..standing import an_officer, come_in


@pytest.mark.django_db
def test_a_view_without_a_door_is_not_run(settings, client):
    settings.ROOT_URLCONF = "tests.house.silent_urls"
    client.raise_request_exception = False

    assert client.get("/seen/").content == b"in"
    assert client.get("/hidden/").status_code == 500


def test_the_web_program_refuses_to_start_with_a_silent_view(settings):
    settings.DEMONSTRATION = True
    wsgi = importlib.import_module("guildhall.config.wsgi")
    settings.ROOT_URLCONF = "tests.house.silent_urls"
    with pytest.raises(check.SilentView, match="/hidden/"):
        importlib.reload(wsgi)
    settings.ROOT_URLCONF = "guildhall.config.urls"
    importlib.reload(wsgi)


def test_a_view_that_is_open_to_all_must_say_why_and_every_view_its_verbs():
    silent = check.Route("here/", "here", Door(None, reason=""), None)

    assert [problem.id for problem in check._problems_of(silent)] == ["guildhall.E001", "guildhall.E002"]
    assert [route.name for route in check.routes() if route.verbs is None] == []


@pytest.mark.django_db
@pytest.mark.req("GH-046")
def test_an_answer_that_shows_a_child_and_left_no_entry_does_not_leave_the_house(settings, client):
    settings.ROOT_URLCONF = "tests.access.silent_reading"
    come_in(client, an_officer())

    assert client.get("/honest/").content == b"Mali Pritchard"
    with pytest.raises(UnrecordedReading, match="silent"):
        client.get("/silent/")
    production = Client(raise_request_exception=False)
    production.cookies = client.cookies
    answer = production.get("/silent/")
    assert answer.status_code == 500
    assert b"Mali" not in answer.content


@pytest.mark.django_db
def test_somebody_who_is_not_let_in_needs_no_entry(settings, client):
    settings.ROOT_URLCONF = "tests.access.silent_reading"

    assert client.get("/silent/").status_code == 302
    come_in(client, an_officer(), verified=False)
    assert client.get("/silent/").status_code == 403


MANAGERS = {"objects", "_default_manager"}

# Rows that doors may fetch without a query that starts from who asks, each for a reason.
UNSCOPED = {
    "doors/council/children_pages.py": "the audit of one record that the officer was let in to",
    "doors/account/views/registration.py": "the account that this session began to register",
    "doors/council/told_answers.py": "answers of entries that readable has already let through",
    "doors/council/told.py": "title, team and reference of forms, before may_read decides what is shown",
}


def test_doors_fetch_rows_only_through_queries_that_start_from_who_asks():
    loose = {
        name
        for name, tree in modules(MANAGERS)
        if name.startswith("doors/")
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS
    }
    assert loose == set(UNSCOPED)


def start(tmp_path, **environment):
    """Import the web program in a process of its own, as a server does; what it said on its way out."""
    known = {"PYTHONPATH": "src", "GUILDHALL_DATA": str(tmp_path), "PATH": ""}
    done = subprocess.run(
        [sys.executable, "-c", "import guildhall.config.wsgi"],
        env=known | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stderr if done.returncode else ""


@pytest.mark.heavy
@pytest.mark.both
@pytest.mark.req("GH-056")
def test_the_web_program_refuses_to_serve_real_people_with_the_key_that_everybody_knows(tmp_path):
    assert "GUILDHALL_SECRET_KEY" in start(tmp_path)
    assert start(tmp_path, GUILDHALL_DEMO="1") == ""
    assert start(tmp_path, GUILDHALL_SECRET_KEY="a key of our own that nobody else knows, long enough") == ""
