"""What some pages of settings show besides their fields."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from guildhall.foundation.authority import queries as authority
from guildhall.foundation.documents.queries import LOGO
from guildhall.foundation.kit.colours import contrast
from guildhall.mail.messages import queries as messages


def template_of(page: str) -> str:
    """The template below the fields of ``page``, "" for none."""
    return f"administration/settings_more_{page.replace('-', '_')}.html" if page in _CONTEXTS else ""


def context_of(page: str) -> dict[str, Any]:
    """What that template needs."""
    return _CONTEXTS[page]() if page in _CONTEXTS else {}


def _look() -> dict[str, Any]:
    colour = str(authority.setting("brand.colour"))
    return {
        "contrast": f"{contrast(colour, '#ffffff'):.1f}",
        "readable": contrast(colour, "#ffffff") >= 4.5,
        "logo": authority.picture("logo"),
    }


def _removal() -> dict[str, Any]:
    days = int(authority.setting("removal.days"))
    before = timezone.now() - timedelta(days=days)
    return {"old": messages.count_old(before), "days": days}


def _ecs() -> dict[str, Any]:
    return {"ready": bool(authority.setting("eligibility.address"))}


def _printing() -> dict[str, Any]:
    return {"print_logo": authority.picture(LOGO)}


_CONTEXTS: dict[str, Callable[[], dict[str, Any]]] = {
    "look": _look,
    "scheduled-task": _removal,
    "ecs": _ecs,
    "printing": _printing,
}
