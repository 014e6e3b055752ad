"""The design system's components that the kit does not have as its own, by name.

Their macros are compiled once a process; making an environment for each would cost 300 times as much.
"""

from collections.abc import Callable
from functools import cache
from typing import Any, cast

from django.utils.safestring import SafeString
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader, PrefixLoader
from markupsafe import Markup


@cache
def _environment() -> Environment:
    own = PackageLoader("govuk_frontend_jinja")
    return Environment(
        loader=ChoiceLoader([own, PrefixLoader({"govuk_frontend_jinja": own})]),
        autoescape=True,
        undefined=ChainableUndefined,
    )


@cache
def _macro(component: str) -> Callable[[dict[str, Any]], Markup]:
    template = _environment().get_template(f"components/{component}/macro.html")
    name = "govuk" + "".join(part.title() for part in component.split("-"))
    return cast(Callable[[dict[str, Any]], Markup], getattr(template.module, name))


def gds(component: str, **params: Any) -> SafeString:
    """Draw ``component`` (its name in the design system, such as "accordion") from its own parameters.

    ``__`` in a name goes one level down: ``label__text="Name"``. SafeString values stay as they are.
    Raises jinja2.TemplateNotFound for a component that does not exist.
    """
    return SafeString(str(_macro(component)(_nested(params))))


def _nested(params: dict[str, Any]) -> dict[str, Any]:
    nested: dict[str, Any] = {}
    for name, value in params.items():
        *path, last = name.split("__")
        level = nested
        for part in path:
            level = level.setdefault(part, {})
        level[last] = value
    return nested
