"""The professionals' home: the forms they can send, and those they saved and sent."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from guildhall.foundation.access.doors import open_to_all

read = require_http_methods(["GET", "HEAD"])


@read
@open_to_all("Which forms there are for professionals is no secret; filling one in needs an account.")
def home(request: HttpRequest) -> HttpResponse:
    """The catalogue of forms for professionals."""
    return render(request, "professionals/home.html")
