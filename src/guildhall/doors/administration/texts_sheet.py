"""An area out to translators as a spreadsheet and back in: what would change is shown before it counts."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.taken_away import taken_away
from guildhall.foundation.texts import listing, services, sheets
from guildhall.foundation.texts.areas import AREAS
from guildhall.foundation.texts.queries import say

from .texts_list import TEXTS, describe, name_of_area
from .trail import crumbs

SALT = "administration.texts-import"
KEPT_FOR = 24 * 60 * 60


@require_safe
@TEXTS
def export(request: HttpRequest, area: str) -> HttpResponse:  # noqa: ARG001
    """The texts of an area in both languages, with a note beside those whose Welsh is behind."""
    if area not in AREAS:
        raise Http404
    rows = listing.rows(area=area)
    headings = [say(f"administration.TextsSheet_Column_{column}") for column in sheets.COLUMNS]
    book = sheets.book_of(rows, {row.name: _note(row) for row in rows}, headings)
    return taken_away(book, "xlsx", f"texts-{area}")


@require_http_methods(["GET", "HEAD", "POST"])
@TEXTS
def take_in(request: HttpRequest) -> HttpResponse:
    """Choose a workbook, look at what it would change, then keep it."""
    if request.method != "POST":
        return _draw(request)
    if request.POST.get("proposed"):
        return _keep(request)
    upload = request.FILES.get("file")
    if upload is None:
        return _draw(request, {"file": say("administration.Error_TextsSheet_None")})
    try:
        content = upload.read(sheets.MOST_BYTES + 1)
        return _show(request, sheets.read(content))
    except sheets.Unreadable as refusal:
        return _draw(request, {"file": refusal.message})


def _note(row: listing.Row) -> str:
    state = "Missing" if row.missing else "Stale" if row.stale else ""
    return say(f"administration.Texts_{state}") if state else ""


def _show(request: HttpRequest, found: list[sheets.Proposed]) -> HttpResponse:
    good = [one for one in found if not one.problem]
    sealed = signing.dumps(
        [[one.name, one.language, one.after, one.seen] for one in good], salt=_salt(request), compress=True
    )
    lines = [
        {
            "one": one,
            "description": describe(one.name.partition(".")[2]),
            "area": name_of_area(one.name.partition(".")[0]),
        }
        for one in found
    ]
    return _draw(request, lines=lines, good=len(good), proposed=sealed, looked=True)


def _keep(request: HttpRequest) -> HttpResponse:
    try:
        rows = signing.loads(request.POST["proposed"], salt=_salt(request), max_age=KEPT_FOR)
    except signing.BadSignature:
        return _draw(request, {"file": say("administration.Error_TextsSheet_Again")})
    wanted = [services.Wanted(*row) for row in rows]
    try:
        kept = services.change_texts(wanted, by=request.user, now=timezone.now())
    except Refusal as refusal:
        message = say("administration.Error_TextsSheet_Changed", problem=refusal.message)
        return _draw(request, {"file": message}, status=409)
    messages.success(request, say("administration.TextsSheet_Kept", count=len(kept)))
    return redirect("administration:texts")


def _salt(request: HttpRequest) -> str:
    return f"{SALT}.{request.user.pk}"


def _draw(
    request: HttpRequest, problems: dict[str, str] | None = None, *, status: int = 0, **more: Any
) -> HttpResponse:
    areas = [(reverse("administration:texts-export", args=[area]), name_of_area(area)) for area in AREAS]
    context = {
        "problems": problems or {},
        "areas": areas,
        "breadcrumbs": crumbs(
            (say("administration.Texts_Heading"), reverse("administration:texts")),
            (say("administration.TextsSheet_Heading"), ""),
        ),
    }
    status = status or (422 if problems else 200)
    return render(request, "administration/texts_sheet.html", context | more, status=status)
