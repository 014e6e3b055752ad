"""How many things wait behind an entry of the menu."""

from django.http import HttpRequest


def messages(request: HttpRequest) -> int:
    return 0


def review(request: HttpRequest) -> int:
    return 0


def matching(request: HttpRequest) -> int:
    return 0
