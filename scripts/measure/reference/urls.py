"""The reference's pages: one reads, one reads and notes who looked, one writes one row; all know who asks."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path

from .models import Look, Thing

_BODY = "x" * 1024


def user(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{request.user.get_username()} {_BODY}")


def look(request: HttpRequest, pk: int) -> HttpResponse:
    name = request.user.get_username()
    Look.objects.create(by_id=request.user.pk, about=f"thing {pk}")
    return HttpResponse(f"{name} {_BODY}")


def write(request: HttpRequest, pk: int) -> HttpResponse:
    name = request.user.get_username()
    with transaction.atomic():
        thing = Thing.objects.select_for_update().get(pk=pk)
        Thing.objects.filter(pk=pk).update(revision=thing.revision + 1)
    return HttpResponse(f"{name} {_BODY}")


urlpatterns = [path("user", user), path("look/<int:pk>", look), path("write/<int:pk>", write)]
