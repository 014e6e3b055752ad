"""Pages for what went wrong outside a view."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "kit/error.html", {"code": 403}, status=403)
