"""Answers for what a view stops at the door: too many tries."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

_TOO_MANY = 429


def too_many_tries(request: HttpRequest, *, seconds: int) -> HttpResponse:
    """429 in plain words; ``seconds`` until it is worth trying again."""
    response = render(request, "kit/error.html", {"error": f"shared.Error{_TOO_MANY}"}, status=_TOO_MANY)
    response["Retry-After"] = str(seconds)
    return response
