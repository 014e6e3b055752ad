"""The page on which a few texts are edited: what announcements, footer pages and tiles have in common."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from guildhall.foundation.authority import queries as authority
from guildhall.foundation.kit.meanwhile import ChangedMeanwhile, carried
from guildhall.foundation.kit.typed import number
from guildhall.foundation.texts.queries import say

from . import wording


@dataclass(frozen=True)
class Editor:
    """What a page edits, and its surroundings. ``here`` is its own address, ``restore`` where to post a
    version's number, ``settings`` what is saved beside the words.
    """

    title: str
    lead: str
    pieces: list[wording.Piece]
    here: str
    restore: str
    breadcrumbs: list[tuple[str, str]]
    context: dict[str, Any] = field(default_factory=dict)
    settings: tuple[str, ...] = ()


def edit(
    request: HttpRequest,
    editor: Editor,
    *,
    problems: dict[str, str] | None = None,
    also: Callable[[int], object] | None = None,
) -> HttpResponse:
    """Show, preview or save. ``problems`` of what else is on the page; ``also`` saves that with the texts.

    ``also`` takes the revision of ``editor.settings`` that the page showed.
    """
    if request.method != "POST":
        return _draw(request, editor)
    typed = wording.read(editor.pieces, request.POST)
    typed.problems = (problems or {}) | typed.problems
    if typed.problems:
        return _draw(request, editor, typed, status=422)
    if "preview" in request.POST:
        return _draw(request, editor, typed, preview=wording.preview(editor.pieces, typed))
    try:
        with transaction.atomic():
            seen = request.POST.get("seen", "")
            wording.keep(editor.pieces, typed, seen=seen, by=request.user, now=timezone.now())
            if also:
                also(number(request.POST.get("seen_beside")))
    except ChangedMeanwhile:
        typed.problems[editor.pieces[0].field("en")] = say("administration.Wording_ChangedMeanwhile")
        return _draw(request, editor, typed, status=409)
    messages.success(request, say("administration.Wording_Saved", title=editor.title))
    return redirect(editor.here)


def restore(request: HttpRequest, editor: Editor, change: int) -> HttpResponse:
    """Give a text the wording of before a change."""
    seen = request.POST.get("seen", "")
    try:
        if not wording.go_back(editor.pieces, change, seen=seen, by=request.user, now=timezone.now()):
            raise Http404
    except ChangedMeanwhile:
        messages.error(request, say("administration.Restore_Meanwhile"))
    else:
        messages.success(request, say("administration.Wording_Restored"))
    return redirect(editor.here)


def _draw(
    request: HttpRequest,
    editor: Editor,
    typed: wording.Written | None = None,
    *,
    preview: list[Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    told = status == 409
    context = {
        "editor": editor,
        "title": editor.title,
        "fields": wording.draw(editor.pieces, typed),
        "problems": typed.problems if typed else {},
        "preview": preview or [],
        "seen": carried(request, wording.seen_of(editor.pieces), told=told),
        "seen_beside": carried(
            request, authority.revision_of(editor.settings), told=told, field="seen_beside"
        ),
        "versions": wording.versions(editor.pieces),
        "breadcrumbs": editor.breadcrumbs,
    }
    return render(request, "administration/wording.html", context | editor.context, status=status)
