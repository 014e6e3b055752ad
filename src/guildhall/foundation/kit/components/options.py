"""What a person may choose from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

NOTHING = SafeString("")


@dataclass(frozen=True)
class Option:
    """One choice. ``conditional`` is drawn below it while it is chosen; ``exclusive`` unticks the others.

    ``divider`` (such as "or") is a word between choices and no choice itself.
    """

    value: str
    text: str
    hint: str = ""
    conditional: SafeString = NOTHING
    exclusive: bool = False
    disabled: bool = False
    divider: str = ""
    name: str = ""
    id: str = ""


def option(given: Any) -> Option:
    """An Option from a mapping with its names as keys, a (value, text) pair, or an Option."""
    if isinstance(given, Option):
        return given
    if isinstance(given, Mapping):
        return Option(**{"value": "", "text": ""} | {key: _plain(key, one) for key, one in given.items()})
    value, text = given
    return Option(str(value), text)


def _plain(key: str, value: Any) -> Any:
    if key == "value":
        return str(value)
    return value if value is not None else ""
