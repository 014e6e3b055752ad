from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from guildhall.foundation.access.holder import NOBODY, Holder

from .queries import holder_for


class HolderMiddleware:
    """Works out who is asking, on every request, so that a change of role counts at once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.holder = _holder(request)  # type: ignore[attr-defined]
        return self.get_response(request)


def _holder(request: HttpRequest) -> Holder:
    if not request.user.is_authenticated:
        return NOBODY
    return holder_for(request.user, verified=bool(request.session.get("verified")))
