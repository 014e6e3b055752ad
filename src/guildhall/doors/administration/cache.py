"""What this process keeps in memory, how often that helped, and clearing it in every process."""

import sys
import time
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.authority import services
from guildhall.foundation.authority.stamps import Kept, everything_kept
from guildhall.foundation.texts.catalogue import catalogue
from guildhall.foundation.texts.queries import say
from guildhall.paperwork.forms import queries as forms

from .trail import crumbs

CACHE = door(Permission.CLEAR_CACHE, verified=True)
CONSENT = door(Permission.MANAGE_CONSENT, verified=True)
EVERYTHING = "everything"
_DEEPEST = 6


@dataclass(frozen=True)
class Item:
    """A cached item as the page shows it. ``seconds`` since it was read; None before the first time."""

    key: str
    title: str
    entries: int
    bytes: int
    hits: int
    misses: int
    seconds: int | None
    clearable: bool = True

    @property
    def ratio(self) -> int | None:
        """Of a hundred look-ups, how many found what they wanted."""
        asked = self.hits + self.misses
        return round(100 * self.hits / asked) if asked else None


@require_safe
@CACHE
def cache(request: HttpRequest) -> HttpResponse:
    """The Cache page of general administration."""
    return _page(request, "administration:cache-clear")


@require_safe
@CONSENT
def consent_cache(request: HttpRequest) -> HttpResponse:
    """The same page, for those who manage consent."""
    return _page(request, "administration:consent-cache-clear")


@require_http_methods(["GET", "HEAD", "POST"])
@CACHE
def clear(request: HttpRequest, item: str) -> HttpResponse:
    """Clear Cache: asks, and Save does it."""
    return _clear(request, item, "administration:cache")


@require_http_methods(["GET", "HEAD", "POST"])
@CONSENT
def consent_clear(request: HttpRequest, item: str) -> HttpResponse:
    """The same, for those who manage consent."""
    return _clear(request, item, "administration:consent-cache")


def items() -> list[Item]:
    """Everything this process keeps; what never changes comes last and cannot be cleared."""
    now = time.monotonic()
    return [*(_item(kept, now) for kept in everything_kept()), _forms()]


def _page(request: HttpRequest, clear_url: str) -> HttpResponse:
    shown = items()
    hits, asked = sum(one.hits for one in shown), sum(one.hits + one.misses for one in shown)
    context = {
        "items": shown,
        "ratio": round(100 * hits / asked) if asked else None,
        "clear_url": clear_url,
        "everything": EVERYTHING,
        "breadcrumbs": crumbs((say("administration.Cache_Heading"), "")),
    }
    return render(request, "administration/cache.html", context)


def _clear(request: HttpRequest, item: str, back: str) -> HttpResponse:
    names = sorted({kept.name for kept in everything_kept()})
    chosen = names if item == EVERYTHING else [name for name in names if name == item]
    if not chosen:
        raise Http404
    if request.method == "POST":
        services.clear_cache(chosen, by=request.user, now=timezone.now())
        messages.success(request, say("administration.Cache_Cleared"))
        return redirect(back)
    context = {"item": item, "all": item == EVERYTHING, "title": _title(item), "back": back}
    return render(request, "administration/cache_clear.html", context)


def _item(kept: Kept[Any], now: float) -> Item:
    held: Any = kept.held()
    seconds = int(now - kept.read_at) if held is not None else None
    entries = len(held) if hasattr(held, "__len__") else int(held is not None)
    title = _title(kept.what)
    return Item(kept.name, title, entries, _bytes(held), kept.hits, kept.misses, seconds)


def _forms() -> Item:
    info = forms.definition_of.cache_info()
    title = say("administration.Cache_Item_forms")
    return Item("forms", title, info.currsize, 0, info.hits, info.misses, None, clearable=False)


def _title(what: str) -> str:
    known = f"administration.Cache_Item_{what}"
    return say(known) if known in catalogue() else what


def _bytes(value: Any, depth: int = 0) -> int:
    """About how much memory ``value`` takes, with what is in it."""
    size = sys.getsizeof(value) if value is not None else 0
    if depth == _DEEPEST:
        return size
    if isinstance(value, dict):
        return size + sum(_bytes(key, depth + 1) + _bytes(one, depth + 1) for key, one in value.items())
    if isinstance(value, list | tuple | set | frozenset):
        return size + sum(_bytes(one, depth + 1) for one in value)
    return size
