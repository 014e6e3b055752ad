"""Reading words: the authority's override, else the catalogue; Welsh, else English."""

import re
from typing import Any

from django.utils.translation import get_language

from guildhall.foundation.authority import queries as authority
from guildhall.foundation.authority.stamps import Kept

from .catalogue import catalogue
from .models import Override

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


class UnknownText(LookupError):
    """No catalogue file has this text."""


def _load() -> dict[tuple[str, str], str]:
    rows = Override.objects.values_list("area", "key", "language", "value")
    return {(f"{area}.{key}", language): value for area, key, language, value in rows}


_overrides = Kept("texts", _load)


def say(name: str, /, language: str | None = None, **values: Any) -> str:
    """The words called ``area.key`` in ``language`` (default: the active one), placeholders filled.

    ``{authority}`` and ``{portal}`` are always known. A placeholder without a value stays as written.
    Raises UnknownText.
    """
    language = (language or get_language() or "en")[:2]
    return fill(_words(name, language), language, values)


def written(name: str, language: str) -> str:
    """The words called ``area.key`` in ``language`` as they are written, placeholders and all; "" for none.

    Raises UnknownText.
    """
    if name not in catalogue():
        raise UnknownText(name)
    own = _overrides.get().get((name, language))
    return catalogue()[name].get(language, "") if own is None else own


def for_side(name: str, side: str) -> str:
    """The text that stands for ``area.key`` at one side of the portal, where that has its own."""
    own = f"{name}_{side}"
    return own if side and own in catalogue() else name


def fill(words: str, language: str, values: dict[str, Any]) -> str:
    """``words`` with its ``{placeholders}`` replaced by name. Values are data: they are not filled again."""
    if "{" not in words:
        return words

    def replace(match: re.Match[str]) -> str:
        name = match[1]
        if name in values:
            return str(values[name])
        if name == "authority":
            return authority.name_of_authority(language)
        if name == "portal":
            return authority.name_of_portal(language)
        return match[0]

    return _PLACEHOLDER.sub(replace, words)


def _words(name: str, language: str) -> str:
    overrides = _overrides.get()
    known = catalogue().get(name)
    if known is None:
        raise UnknownText(name)
    for tongue in (language, "en"):
        if (own := overrides.get((name, tongue))) is not None:
            return own
        if tongue in known:
            return known[tongue]
    raise UnknownText(name)
