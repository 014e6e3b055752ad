"""An address table with a view that declares no door, for the test that the program refuses it."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from guildhall.foundation.access.doors import open_to_all


def _silent(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("in")


urlpatterns = [
    path("hidden/", _silent, name="hidden"),
    path("seen/", open_to_all("a test")(_silent), name="seen"),
]
