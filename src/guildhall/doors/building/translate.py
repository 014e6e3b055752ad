"""Every text of a form in English and Welsh side by side, with what is missing or behind marked."""

from copy import deepcopy
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guildhall.foundation.kit.pagination import page_of
from guildhall.foundation.kit.typed import number, paragraphs
from guildhall.foundation.texts.queries import say
from guildhall.paperwork.forms import queries, services
from guildhall.paperwork.forms.models import WorkingForm
from guildhall.paperwork.forms.problems import Place, stale, texts_of
from guildhall.paperwork.forms.shape import LANGUAGES
from guildhall.people.accounts.asking import who

from .way import DOOR, known_or_404, trail

FILTERS = ("missing", "stale")
LONGEST = 20_000


@require_http_methods(["GET", "HEAD", "POST"])
@DOOR
def translate(request: HttpRequest, code: str) -> HttpResponse:
    """The table of texts; saving changes the words that were typed and no others."""
    _, working = known_or_404(code)
    if working is None:
        return redirect("building:versions", code.upper())
    if request.method != "POST":
        return _draw(request, working)
    revision = number(request.POST.get("revision"))
    # Edits that somebody has not saved yet stay unsaved.
    keep = services.change_working if working.edited is None else services.edit_working
    try:
        keep(
            working, content=_typed(request, working), revision=revision, by=who(request), now=timezone.now()
        )
    except services.BuiltMeanwhile as refusal:
        return _draw(request, refusal.current, {"revision": refusal.message}, status=409)
    messages.success(request, say("send.Translate_Saved"))
    return redirect(request.get_full_path())


def _typed(request: HttpRequest, working: WorkingForm) -> dict[str, Any]:
    content: dict[str, Any] = deepcopy(working.shown)
    for line, (_, words) in enumerate(texts_of(content)):
        for language in LANGUAGES:
            said = request.POST.get(f"{language}-{line}")
            if said is not None and (said := paragraphs(said)[:LONGEST]) != paragraphs(words.get(language)):
                words[language] = said
    return content


def _said(words: dict[str, Any], language: str) -> str:
    return str(words.get(language) or "").strip()


def _draw(
    request: HttpRequest, working: WorkingForm, problems: dict[str, str] | None = None, *, status: int = 200
) -> HttpResponse:
    published = queries.published_content(working.code)
    before = dict(texts_of(published)) if published else {}
    rows = [
        _row(line, place, words, before.get(place), request)
        for line, (place, words) in enumerate(texts_of(working.shown))
    ]
    only = request.GET.get("only", "")
    page = page_of([row for row in rows if only not in FILTERS or row[only]], request)
    context = {
        "code": working.code,
        "revision": working.revision,
        "page": page,
        "rows": list(page),
        "only": only,
        "filters": [(each, say(f"send.Translate_Only_{each}")) for each in FILTERS],
        "counts": [sum(bool(row[each]) for row in rows) for each in FILTERS],
        "problems": problems or {},
        "breadcrumbs": trail(working.code, (say("send.Translate_Heading"), "")),
    }
    return render(request, "building/translate.html", context, status=status)


def _row(
    line: int, place: Place, words: dict[str, Any], before: dict[str, Any] | None, request: HttpRequest
) -> dict[str, Any]:
    group, question, part = place
    key = part.rpartition(" ")[2]
    said = {language: _said(words, language) for language in LANGUAGES}
    name = " – ".join(each for each in (group, question, *part.split(" ")[1:-1]) if each)
    return {
        "number": line,
        "slug": str(line),
        "name": f"{name or say('send.Publish_TheForm')}: {say(f'send.Part_{key}')}",
        "missing": not said["cy"] or not said["en"],
        "stale": stale(words, before),
        "rows": 6 if max(map(len, said.values())) > 150 else 2,
        **{each: request.POST.get(f"{each}-{line}", said[each]) for each in LANGUAGES},
    }
