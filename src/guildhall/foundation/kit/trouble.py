"""Answers for what a view stops at the door: too many tries."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def too_many_tries(request: HttpRequest, *, seconds: int) -> HttpResponse:
    """429 in plain words; ``seconds`` until it is worth trying again."""
    response = render(request, "kit/error.html", {"error": "shared.Error429"}, status=429)
    response["Retry-After"] = str(seconds)
    return response
