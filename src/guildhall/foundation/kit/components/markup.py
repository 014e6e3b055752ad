"""Escaping and attributes: the few functions every component is made of."""

from collections.abc import Mapping
from html import escape
from typing import Any

from django.utils.safestring import SafeString

Attributes = Mapping[str, Any]


def inner(value: object) -> str:
    """``value`` as the content of an element: escaped, unless it is already safe."""
    if isinstance(value, SafeString):
        return value
    return escape(str(value), quote=False)


def quoted(value: object) -> str:
    """``value`` as the content of a quoted attribute: always escaped."""
    return escape(str.__str__(value) if isinstance(value, str) else str(value))


def attributes(pairs: Attributes | None) -> str:
    """`` name="value"`` for each pair; True gives the bare name, None and False nothing."""
    if not pairs:
        return ""
    return "".join(_attribute(name, value) for name, value in pairs.items())


def _attribute(name: str, value: object) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return f" {name}"
    return f' {name}="{quoted(value)}"'


def classes(*names: str) -> str:
    """The names that are not empty, separated by spaces."""
    return " ".join(name for name in names if name)
