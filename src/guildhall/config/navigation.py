"""The menu of each door, as one table, and what every page knows."""

from typing import Any

from django.http import HttpRequest


def page_context(request: HttpRequest) -> dict[str, Any]:
    return {}
