"""Refuses to start while a view does not say who may come in, and by which verbs."""

import inspect
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django.conf import settings
from django.core.checks import Error, register
from django.urls import URLPattern, URLResolver, get_resolver

from .doors import Door, door_of


class Route(NamedTuple):
    """An address: its path, its full name, the door of its view, and the verbs the view answers to.

    ``verbs`` is None where the view does not say.
    """

    path: str
    name: str
    door: Door | None
    verbs: tuple[str, ...] | None


def routes() -> Iterator[Route]:
    """Every route, in the order of the address tables."""
    yield from _walk(get_resolver().url_patterns, "", "")


def _walk(patterns: list[Any], path: str, namespace: str) -> Iterator[Route]:
    for pattern in patterns:
        here = path + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, here, inner)
        elif isinstance(pattern, URLPattern):
            view = pattern.callback
            yield Route(here, f"{namespace}{pattern.name}", door_of(view), verbs_of(view))


def verbs_of(view: Callable[..., Any]) -> tuple[str, ...] | None:
    """The verbs that ``require_http_methods`` and its kin let through to ``view``; None without them."""
    layer: Any = view
    while layer is not None:
        # Django's decorator keeps them nowhere but in its closure.
        known = inspect.getclosurevars(layer).nonlocals if inspect.isfunction(layer) else {}
        if "request_method_list" in known:
            return tuple(known["request_method_list"])
        layer = getattr(layer, "__wrapped__", None)
    return None


@register("access")
def every_view_has_a_door(**_kwargs: Any) -> list[Error]:
    """E001 for a view without a door, or open to all without a reason; E002 for one without verbs."""
    return [problem for route in routes() if not _excepted(route) for problem in _problems_of(route)]


def _excepted(route: Route) -> bool:
    return route.name.startswith(tuple(settings.ROUTES_WITHOUT_DOOR))


def _problems_of(route: Route) -> Iterator[Error]:
    where = f"/{route.path} ({route.name})"
    if route.door is None:
        hint = "Put @door(Permission.…) or @open_to_all(reason) on the view."
        yield Error(f"{where} declares no door.", hint=hint, id="guildhall.E001")
    elif route.door.permission is None and not route.door.reason:
        yield Error(f"{where} is open to all and does not say why.", id="guildhall.E001")
    if route.verbs is None:
        hint = "Put @require_safe, @require_POST or @require_http_methods([…]) on the view."
        yield Error(f"{where} declares no verbs.", hint=hint, id="guildhall.E002")


class SilentView(Exception):
    """The program was started with a view that does not say who may come in, or how."""


def refuse_silent_views() -> None:
    """Raise SilentView, naming every view without a door or without verbs."""
    if problems := every_view_has_a_door():
        raise SilentView("; ".join(problem.msg for problem in problems))
