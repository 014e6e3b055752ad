"""The reference's two pages: one reads, one writes one row, both know who asks."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path

from .models import Thing

_BODY = "x" * 1024


def user(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{request.user.get_username()} {_BODY}")


def write(request: HttpRequest, pk: int) -> HttpResponse:
    name = request.user.get_username()
    with transaction.atomic():
        thing = Thing.objects.select_for_update().get(pk=pk)
        Thing.objects.filter(pk=pk).update(revision=thing.revision + 1)
    return HttpResponse(f"{name} {_BODY}")


urlpatterns = [path("user", user), path("write/<int:pk>", write)]
