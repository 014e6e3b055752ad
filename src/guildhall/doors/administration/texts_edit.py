"""One text in one language: read-only type, key and culture, its value, preview, history and the original."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from guildhall.foundation.kit.meanwhile import ChangedMeanwhile, carried
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.telling import refusals_told
from guildhall.foundation.kit.typed import number
from guildhall.foundation.texts import history, listing, rules, services, usage
from guildhall.foundation.texts.areas import CULTURES
from guildhall.foundation.texts.models import Change
from guildhall.foundation.texts.queries import say

from . import texts_shown as shown
from .texts_list import LANGUAGES, TEXTS, describe, name_of_area
from .trail import crumbs

MOST_CHANGES = 50


@require_http_methods(["GET", "HEAD", "POST"])
@TEXTS
def text(request: HttpRequest, area: str, key: str, culture: str) -> HttpResponse:
    """Save returns to the list; Preview shows what is typed where it will stand."""
    row, language = _row(area, key), _language(culture)
    if request.method != "POST":
        return _draw(request, row, language)
    typed, do = rules.tidy(request.POST.get("value", "")), request.POST.get("do", "save")
    if not typed:
        return _draw(request, row, language, typed, problem=say("administration.Error_Texts_Empty"))
    try:
        if do == "preview":
            rules.demand(row.name, typed)
            return _draw(request, row, language, typed, preview=True)
        _save(request, row, language, typed, complete=do != "save-anyway")
    except ChangedMeanwhile as refusal:
        return _draw(request, row, language, typed, problem=refusal.message, meanwhile=True)
    except rules.LacksPlaceholders as refusal:
        return _draw(request, row, language, typed, problem=refusal.message, lacks=True)
    except Refusal as refusal:
        return _draw(request, row, language, typed, problem=refusal.message)
    return redirect(_back(request, row, culture))


@require_POST
@TEXTS
def restore(request: HttpRequest, area: str, key: str, culture: str) -> HttpResponse:
    """The portal's own words again."""
    row, language = _row(area, key), _language(culture)
    with refusals_told(request), _stale_told():
        services.change_text(
            row.name,
            language=language,
            value="",
            seen=number(request.POST.get("seen")),
            by=request.user,
            now=timezone.now(),
        )
        messages.success(request, say("administration.Texts_Restored", name=describe(key)))
    return redirect("administration:text", area, key, culture)


@require_POST
@TEXTS
def confirm(request: HttpRequest, area: str, key: str) -> HttpResponse:
    """The Welsh still fits the English that changed after it."""
    row = _row(area, key)
    services.confirm_welsh(row.name, by=request.user, now=timezone.now())
    messages.success(request, say("administration.Texts_Confirmed", name=describe(key)))
    return redirect("administration:text", area, key, "cy-GB")


@require_POST
@TEXTS
def restore_change(request: HttpRequest, pk: int) -> HttpResponse:
    """The words that a text had before one of its changes."""
    change = get_object_or_404(Change, pk=pk)
    row = _row(change.area, change.key)
    with refusals_told(request), _stale_told():
        seen = number(request.POST.get("seen"))
        done = services.restore_change(change, seen=seen, by=request.user, now=timezone.now())
        word = "WentBack" if done else "SameAlready"
        messages.success(request, say(f"administration.Texts_{word}", name=describe(row.key)))
    return redirect("administration:text", row.area, row.key, CULTURES[change.language])


@contextmanager
def _stale_told() -> Iterator[None]:
    """A button to restore has no words typed beside it that could be compared."""
    try:
        yield
    except ChangedMeanwhile:
        raise ChangedMeanwhile(say("administration.Restore_Meanwhile")) from None


def _row(area: str, key: str) -> listing.Row:
    row = listing.row_of(f"{area}.{key}")
    if row is None:
        raise Http404
    return row


def _language(culture: str) -> str:
    if culture not in LANGUAGES:
        raise Http404
    return LANGUAGES[culture]


def _save(request: HttpRequest, row: listing.Row, language: str, typed: str, *, complete: bool) -> None:
    services.change_text(
        row.name,
        language=language,
        value=typed,
        by=request.user,
        now=timezone.now(),
        seen=number(request.POST.get("seen")),
        complete=complete,
    )
    messages.success(request, say("administration.Texts_Saved", name=describe(row.key)))
    after = listing.row_of(row.name)
    if language == "en" and after and (after.stale or after.missing):
        messages.warning(request, say("administration.Texts_WelshBehind", name=describe(row.key)))


def _back(request: HttpRequest, row: listing.Row, culture: str) -> str:
    asked = request.POST.get("back") or request.GET.get("back", "")
    if asked.startswith("/council/administration/") and url_has_allowed_host_and_scheme(asked, None):
        return asked
    return f"{reverse('administration:texts')}?area={row.area}&culture={culture}"


def _draw(
    request: HttpRequest,
    row: listing.Row,
    language: str,
    typed: str | None = None,
    *,
    problem: str = "",
    preview: bool = False,
    lacks: bool = False,
    meanwhile: bool = False,
) -> HttpResponse:
    culture = CULTURES[language]
    words = row.written.get(language, "") if typed is None else typed
    revisions = history.revisions([row.name])
    known = {each: revisions.get((row.name, each), 0) for each in CULTURES}
    context: dict[str, Any] = {
        "row": row,
        "language": language,
        "culture": culture,
        "description": describe(row.key),
        "area": name_of_area(row.area),
        "value": words,
        "seen": carried(request, known[language], told=meanwhile),
        "problems": {"value": problem} if problem else {},
        "lacks": lacks,
        "meanwhile": row.written.get(language, "") if meanwhile else "",
        "markdown": rules.is_markdown(row.name),
        "rows": 14 if rules.is_markdown(row.name) else 4,
        "most": rules.longest(row.name),
        "placeholders": sorted(rules.own_placeholders(row.name)),
        "original": row.original.get(language, ""),
        "own": language in row.own,
        "other": row.written.get("cy" if language == "en" else "en", ""),
        "other_culture": "cy-GB" if language == "en" else "en",
        "usage": usage.places_of(row.name),
        "changes": [(each, known[each.language]) for each in history.changes_of(row.name)[:MOST_CHANGES]],
        "back": _back(request, row, culture),
        "breadcrumbs": _crumbs(request, row, culture),
    }
    if preview:
        context |= _previews(row, language, words)
    status = 409 if meanwhile else 422 if problem else 200
    return render(request, "administration/texts_edit.html", context, status=status)


def _previews(row: listing.Row, language: str, words: str) -> dict[str, Any]:
    if subject := shown.subject_of(row.name):
        typed = {(row.name, language): words}
        return {"mails": [shown.mail(subject, row.name, each, typed) for each in ("en", "cy")]}
    places = shown.in_place(row.name, words, language)
    return {"places": [(say(f"administration.Texts_As_{kind}"), look) for kind, look in places]}


def _crumbs(request: HttpRequest, row: listing.Row, culture: str) -> list[tuple[str, str]]:
    return crumbs(
        (say("administration.Texts_Heading"), _back(request, row, culture)), (describe(row.key), "")
    )
