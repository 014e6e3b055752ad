"""English and Welsh side by side: where a translator works through what is missing or out of date."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guildhall.foundation.kit.pagination import page_of
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.typed import number
from guildhall.foundation.texts import history, listing, rules, services
from guildhall.foundation.texts.queries import say
from guildhall.foundation.texts.services import Wanted

from .texts_list import TEXTS, area_options, asked_by, describe, name_of_area
from .trail import crumbs

SIZE = 20


@require_http_methods(["GET", "HEAD", "POST"])
@TEXTS
def both(request: HttpRequest) -> HttpResponse:
    """A page of texts with their English and a box for the Welsh of each; Save keeps those that changed."""
    if request.method != "POST":
        return _draw(request, {})
    names = [name for name in request.POST.getlist("name")[:SIZE] if listing.row_of(name)]
    problems: dict[str, str] = {}
    saved = sum(_save(request, name, problems) for name in names)
    if problems:
        return _draw(request, problems)
    messages.success(request, say("administration.TextsBoth_Saved", count=saved))
    return redirect(request.get_full_path())


def _save(request: HttpRequest, name: str, problems: dict[str, str]) -> bool:
    """Keep one line when it changed; whether it did. What is wrong with it goes to ``problems``."""
    typed, now = rules.tidy(request.POST.get(f"cy-{name}", "")), timezone.now()
    if request.POST.get(f"right-{name}") and typed == rules.tidy(request.POST.get(f"was-{name}", "")):
        services.confirm_welsh(name, by=request.user, now=now)
        return True
    if not typed or typed == rules.tidy(request.POST.get(f"was-{name}", "")):
        return False
    wanted = Wanted(name, "cy", typed, number(request.POST.get(f"seen-{name}", "")))
    try:
        rules.demand_placeholders(name, typed)
        return bool(services.change_texts([wanted], by=request.user, now=now))
    except Refusal as refusal:
        problems[f"cy-{name}"] = f"{describe(name.partition('.')[2])}: {refusal.message}"
        return False


def _draw(request: HttpRequest, problems: dict[str, str]) -> HttpResponse:
    asked = asked_by(request)
    found = listing.rows(area=asked.area, words=asked.words, only=asked.only)
    if problems:
        found = [row for row in map(listing.row_of, request.POST.getlist("name")[:SIZE]) if row]
    page = page_of(found, request, size=SIZE)
    seen = history.revisions([row.name for row in page])
    everything = listing.rows()
    context = {
        "asked": asked,
        "page": page,
        "lines": [_line(request, row, seen, problems) for row in page],
        "areas": area_options(),
        "filters": [("", say("administration.Texts_Filter_all"))]
        + [(only, say(f"administration.Texts_Filter_{only}")) for only in listing.FILTERS],
        "missing": sum(row.missing for row in everything),
        "stale": sum(row.stale for row in everything),
        "back": request.get_full_path(),
        "problems": problems,
        "breadcrumbs": crumbs(
            (say("administration.Texts_Heading"), reverse("administration:texts")),
            (say("administration.TextsBoth_Heading"), ""),
        ),
    }
    return render(request, "administration/texts_both.html", context, status=422 if problems else 200)


def _line(
    request: HttpRequest, row: listing.Row, seen: dict[tuple[str, str], int], problems: dict[str, str]
) -> dict[str, Any]:
    kept = row.written.get("cy", "")
    typed = request.POST.get(f"cy-{row.name}") if problems else None
    problem = problems.get(f"cy-{row.name}", "")
    return {
        "row": row,
        "description": describe(row.key),
        "area": name_of_area(row.area),
        "field": f"cy-{row.name}",
        "value": kept if typed is None else typed,
        "was": kept,
        "meanwhile": kept if problem and kept != request.POST.get(f"was-{row.name}", "") else "",
        "seen": seen.get((row.name, "cy"), 0),
        "problem": problem,
        "rows": 10 if rules.is_markdown(row.name) else 3,
    }
