"""The forms there are: found by code, begun anew, or begun as a copy of another."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from guildhall.foundation.kit.pagination import page_of
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.typed import one_line
from guildhall.foundation.texts.queries import say
from guildhall.paperwork.forms import editing, queries, services
from guildhall.paperwork.forms.queries import FormRow
from guildhall.people.accounts.asking import who

from . import details, fields
from .opening import BUILDER, crumbs, form_or_404, in_language

FILTERS = (
    "live",
    "not-live",
    "citizen",
    "professional",
    "school",
    "parent",
    "young-person",
    "public",
    "internal",
)
_LONGEST = 100


@require_safe
@BUILDER
def forms(request: HttpRequest) -> HttpResponse:
    """Forms by full or partial code and by a filter; all of them when neither is given."""
    words = one_line(request.GET.get("code"))[:_LONGEST]
    only = request.GET.get("filter", "")
    rows = [row for row in queries.forms_found(words) if _fits(row, only)]
    page = page_of(rows, request)
    context = {
        "page": page,
        "rows": [_shown(row) for row in page],
        "code": words,
        "filter": only,
        "filters": [(each, _filter_words(each)) for each in FILTERS],
        "breadcrumbs": crumbs(),
    }
    return render(request, "building/forms.html", context)


def _fits(row: FormRow, only: str) -> bool:
    if only not in FILTERS:
        return True
    traits = {row.portal, row.audience, "live" if row.version else "not-live"}
    return only in traits | ({"internal"} if row.internal else set())


def _filter_words(key: str) -> str:
    return say(f"administration.Build_Filter_{key.replace('-', '_')}")


def _shown(row: FormRow) -> dict[str, Any]:
    return {
        "row": row,
        "title": in_language(row.title),
        "for": _filter_words(row.audience) if row.audience in FILTERS else _portal(row),
    }


def _portal(row: FormRow) -> str:
    return _filter_words(row.portal) if row.portal in FILTERS else ""


@require_http_methods(["GET", "HEAD", "POST"])
@BUILDER
def new(request: HttpRequest) -> HttpResponse:
    """A form with nothing on it yet."""
    return _begin(request, {"style": "steps", "groups": []}, code="", heading=say("administration.Build_New"))


@require_http_methods(["GET", "HEAD", "POST"])
@BUILDER
def clone(request: HttpRequest, code: str) -> HttpResponse:
    """A copy of a form with all its groups and questions, to be renamed; the form stays as it is."""
    original = form_or_404(code)
    heading = say("administration.Build_CloneOf", code=original.code)
    return _begin(
        request,
        original.content,
        code="",
        heading=heading,
        original=original.code,
        internal=original.internal,
    )


def _begin(
    request: HttpRequest,
    content: editing.Content,
    *,
    code: str,
    heading: str,
    original: str = "",
    internal: bool = False,
) -> HttpResponse:
    problems: dict[str, str] = {}
    if request.method == "POST":
        code = editing.clean_code(request.POST.get("code", ""))
        given = details.read(request.POST)
        problems = details.code_problems(code) | details.problems_of(given)
        content = editing.with_details(content, given)
        internal = request.POST.get("internal") == "yes"
        if not problems:
            try:
                services.start_working(
                    code, content=content, by=who(request), now=timezone.now(), internal=internal
                )
            except Refusal as refusal:
                problems = {"code": refusal.message}
            else:
                messages.success(request, say("administration.Build_Saved", code=code))
                return redirect("building:selector", code)
    context = {
        "fields": details.fields_of(content, problems),
        "heading": heading,
        "original": original,
        "code_field": fields.line("code", code, problems, width=20, spellcheck=False),
        "internal_field": fields.tick("internal", internal),
        "new": True,
        "problems": problems,
        "breadcrumbs": crumbs((heading, "")),
    }
    return render(request, "building/details.html", context, status=422 if problems else 200)
