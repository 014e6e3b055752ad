"""The kit's own few words ("optional", "Day", "Error"), said through the catalogue that the settings name.

A table entry in the settings, because the kit is the lowest room and the catalogue lies above it.
"""

from collections.abc import Callable
from functools import cache
from typing import Any, cast

from django.conf import settings
from django.utils.module_loading import import_string


@cache
def _catalogue() -> Callable[..., str]:
    return cast(Callable[..., str], import_string(settings.WORDS))


def say(key: str, **values: Any) -> str:
    """The words called ``shared.<key>`` in the active language."""
    return _catalogue()(f"shared.{key}", **values)
