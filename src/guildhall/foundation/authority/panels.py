"""A panel that is off: its pages are not there for families. Other doors keep theirs."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from guildhall.foundation.access.doors import holder_of

from .queries import setting

View = Callable[..., HttpResponse]


def panel(key: str) -> Callable[[View], View]:
    """Below the door of a view: Http404 while the panel ``key`` is switched off."""

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if closed_to(request, key):
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return declare


def closed_to(request: HttpRequest, key: str) -> bool:
    """Whether the person comes by the families' door alone, and the panel ``key`` is off."""
    return not setting(f"tiles.{key}") and holder_of(request).doors <= {"families"}
