"""Anything may be posted anywhere: the answer is never a fault, and the next request is as good as ever.

A seeded fuzzer goes over every route that takes posts, as people who may come in there, with the fields that
the page itself would post and with junk in them.
"""

import random
import re
from typing import Any
from urllib.parse import quote, quote_from_bytes

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from guildhall.foundation.access import check

from ..access import targets
from ..access.world import PERSONAS, client_of, the_world
from ..security.test_hostile_text import Page
from ..standing import an_officer, come_in, undone

pytestmark = [pytest.mark.django_db, pytest.mark.heavy, pytest.mark.both]
# Which junk a database refuses is PostgreSQL's question: what it takes, SQLite takes too.
ROUNDS = 12 if connection.vendor == "postgresql" else 4
WHO = ("parent A", "professional", "send officer", "school supervisor", "administrator", "auditor")
DEEP = "[" * 20_000 + "]" * 20_000
JUNK = [
    *("", " ", "\x00", "a\x00b", "\ud800", "\udfff\ud800", "\ufffe", "\u202e", "e\u0301" * 50, "🧑‍🧑‍🧒" * 20),
    *(
        "-1",
        "0",
        "00",
        "1e400",
        "NaN",
        "Infinity",
        "9" * 400,
        "99999999999999999999",
        "-9223372036854775809",
        "٣",
        "²",
    ),
    *("null", "true", "{}", "[]", '{"a":' * 3_000, DEEP, '{"CHILD_FORENAME": {"$ne": 1}}', '"', "'"),
    *(
        "2026-02-30",
        "0000-00-00",
        "31/12/9999",
        "99:99",
        "24:00",
        "Ŵŷ",
        "ẞİı",
        "../../etc/passwd",
        "%00",
        "%c0%ae",
    ),
    *("00000000-0000-0000-0000-000000000000", "not-a-uuid", "x" * 300, "' OR 1=1 --", "{{7*7}}", "\r\nX: y"),
    *("a@b", "@", "a" * 300 + "@example.org", "０", "\u0660", "1_000", "0x10", "+1", " 1 ", "1.5", "1,5"),
]
LONG = "a" * 1_000_000
# Fields that pages hide, and that somebody may write into all the same.
HIDDEN = {
    *("revision", "base", "place", "row", "key", "declarations", "upload", "remove-file", "remove-row", "go"),
    *(
        "add",
        "later",
        "switch_language",
        "seen",
        "version",
        "child",
        "do",
        "verb",
        "team",
        "to",
        "share",
        "reason",
    ),
    *(
        "next",
        "agree",
        "code",
        "name",
        "email",
        "body",
        "subject",
        "files",
        "q-letters",
        "again",
        "confirmed",
    ),
    *(
        "choice-surname",
        "choice-",
        "q-child_forename",
        "q-child_born_on-day",
        "q-areas",
        "language",
        "method",
    ),
}


def fields_on(client, url: str) -> set[str]:
    """The names of every field on the page of ``url``, where it has one."""
    response = client.get(url)
    if response.streaming:
        b"".join(response.streaming_content)
        return set()
    return set(re.findall(r'name="([^"]+)"', response.content.decode())) - {"csrfmiddlewaretoken"}


def a_post(chance: random.Random, names: list[str]) -> dict[str, Any]:
    """Some of ``names`` with junk, some twice, some that nobody asked for, some left out."""
    posted: dict[str, Any] = {}
    for name in chance.sample(names, chance.randint(0, len(names))):
        posted[name] = [chance.choice(JUNK) for _ in range(chance.choice([1, 1, 1, 2, 5]))]
    posted[chance.choice(JUNK)[:100].encode(errors="replace").decode()] = chance.choice(JUNK)
    if chance.random() < 0.05:
        posted[chance.choice(names)] = LONG
    return posted


def encoded(posted: dict[str, Any]) -> bytes:
    """As a form's body, with lone surrogates as the bytes that a broken program would send."""
    pairs = [
        (name, value)
        for name, values in posted.items()
        for value in (values if isinstance(values, list) else [values])
    ]
    return "&".join(
        f"{quote_from_bytes(name.encode('utf-8', 'surrogatepass'))}="
        f"{quote_from_bytes(str(value).encode('utf-8', 'surrogatepass'))}"
        for name, value in pairs
    ).encode()


FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize("persona", WHO)
def test_no_junk_posted_to_any_page_is_a_fault(persona):
    chance, world = random.Random(f"junk {persona}"), the_world()
    client, posts, faults = client_of(world, persona), 0, []
    cookies = client.cookies.output().replace("Set-Cookie: ", "")
    for route in check.routes():
        if "POST" not in (route.verbs or ()):
            continue
        arguments = targets.relations(world, route.name, PERSONAS[persona])[0][1]
        if arguments is None:
            continue
        url = reverse(route.name, kwargs=arguments)
        names = sorted(HIDDEN | fields_on(client, url))
        for turn in range(ROUNDS):
            body = encoded(a_post(chance, names))
            client.cookies.clear()
            client.cookies.load(cookies)
            with transaction.atomic():
                response = client.generic("POST", url, body, content_type=FORM)
                transaction.set_rollback(True)
            posts += 1
            if response.status_code >= 500:
                faults.append((route.name, turn, response.status_code, body[:300]))
            elif response.get("Content-Type", "").startswith("text/html") and not response.streaming:
                assert Page(response.content.decode()).problems == [], route.name
    assert faults == []
    assert posts > 16 * ROUNDS


SHAPES = {
    "invalid UTF-8": (b"name=\xff\xfe&q-child_forename=\xc3\x28&body=\xed\xa0\x80", FORM),
    "6,000 fields": (b"&".join(b"f%d=x" % number for number in range(6_000)), FORM),
    "one field 6,000 times": (b"&".join([b"declarations=first"] * 6_000), FORM),
    "6 MB": (b"body=" + b"a" * 6_000_000, FORM),
    "1 MB": (b"body=" + b"a" * 1_000_000, FORM),
    "no body": (b"", FORM),
    "only ampersands": (b"&" * 3_000, FORM),
    "broken percents": (b"%=%&%zz=%zz&%u1234=%u1234", FORM),
    "JSON": (DEEP.encode(), "application/json"),
    "XML": (b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "application/xml"),
    "broken multipart": (
        b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb',
        "multipart/form-data; boundary=x",
    ),
    "multipart without boundary": (b"a", "multipart/form-data"),
    "multipart with a long boundary": (b"a", "multipart/form-data; boundary=" + "x" * 300),
    "an unknown charset": (b"a=b", FORM + "; charset=zqx"),
    "UTF-7": (b"a=+ADw-script+AD4-", FORM + "; charset=utf-7"),
    "no type": (b"a=b", ""),
}


@pytest.mark.parametrize("persona", ["anonymous", "parent A", "send officer"])
def test_no_shape_of_a_body_is_a_fault(persona):
    """Each shape comes to the same world, which is dear to make, from a browser that sent nothing before."""
    world, faults = the_world(), []
    for shape in SHAPES:
        with undone():
            faults += [f"{shape} at {name}" for name in faults_of(world, persona, shape)]
    assert faults == []


def faults_of(world, persona, shape):
    """The pages that answer a post of ``shape`` with a fault, or after which the portal is not well."""
    client = client_of(world, persona)
    body, kind = SHAPES[shape]
    asked = [
        *("account:sign-in", "account:register", "account:contact", "account:language", "account:forgotten"),
        *("filling:step", "filling:autosave", "filling:upload", "filling:send", "inbox:conversation"),
        *(
            "council:decide",
            "council:mention",
            "council:pass-on",
            "council:child-change",
            "families:add-child",
        ),
    ]
    for name in asked:
        known = [
            arguments
            for _, arguments in targets.relations(world, name, PERSONAS[persona])
            if arguments is not None
        ]
        with transaction.atomic():
            response = client.generic("POST", reverse(name, kwargs=known[0]), body, content_type=kind)
            transaction.set_rollback(True)
        if response.status_code >= 500 or client.get("/healthz").status_code != 200:
            yield name


KEYS = (
    *("q", "page", "sort", "status", "kind", "from", "to", "name"),
    *("child", "version", "next", "door", "outcome"),
)
LISTS = ("/council/review/", "/council/matching/", "/council/children/", "/messages/", "/account/sign-in")


def test_no_junk_in_an_address_is_a_fault():
    client = come_in(Client(raise_request_exception=False), an_officer())
    for number, junk in enumerate([*JUNK, LONG[:3_000]]):
        said = quote(junk.encode("utf-8", "surrogatepass")[:3_000])
        for path in LISTS:
            query = "&".join(f"{key}={said}" for key in KEYS)
            assert client.get(f"{path}?{query}").status_code < 500, (number, path)
        for path in (f"/forms/{said}/", f"/council/review/{said}/", f"/account/confirm/{said}", f"/{said}"):
            assert client.generic("GET", path).status_code < 500, (number, path)
