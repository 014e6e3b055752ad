"""A view without a door is never run."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse

from .doors import door_of


class DoorMiddleware:
    """The last guard behind the start-up check: a callback that declares no door is a fault."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], *_args: Any) -> None:
        if door_of(view) is None:
            raise ImproperlyConfigured(f"{view.__module__}.{view.__name__} declares no door")
