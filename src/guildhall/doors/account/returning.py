"""Where to go after signing in: only to a page of this portal that a person may open by its address."""

from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from guildhall.foundation.access.doors import door_of

NOWHERE = ("account:sign-", "account:code", "account:language", "account:keep-alive", "account:link-")


def safe(target: str) -> str:
    """``target`` when it is the path of one of our pages, else ""."""
    if not target.startswith("/") or not url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        return ""
    if "\\" in target or any(ord(mark) < 33 or ord(mark) == 127 for mark in target):
        return ""
    path = target.split("#")[0].split("?")[0]
    if "//" in path or "%" in path:
        return ""
    try:
        match = resolve(path)
    except Resolver404:
        return ""
    return target if door_of(match.func) is not None else ""


def here(request: HttpRequest) -> str:
    """The safe ``next`` of a request, or ""."""
    return safe(request.POST.get("next") or request.GET.get("next") or "")


def asked(request: HttpRequest) -> str:
    """The safe ``next`` of a request when it is a page to go to after signing in, or ""."""
    target = here(request)
    if target and resolve(target.split("#")[0].split("?")[0]).view_name.startswith(NOWHERE):
        return ""
    return target


def home() -> str:
    """The signed-in home; it sends everybody to the home of their own door."""
    return reverse("families:home")
