import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from guildhall.foundation.access.doors import holder_of

from .context import Here, set_here


class AuditContextMiddleware:
    """Gives every request a number of its own, which its audit entries and its answer carry."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = str(uuid.uuid4())
        set_here(Here(request_id=request_id, roles=holder_of(request).roles))
        try:
            response = self.get_response(request)
        finally:
            set_here(Here())
        response["X-Request-ID"] = request_id
        return response
