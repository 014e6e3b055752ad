"""Is the program alive, and can it work? For load balancers and monitoring; says nothing about anybody."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from guildhall.foundation.access.doors import open_to_all


@require_safe
@open_to_all("Monitoring asks whether the process answers; the reply holds no data.")
def alive(_request: HttpRequest) -> JsonResponse:
    return _reply({"alive": True}, 200)


@require_safe
@open_to_all("Monitoring asks whether the database answers; the reply holds no data.")
def ready(_request: HttpRequest) -> JsonResponse:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return _reply({"ready": False, "database": "no answer"}, 503)
    return _reply({"ready": True}, 200)


def _reply(facts: dict[str, object], status: int) -> JsonResponse:
    response = JsonResponse(facts, status=status)
    add_never_cache_headers(response)
    return response
