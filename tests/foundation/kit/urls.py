"""Addresses for the tests of the page around every page: stand-ins for every door, and views that fail."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, include, path
from django.views.decorators.csrf import ensure_csrf_cookie

from guildhall.config import brand
from guildhall.config.urls import handler400, handler403, handler404, handler500
from guildhall.foundation.access.doors import open_to_all

SECRET = "canary in the coal mine"
_FAULTS: dict[str, Callable[[], Exception]] = {
    "400": lambda: BadRequest(SECRET),
    "403": lambda: PermissionDenied(SECRET),
    "404": lambda: Http404(SECRET),
    "413": lambda: RequestDataTooBig(SECRET),
    "500": lambda: RuntimeError(SECRET),
    "lost": lambda: OperationalError(SECRET),
    "closed": lambda: InterfaceError(SECRET),
}


@open_to_all("tests")
def fail(request: HttpRequest, kind: str) -> HttpResponse:
    raise _FAULTS[kind]()


@open_to_all("tests")
def page(request: HttpRequest) -> HttpResponse:
    if words := request.GET.get("notice"):
        messages.success(request, words)
    return render(request, "kit/error.html", {"error": "shared.Error404"})


stand_in = open_to_all("tests")(ensure_csrf_cookie(lambda request, **_kwargs: HttpResponse("")))


def _space(name: str, *names: str) -> tuple[list[URLPattern], str]:
    return [path(f"{name}/{one}", stand_in, name=one) for one in names], name


def _all(*spaces: tuple[list[URLPattern], str]) -> list[Any]:
    return [path("", include(space)) for space in spaces]


urlpatterns = [
    path("brand/<slug:stamp>.css", brand.brand, name="brand"),
    path("fail/<slug:kind>", fail),
    path("page", page, name="page"),
    path("council/page", page),
    *_all(
        _space("families", "home", "family", "about", "contact", "terms", "privacy", "cookies"),
        _space("professionals", "home"),
        _space("council", "home", "review", "matching", "children"),
        _space("filling", "saved", "submitted"),
        _space("inbox", "list"),
        _space("account", "home", "sign-in", "sign-out", "language", "keep-alive", "two-step"),
    ),
]

__all__ = ["handler400", "handler403", "handler404", "handler500"]
