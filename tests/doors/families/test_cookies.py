"""Only cookies that are needed, and each of them told of on the cookies page."""

import ast
from collections.abc import Iterator
from importlib import import_module

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from guildhall.doors.families.cookies import COOKIES
from guildhall.foundation.texts.catalogue import catalogue
from tests.house.source import modules
from tests.standing import a_parent, come_in

SETTERS = {"set_cookie", "set_signed_cookie"}


def set_in_source() -> Iterator[tuple[str, str]]:
    """Where a cookie is set, and the name it is given there."""
    for name, tree in modules(SETTERS):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in SETTERS:
                yield name, _named(name, node.args[0])


def _named(module: str, first: ast.expr) -> str:
    if isinstance(first, ast.Constant):
        return str(first.value)
    if isinstance(first, ast.Attribute):
        return str(getattr(settings, first.attr))
    assert isinstance(first, ast.Name)
    dotted = "guildhall." + module.removesuffix(".py").replace("/", ".")
    return str(getattr(import_module(dotted), first.id))


def test_no_line_of_the_program_sets_a_cookie_that_is_not_in_the_table():
    found = {name: where for where, name in set_in_source()}

    assert {name for name in found if name not in COOKIES} == set()
    by_django = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
    assert set(COOKIES) == set(found) | by_django, "the table has a cookie that nobody sets"


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_cookies_page_tells_of_every_cookie(language: str):
    words = catalogue()["text-blocks.Page_Cookies"][language]

    assert [told for told in COOKIES.values() if f"**{told}**" not in words] == []


@pytest.mark.django_db
def test_pages_set_only_these():
    client = Client()
    for way in ("/", "/public", reverse("families:cookies"), reverse("account:sign-in"), "/nowhere"):
        client.get(way)
    come_in(client, a_parent())
    for way in (reverse("families:home"), reverse("families:family"), reverse("families:add-child")):
        client.get(way)

    assert set(client.cookies) <= set(COOKIES)
