"""What comes in is made fit for the database before any view reads it."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict

_NUL = "\x00"


class NoNulMiddleware:
    """Takes the sign NUL out of what was asked and posted: PostgreSQL refuses it in text and in JSON.

    No keyboard types it, so nothing that anybody wrote is lost. No page has it in its address.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "%00" in request.META.get("QUERY_STRING", ""):
            request.GET = _without_nul(request.GET)  # type: ignore[assignment]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: Any, _arguments: Any, named: dict[str, Any]) -> None:
        """After the check of CSRF has read the post, and before the view does."""
        if any(isinstance(value, str) and _NUL in value for value in named.values()):
            raise Http404
        if request.method == "POST" and any(
            _NUL in name or any(_NUL in value for value in values) for name, values in request.POST.lists()
        ):
            request.POST = _without_nul(request.POST)  # type: ignore[assignment]


def _without_nul(typed: QueryDict) -> QueryDict:
    kept = QueryDict(mutable=True, encoding=typed.encoding)
    for name, values in typed.lists():
        kept.setlist(name.replace(_NUL, ""), [value.replace(_NUL, "") for value in values])
    kept._mutable = False
    return kept
