from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from . import stamps


class FreshnessMiddleware:
    """Reads the stamps at the start of a request, so that a change made anywhere shows at once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        stamps.begin_request()
        try:
            return self.get_response(request)
        finally:
            stamps.end_request()
