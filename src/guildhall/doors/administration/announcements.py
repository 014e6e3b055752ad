"""The announcement, which people read after signing in, from its start date to its end date."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from guildhall.doors.account import announcing
from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import ADMINISTERING, Permission
from guildhall.foundation.authority import services
from guildhall.foundation.authority.queries import kept_value
from guildhall.foundation.kit import components
from guildhall.foundation.kit.components import Field
from guildhall.foundation.texts.queries import say

from . import texts_pages
from .texts_pages import Editor
from .trail import crumbs
from .wording import Piece

TEXTS = door(Permission.EDIT_TEXTS, verified=True)
STAFF = door(Permission.HOLD_ACCOUNT)
DATES = ("start", "end")


@require_http_methods(["GET", "HEAD", "POST"])
@TEXTS
def announcements(request: HttpRequest) -> HttpResponse:
    """Edit the announcement and its dates; without dates nothing is announced."""
    days, problems = _read(request) if request.method == "POST" else (_kept(), {})

    def keep() -> None:
        values = {f"announcements.{name}": day.isoformat() if day else None for name, day in days.items()}
        services.change_settings(values, seen=None, words="", by=request.user, now=timezone.now())

    return texts_pages.edit(request, _editor(request, problems), problems=problems, also=keep)


@require_POST
@TEXTS
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Go back to earlier words."""
    return texts_pages.restore(request, _editor(request, {}), pk)


@require_http_methods(["GET", "HEAD", "POST"])
@STAFF
def announced(request: HttpRequest) -> HttpResponse:
    """The announcement as staff read it on entering general administration; Continue opens it."""
    way_on = "administration:home" if _administers(request) else "council:home"
    if request.method == "POST" or not announcing.current():
        announcing.note_read(request)
        return redirect(way_on)
    context = {"wording": announcing.current(), "here": request.path}
    return render(request, "families/announcement.html", context)


def _administers(request: HttpRequest) -> bool:
    return bool(holder_of(request).permissions & ADMINISTERING)


def _kept() -> dict[str, date | None]:
    found = {name: kept_value(f"announcements.{name}") for name in DATES}
    return {name: date.fromisoformat(day) if day else None for name, day in found.items()}


def _read(request: HttpRequest) -> tuple[dict[str, date | None], dict[str, str]]:
    days: dict[str, date | None] = {}
    problems: dict[str, str] = {}
    for name in DATES:
        parts = [request.POST.get(f"{name}-{part}", "").strip() for part in ("year", "month", "day")]
        try:
            days[name] = date(*(int(part) for part in parts)) if any(parts) else None
        except (ValueError, OverflowError):
            problems[name] = say(f"administration.Announcements_Error_{name}")
    start, end = days.get("start"), days.get("end")
    if not problems and bool(start) != bool(end):
        problems["end" if start else "start"] = say("administration.Announcements_Error_both")
    if start and end and end < start:
        problems["end"] = say("administration.Announcements_Error_order")
    return days, problems


def _editor(request: HttpRequest, problems: dict[str, str]) -> Editor:
    title = say("administration.Announcements_Heading")
    return Editor(
        title=title,
        lead=say("administration.Announcements_Lead"),
        pieces=[Piece("text-blocks.Announcements", "administration.Announcements_Block", block=True)],
        here=reverse("administration:announcements"),
        restore="administration:announcements-restore",
        breadcrumbs=crumbs((title, "")),
        context={"before": [_draw(request, name, problems) for name in DATES]},
    )


def _draw(request: HttpRequest, name: str, problems: dict[str, str]) -> str:
    parts: dict[str, Any] = {}
    if request.method == "POST":
        parts = {part: request.POST.get(f"{name}-{part}", "") for part in ("day", "month", "year")}
    elif day := _kept()[name]:
        parts = {"day": str(day.day), "month": str(day.month), "year": str(day.year)}
    word = f"administration.Announcements_{name}"
    field = Field(name, say(word), tooltip=say(f"{word}_Tooltip"), problem=problems.get(name, ""))
    return components.date_field(field, **parts)
