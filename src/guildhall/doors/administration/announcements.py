"""The announcement, which people read after signing in, from its start date to its end date."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.authority import services
from guildhall.foundation.authority.queries import kept_value
from guildhall.foundation.kit import components, speech
from guildhall.foundation.kit.components import Field
from guildhall.foundation.kit.typed import one_line
from guildhall.foundation.texts.forms import DayField
from guildhall.foundation.texts.queries import say

from . import texts_pages
from .texts_pages import Editor
from .trail import crumbs
from .wording import Piece

TEXTS = door(Permission.EDIT_TEXTS, verified=True)
DATES = ("start", "end")
SETTINGS = tuple(f"announcements.{name}" for name in DATES)


@require_http_methods(["GET", "HEAD", "POST"])
@TEXTS
def announcements(request: HttpRequest) -> HttpResponse:
    """Edit the announcement and its dates; without dates nothing is announced."""
    days, problems = _read(request) if request.method == "POST" else (_kept(), {})

    def keep(seen: int) -> None:
        values = {f"announcements.{name}": day.isoformat() if day else None for name, day in days.items()}
        services.change_settings(values, seen=seen, words="", by=request.user, now=timezone.now())

    return texts_pages.edit(request, _editor(request, problems), problems=problems, also=keep)


@require_POST
@TEXTS
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Go back to earlier words."""
    return texts_pages.restore(request, _editor(request, {}), pk)


def _kept() -> dict[str, date | None]:
    found = {name: kept_value(f"announcements.{name}") for name in DATES}
    return {name: date.fromisoformat(day) if day else None for name, day in found.items()}


def _read(request: HttpRequest) -> tuple[dict[str, date | None], dict[str, str]]:
    days: dict[str, date | None] = {}
    problems: dict[str, str] = {}
    for name in DATES:
        try:
            days[name] = DayField(required=False).clean(list(_parts(request, name).values()))
        except ValidationError:
            problems[name] = say(f"administration.Announcements_Error_{name}")
    start, end = days.get("start"), days.get("end")
    if not problems and bool(start) != bool(end):
        problems["end" if start else "start"] = say("administration.Announcements_Error_both")
    if start and end and end < start:
        problems["end"] = say("administration.Announcements_Error_order")
    return days, problems


def _parts(request: HttpRequest, name: str) -> dict[str, str]:
    return {part: one_line(request.POST.get(f"{name}-{part}")) for part in ("day", "month", "year")}


def _editor(request: HttpRequest, problems: dict[str, str]) -> Editor:
    title = say("administration.Announcements_Heading")
    return Editor(
        title=title,
        lead=f"{say('administration.Announcements_Lead')} {_now_set()}",
        pieces=[Piece("text-blocks.Announcements", "administration.Announcements_Block", block=True)],
        here=reverse("administration:announcements"),
        restore="administration:announcements-restore",
        settings=SETTINGS,
        breadcrumbs=crumbs((title, "")),
        context={"before": [_draw(request, name, problems) for name in DATES]},
    )


def _now_set() -> str:
    kept = {name: speech.day(day) for name, day in _kept().items() if day}
    if len(kept) < len(DATES):
        return say("administration.Announcements_NowNever")
    return say("administration.Announcements_Now", **kept)


def _draw(request: HttpRequest, name: str, problems: dict[str, str]) -> str:
    parts: dict[str, Any] = {}
    if request.method == "POST":
        parts = _parts(request, name)
    elif day := _kept()[name]:
        parts = {"day": str(day.day), "month": str(day.month), "year": str(day.year)}
    word = f"administration.Announcements_{name}"
    field = Field(name, say(word), tooltip=say(f"{word}_Tooltip"), problem=problems.get(name, ""))
    return components.date_field(field, **parts)
