"""Portal Configuration: the authority's settings, page by page, and the history of each."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.authority import queries, services
from guildhall.foundation.authority.declared import DECLARED, PAGES, SECRETS, Page, page_of
from guildhall.foundation.authority.models import SettingChange
from guildhall.foundation.kit.meanwhile import ChangedMeanwhile
from guildhall.foundation.kit.pagination import page_of as page_of_list
from guildhall.foundation.kit.telling import refusals_told
from guildhall.foundation.kit.tiles import Tile
from guildhall.foundation.kit.typed import number
from guildhall.foundation.texts.queries import say

from . import settings_fields as fields
from . import settings_more as more
from .trail import crumbs

SETTINGS = door(Permission.EDIT_SETTINGS, verified=True)


@require_safe
@SETTINGS
def index(request: HttpRequest) -> HttpResponse:
    """The pages of settings, and the other parts of the portal's look."""
    pages = [
        Tile(
            say(f"administration.SettingsPage_{page.word}"),
            say(f"administration.SettingsPage_{page.word}_Words"),
            reverse("administration:setting", args=[page.key]),
        )
        for page in PAGES.values()
    ]
    others = [
        Tile(
            say(f"administration.{word}_Heading"),
            say(f"administration.{word}_Words"),
            reverse(f"administration:{name}"),
        )
        for name, word in (("announcements", "Announcements"), ("tiles", "Tiles"), ("footer", "Footer"))
    ]
    context = {"pages": pages + others, "breadcrumbs": crumbs((say("administration.Settings_Heading"), ""))}
    return render(request, "administration/settings_index.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@SETTINGS
def setting(request: HttpRequest, page: str) -> HttpResponse:
    """One page of settings; Save checks everything on it and keeps what differs."""
    shown = _page(page)
    if request.method != "POST":
        return _draw(request, shown)
    filled = fields.read(shown, request.POST)
    if filled.problems:
        return _draw(request, shown, filled, seen=request.POST.get("revision"), status=422)
    try:
        changed = services.change_settings(
            filled.values,
            seen=number(request.POST.get("revision")),
            words=say("administration.Settings_ChangedMeanwhile"),
            by=request.user,
            now=timezone.now(),
        )
    except ChangedMeanwhile as refusal:
        filled.problems[shown.settings[0].field] = refusal.message
        since = number(request.POST.get("revision"))
        return _draw(request, shown, filled, since=since, status=409)
    _say_what(request, changed)
    return redirect("administration:setting", page)


@require_safe
@SETTINGS
def history(request: HttpRequest, page: str) -> HttpResponse:
    """Who changed what on one page of settings, and when."""
    shown = _page(page)
    rows = page_of_list(queries.history_of(shown.keys), request, size=50)
    title = say(f"administration.SettingsPage_{shown.word}")
    context = {
        "page": shown,
        "title": title,
        "rows": rows,
        "seen": queries.revision_of(shown.keys),
        "lines": [_line(row) for row in rows],
        "breadcrumbs": _crumbs(shown, (say("administration.Settings_History"), "")),
    }
    return render(request, "administration/settings_history.html", context)


@require_POST
@SETTINGS
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a setting back the value that it had before a change."""
    change = get_object_or_404(SettingChange, pk=pk)
    page = page_of(change.key)
    if page is None or change.key in SECRETS:
        raise Http404
    label = fields.label_of(DECLARED[change.key])
    with refusals_told(request):
        words = say("administration.Settings_DoesNotFit", label=label)
        done = services.restore_setting(
            change,
            seen=number(request.POST.get("seen")),
            stale=say("administration.Restore_Meanwhile"),
            words=words,
            by=request.user,
            now=timezone.now(),
        )
        word = "Restored" if done else "NotRestored"
        messages.success(request, say(f"administration.Settings_{word}", label=label))
    return redirect("administration:setting-history", page.key)


def _page(key: str) -> Page:
    if key not in PAGES:
        raise Http404
    return PAGES[key]


def _draw(
    request: HttpRequest,
    page: Page,
    filled: fields.Filled | None = None,
    *,
    seen: str | None = None,
    since: int | None = None,
    status: int = 200,
) -> HttpResponse:
    newer = queries.history_of(page.keys).filter(pk__gt=since) if since is not None else []
    context: dict[str, Any] = {
        "page": page,
        "title": say(f"administration.SettingsPage_{page.word}"),
        "words": say(f"administration.SettingsPage_{page.word}_Words"),
        "fields": fields.draw(page, filled),
        "problems": filled.problems if filled else {},
        "revision": number(seen) if seen is not None else queries.revision_of(page.keys),
        "newer": [_line(row) for row in list(newer)[:20]],
        "breadcrumbs": _crumbs(page),
        "more": more.template_of(page.key),
    }
    return render(
        request, "administration/settings_page.html", context | more.context_of(page.key), status=status
    )


def _crumbs(page: Page, *further: tuple[str, str]) -> list[tuple[str, str]]:
    title = say(f"administration.SettingsPage_{page.word}")
    here = reverse("administration:setting", args=[page.key]) if further else ""
    index_ = (say("administration.Settings_Heading"), reverse("administration:settings"))
    return crumbs(index_, (title, here), *further)


def _line(change: SettingChange) -> dict[str, Any]:
    each = DECLARED[change.key]
    return {
        "change": change,
        "label": fields.label_of(each),
        "before": fields.speak(each, change.before),
        "after": fields.speak(each, change.after),
        "may_restore": change.key not in SECRETS,
    }


def _say_what(request: HttpRequest, changed: list[str]) -> None:
    if changed:
        names = ", ".join(fields.label_of(DECLARED[key]) for key in changed)
        messages.success(request, say("administration.Settings_Saved", names=names))
    else:
        messages.info(request, say("administration.Settings_Same"))
