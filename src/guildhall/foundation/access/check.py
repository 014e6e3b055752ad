"""Refuses to start while a view declares no door."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.checks import Error, register
from django.urls import URLPattern, URLResolver, get_resolver

from .doors import Door, door_of


def routes() -> Iterator[tuple[str, str, Door | None]]:
    """Every route as (path, full name, door), in the order of the address tables."""
    yield from _walk(get_resolver().url_patterns, "", "")


def _walk(patterns: list[Any], path: str, namespace: str) -> Iterator[tuple[str, str, Door | None]]:
    for pattern in patterns:
        here = path + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, here, inner)
        elif isinstance(pattern, URLPattern):
            yield here, f"{namespace}{pattern.name}", door_of(pattern.callback)


@register("access")
def every_view_has_a_door(**_kwargs: Any) -> list[Error]:
    return [
        Error(
            f"/{path} ({name}) declares no door.",
            hint="Put @door(Permission.…) or @open_to_all(reason) on the view.",
            id="guildhall.E001",
        )
        for path, name, its_door in routes()
        if its_door is None and not name.startswith(tuple(settings.ROUTES_WITHOUT_DOOR))
    ]


class SilentView(Exception):
    """The program was started with a view that declares no door."""


def refuse_silent_views() -> None:
    """Raise SilentView, naming every view without a door."""
    if problems := every_view_has_a_door():
        raise SilentView("; ".join(problem.msg for problem in problems))
