"""Reading the authority's settings."""

from typing import Any

from django.utils.translation import get_language

from .defaults import DEFAULTS
from .models import Setting
from .stamps import Kept


def _load() -> dict[str, Any]:
    return DEFAULTS | dict(Setting.objects.values_list("key", "value"))


_settings = Kept("settings", _load)


def setting(key: str) -> Any:
    """The value of ``key``: the authority's own, else the default. KeyError for an unknown key."""
    return _settings.get()[key]


def name_of_authority(language: str | None = None) -> str:
    """The authority's name in ``language`` (default: the active one)."""
    return _in(setting("authority.name"), language)


def name_of_portal(language: str | None = None) -> str:
    """The portal's name in ``language`` (default: the active one)."""
    return _in(setting("portal.name"), language)


def _in(words: dict[str, str], language: str | None) -> str:
    return words.get((language or get_language() or "en")[:2]) or words["en"]
