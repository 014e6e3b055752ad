"""A NUL, which PostgreSQL refuses, never reaches a view."""

import pytest
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory

from guildhall.config.input import NoNulMiddleware


def seen_by_the_view(request: HttpRequest, **named: str) -> HttpRequest:
    clean = NoNulMiddleware(lambda _request: HttpResponse())
    clean(request)
    clean.process_view(request, None, (), named)
    return request


def test_the_rest_of_what_was_typed_is_kept():
    typed = {"na\x00me": ["Si\x00ân", "plain"], "other": "Caergybi"}
    post = seen_by_the_view(RequestFactory().post("/", typed)).POST
    assert dict(post.lists()) == {"name": ["Siân", "plain"], "other": ["Caergybi"]}


def test_what_is_asked_in_an_address_is_kept_likewise():
    assert seen_by_the_view(RequestFactory().get("/?q=Mo%00n&q=a+b")).GET.getlist("q") == ["Mon", "a b"]


def test_no_page_has_it_in_its_address():
    with pytest.raises(Http404):
        seen_by_the_view(RequestFactory().get("/"), code="a\x00b")
