import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from guildhall.foundation.access.doors import door_of, holder_of

from .context import Here, current, set_here

# Pages that a view draws itself to say what to put right. Other refusals show nothing of a child.
_DRAWN_BY_VIEWS = frozenset({409, 410, 422})


class UnrecordedReading(Exception):
    """A view that shows a child's information was about to answer without an entry in the audit."""


class AuditContextMiddleware:
    """Gives every request a number of its own, which its audit entries and its answer carry.

    An answer with a child's information (``reads_child`` at the door) that left no entry does not leave
    the house (GH-046).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = str(uuid.uuid4())
        set_here(Here(request_id=request_id, roles=holder_of(request).roles))
        try:
            response = self.get_response(request)
            _refuse_unrecorded(request, response)
        finally:
            set_here(None)
        response["X-Request-ID"] = request_id
        return response

    def process_view(self, request: HttpRequest, view: Callable[..., Any], *_args: Any) -> None:
        its_door = door_of(view)
        request.reads_child = its_door is not None and its_door.reads_child  # type: ignore[attr-defined]


def _refuse_unrecorded(request: HttpRequest, response: HttpResponse) -> None:
    status = response.status_code
    shows = status < 300 or status in _DRAWN_BY_VIEWS
    if shows and getattr(request, "reads_child", False) and "child.viewed" not in current().kept:
        where = request.resolver_match.view_name if request.resolver_match else request.path
        raise UnrecordedReading(f"{where} showed a child without an entry in the audit")
