"""T9 tokens, T10 host names, T33 faults that tell nothing, T34 verbs: on every route there is."""

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from guildhall.foundation.access import check
from guildhall.foundation.outbox.models import Task

from ..access import targets
from ..access.world import PERSONAS, client_of, the_world
from ..mailbox import last_letter
from ..standing import a_parent, come_in

pytestmark = [pytest.mark.django_db, pytest.mark.heavy]
ASKING = ("parent A", "professional", "send officer", "anonymous")
# What a GET may write: who looked, the session, and that a message or a form was opened (SP-113, SP-185).
READING = {"audit.entry", "accounts.browsersession", "sessions.session"}
OPENING = {
    "inbox:message": {"mail_messages.message"},
    "inbox:conversation": {"mail_messages.message"},
    "council:case": {"cases.case", "cases.caseevent"},
}


@pytest.fixture
def world():
    return the_world()


def address(world, persona, route) -> str:
    _, arguments = targets.relations(world, route.name, PERSONAS[persona])[0]
    if arguments is None:
        arguments = targets.relations(world, route.name, PERSONAS[persona])[1][1]
    return reverse(route.name, kwargs=arguments)


def fingerprints() -> dict[str, str]:
    """Every table of the portal → what is in it."""
    return {
        model._meta.label_lower: hashlib.sha256(
            repr(list(model._base_manager.order_by("pk").values_list())).encode()
        ).hexdigest()
        for model in apps.get_models()
        if model._meta.label_lower not in READING
    }


@contextmanager
def written() -> Iterator[list[str]]:
    """The statements that write to a table, other than one of those of READING, as they are executed."""
    seen: list[str] = []
    reading = {apps.get_model(label)._meta.db_table for label in READING}

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if (found := _WRITES.match(sql)) and found[1] not in reading:
            seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield seen


_WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)


# T9


def test_every_post_without_a_token_of_our_own_page_is_refused_and_changes_nothing(world):
    tried = 0
    for persona in ASKING:
        client = client_of(world, persona)
        client.handler.enforce_csrf_checks = True
        # Some addresses are of rows that are made when they are first asked for.
        posting = {
            route: address(world, persona, route) for route in check.routes() if "POST" in (route.verbs or ())
        }
        before = fingerprints()
        for route, where in posting.items():
            for headers in ({}, {"HTTP_ORIGIN": "https://evil.example"}):
                body = {"csrfmiddlewaretoken": "x" * 64}
                answer = client.post(where, body, **headers)
                assert answer.status_code == 403, (persona, route.name)
                tried += 1
        assert fingerprints() == before
    assert tried > 200


def test_with_the_token_of_our_own_page_a_post_is_taken():
    """The control."""
    client = come_in(Client(enforce_csrf_checks=True), a_parent())
    page = client.get("/account/personal-details")
    token = page.context["csrf_token"]

    assert client.post("/account/language", {"language": "cy"}).status_code == 403
    answer = client.post("/account/language", {"language": "cy", "csrfmiddlewaretoken": str(token)})
    assert answer.status_code == 302


def test_opening_a_page_changes_nothing_but_who_looked(world):
    opened = 0
    for persona in ASKING:
        client = client_of(world, persona)
        every = {route: address(world, persona, route) for route in check.routes()}
        before = fingerprints()
        for route, where in every.items():
            with written() as statements:
                for verb in ("get", "head"):
                    response = getattr(client, verb)(where)
                    if response.streaming:
                        b"".join(response.streaming_content)
                    opened += 1
            after = fingerprints() if statements else before
            changed = {table for table in after if after[table] != before[table]}
            assert changed <= OPENING.get(route.name, set()), (persona, route.name)
            before = after
        assert fingerprints() == before, persona
    assert opened > 600


def test_no_page_may_stand_in_a_frame_or_run_what_it_did_not_bring(world):
    client = client_of(world, "parent A")
    for route in check.routes():
        response = client.get(address(world, "parent A", route))
        if response.streaming:
            b"".join(response.streaming_content)
        headers = response.headers
        assert headers["X-Frame-Options"] == "DENY", route.name
        policy = headers["Content-Security-Policy"]
        assert "unsafe" not in policy and ("frame-ancestors 'none'" in policy or "sandbox" in policy), (
            route.name
        )
        assert headers["X-Content-Type-Options"] == "nosniff", route.name


# T10

HOSTS = [
    {"HTTP_HOST": "evil.example"},
    {"HTTP_HOST": "127.0.0.1.evil.example"},
    {"HTTP_HOST": "127.0.0.1:8000@evil.example"},
    {"HTTP_HOST": "evil.example:80"},
    {"HTTP_HOST": "127.0.0.1\tevil.example"},
    {"SERVER_NAME": "evil.example"},
]
BESIDE = [
    {"HTTP_X_FORWARDED_HOST": "evil.example"},
    {"HTTP_FORWARDED": "host=evil.example;proto=https"},
    {"HTTP_X_ORIGINAL_HOST": "evil.example"},
    {"HTTP_X_HOST": "evil.example"},
    {"HTTP_X_FORWARDED_SERVER": "evil.example"},
]


@pytest.mark.parametrize("headers", HOSTS, ids=str)
def test_another_host_name_is_refused_and_no_email_goes(headers):
    dilys = a_parent()

    assert Client().get("/account/sign-in", **headers).status_code == 400
    assert Client().post("/account/forgotten", {"email": dilys.email}, **headers).status_code == 400
    assert not Task.objects.exists()


@pytest.mark.parametrize("headers", BESIDE, ids=str)
def test_links_in_emails_lead_to_the_portal_whatever_the_browser_says(headers):
    dilys = a_parent()

    answer = Client().post("/account/forgotten", {"email": dilys.email}, **headers)

    letter = last_letter(dilys.email)
    links = [word for word in letter.text.split() if "://" in word]
    assert links and all(link.startswith(f"{settings.SITE_URL}/") for link in links)
    assert "evil" not in letter.text + letter.html + str(answer.headers)


# T33


class Break:
    """Every view fails, with words that nobody may see."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, *_view):
        raise RuntimeError("zqsecret SELECT forename FROM accounts_user /work/main/src/guildhall")


SECRETS = (
    "zqsecret",
    "select",
    "accounts_user",
    "traceback",
    "runtimeerror",
    "/src/",
    "site-packages",
    ".py",
)


def test_a_fault_on_any_page_tells_nothing_of_the_inside(world, settings):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.Break"]
    failed = 0
    for persona in ("parent A", "anonymous"):
        client = client_of(world, persona)
        for route in check.routes():
            response = client.get(address(world, persona, route))
            assert response.status_code == 500, route.name
            said = (response.content.decode() + str(response.headers)).casefold()
            assert [word for word in SECRETS if word in said] == [], route.name
            assert "<h1" in said and "sorry" in said
            failed += 1
    assert failed > 150


ENCODED = "application/x-www-form-urlencoded"


@pytest.mark.parametrize("language", ["en", "cy"])
def test_refusals_of_every_kind_tell_nothing_either(settings, language):
    client = Client(raise_request_exception=False)
    client.cookies["language"] = language
    come_in(client, a_parent(language=language))
    big = {"body": "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)}
    many = {f"f{number}": "x" for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)}
    answers = {
        400: client.get("/", HTTP_HOST="evil.example"),
        403: client.get("/council/review/"),
        404: client.get("/nowhere/zqsecret/"),
        413: client.post(
            "/account/contact-details", json.dumps(big), content_type="application/x-www-form-urlencoded"
        ),
    }
    for status, answer in answers.items():
        assert answer.status_code == status
        said = answer.content.decode().casefold()
        assert [word for word in SECRETS[1:] if word in said] == []
        assert "<h1" in said
    assert client.post("/account/contact-details", many).status_code == 413


# T34

VERBS = (
    "GET",
    "HEAD",
    "POST",
    "PUT",
    "PATCH",
    "DELETE",
    "OPTIONS",
    "TRACE",
    "CONNECT",
    "PROPFIND",
    "get",
    "X" * 300,
)


@pytest.mark.parametrize("persona", ["anonymous", "parent A", "send officer"])
def test_no_verb_on_any_route_is_a_fault(world, persona):
    for route in check.routes():
        client = client_of(world, persona)  # an earlier route may have ended the session
        path = address(world, persona, route)
        for verb in VERBS:
            response = client.generic(verb, path, b"")
            if response.streaming:
                b"".join(response.streaming_content)
            assert response.status_code < 500, (verb, route.name)
            known = verb.upper() in (route.verbs or ())
            assert known or response.status_code in {403, 405}, (verb, route.name, response.status_code)


@pytest.mark.parametrize("persona", ["anonymous", "parent B"])
def test_head_answers_as_get_without_the_page(world, persona):
    client = client_of(world, persona)
    compared = 0
    for route in check.routes():
        if "GET" not in (route.verbs or ()) or route.name == "account:held":
            continue
        path = address(world, persona, route)
        whole, head = client.get(path), client.head(path)
        for each in (whole, head):
            body = b"".join(each.streaming_content) if each.streaming else each.content
            assert each is whole or body == b"", route.name
        assert (head.status_code, head.get("Content-Type")) == (whole.status_code, whole.get("Content-Type"))
        compared += 1
    assert compared > 60


def test_a_verb_cannot_be_smuggled(world):
    client = client_of(world, "parent A")
    mine = world.owned["parent A"]
    path = reverse("families:child", args=[mine.child.pk])
    for smuggled in ({"_method": "DELETE"}, {"X-HTTP-Method-Override": "DELETE"}):
        client.post(path, smuggled, HTTP_X_HTTP_METHOD_OVERRIDE="DELETE", HTTP_X_METHOD="DELETE")
    delete = reverse("filling:delete", args=[mine.draft.pk])
    client.get(delete, {"_method": "POST"}, HTTP_X_HTTP_METHOD_OVERRIDE="POST")

    mine.child.refresh_from_db()
    mine.draft.refresh_from_db()
    assert mine.child.removed_at is None


def test_cookies_hold_no_name_of_a_child(world):
    """A notice that names a child is kept in the session, not in the browser."""
    client = client_of(world, "parent A")
    posted = {"child_forename": "Zqforename"}
    child = world.owned["parent A"].child
    response = client.post(reverse("families:remove-child", args=[child.pk]), posted)

    assert response.status_code == 302
    assert settings.MESSAGE_STORAGE.endswith("SessionStorage")
    assert "messages" not in response.cookies
    assert "Mali" not in response.cookies.output()
    assert "Mali" in client.get(response.url).text
