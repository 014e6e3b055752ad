"""Reading the authority's settings."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Max, QuerySet
from django.utils.translation import get_language

from .defaults import DEFAULTS
from .models import Picture, Secret, Setting, SettingChange
from .sealing import unseal
from .stamps import Kept


def _load() -> dict[str, Any]:
    return DEFAULTS | dict(Setting.objects.values_list("key", "value"))


def _load_pictures() -> dict[str, tuple[str, int, int]]:
    rows = Picture.objects.values_list("name", "digest", "width", "height")
    return {name: (digest, width, height) for name, digest, width, height in rows}


_settings = Kept("settings", _load)
_pictures = Kept("settings", _load_pictures, what="pictures")


def setting(key: str) -> Any:
    """The value of ``key``: the authority's own, else the default. KeyError for an unknown key."""
    return _settings.get()[key]


def kept_value(key: str) -> Any:
    """The value of ``key`` as the database has it at this moment: for whoever is about to change it."""
    rows = list(Setting.objects.filter(key=key).values_list("value", flat=True))
    return rows[0] if rows else DEFAULTS[key]


def revision_of(keys: Iterable[str]) -> int:
    """A number that moves with every change of one of ``keys``."""
    newest = SettingChange.objects.filter(key__in=list(keys)).aggregate(newest=Max("pk"))["newest"]
    return int(newest or 0)


def history_of(keys: Iterable[str]) -> QuerySet[SettingChange]:
    """The changes of ``keys``, newest first, with who made them."""
    return SettingChange.objects.filter(key__in=list(keys)).select_related("changed_by").order_by("-pk")


def secret(key: str) -> str:
    """The secret ``key``, "" when none is kept. Raises sealing.Unreadable. Never keep or log it."""
    sealed = Secret.objects.filter(key=key).values_list("sealed", flat=True).first()
    return unseal(sealed) if sealed else ""


def secret_is_kept(key: str) -> bool:
    """Whether there is a secret ``key``."""
    return Secret.objects.filter(key=key).exists()


def picture(name: str) -> tuple[str, int, int] | None:
    """Digest, width and height of the picture ``name``; None when the authority has none."""
    return _pictures.get().get(name)


def picture_content(name: str, digest: str) -> tuple[bytes, str] | None:
    """Content and kind (media type) of the picture with this ``digest``."""
    found = Picture.objects.filter(name=name, digest=digest).first()
    return (bytes(found.content), found.kind) if found else None


def name_of_authority(language: str | None = None) -> str:
    """The authority's name in ``language`` (default: the active one)."""
    return _in(setting("authority.name"), language)


def name_of_portal(language: str | None = None) -> str:
    """The portal's name in ``language`` (default: the active one)."""
    return _in(setting("portal.name"), language)


def _in(words: dict[str, str], language: str | None) -> str:
    return words.get((language or get_language() or "en")[:2]) or words["en"]
