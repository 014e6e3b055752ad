"""The authority's list of cost codes: read, replaced by pasting or by a file once the difference was seen."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.pagination import page_of
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.spreadsheets import text_of
from guildhall.foundation.kit.taken_away import taken_away
from guildhall.foundation.kit.typed import one_line
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.work.invoices import codelist, queries, services, sheets
from guildhall.work.invoices.checking import code_key

from .crumbs import crumbs

SHOWN = 20


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.HANDLE_INVOICES, verified=True)
def codes(request: HttpRequest) -> HttpResponse:
    """The list; posting one shows what would change, and posting it with ``act`` replace replaces it."""
    problems: Mapping[str, str] = {}
    typed, read = "", codelist.Codes()
    if request.method == "POST":
        try:
            typed = _typed(request)
            read = codelist.read(typed)
            if read.problems:
                raise Refusal(say("schools.Error_Codes_Wrong", count=len(read.problems)), field="codes")
            if request.POST.get("act") == "replace":
                how: dict[str, Any] = {
                    "holder": holder_of(request),
                    "by": who(request),
                    "now": timezone.now(),
                }
                count = services.replace_codes(read.wanted, **how)
                messages.success(request, say("schools.Codes_Replaced", count=count))
                return redirect("council:invoices-codes")
        except Refusal as refusal:
            problems = refusal.by_field()
    words = one_line(request.GET.get("words"))[:100]
    context = {
        "page": page_of(queries.codes_among(words), request, 50),
        "words": words,
        "typed": typed,
        "problems": problems,
        "wrong": read.problems[:SHOWN],
        "compared": _compared(read.wanted) if request.method == "POST" and not problems else None,
        "breadcrumbs": crumbs((say("schools.Codes_Heading"), "")),
    }
    return render(request, "council/invoices/codes.html", context, status=422 if problems else 200)


def _typed(request: HttpRequest) -> str:
    """What was pasted, or is in the file. Raises Refusal."""
    file = request.FILES.get("file")
    typed = request.POST.get("codes", "")
    if file is not None:
        typed = text_of(file.read(codelist.MOST_TYPED + 1))
    if len(typed) > codelist.MOST_TYPED:
        raise Refusal(say("schools.Error_Codes_Many", most=f"{codelist.MOST_CODES:,}"), field="codes")
    return typed


def _compared(wanted: Mapping[str, str]) -> dict[str, Any]:
    """What replacing the list would add, drop and rename."""
    now = {one.key: one for one in queries.codes()}
    then = {code_key(code): (code, name) for code, name in wanted.items()}
    added = [code for key, (code, _) in then.items() if key not in now]
    dropped = [one.code for key, one in now.items() if key not in then]
    renamed = [code for key, (code, name) in then.items() if key in now and now[key].name != name]
    parts = (("Added", added), ("Dropped", dropped), ("Renamed", renamed))
    return {
        "count": len(then),
        "parts": [
            {"words": say(f"schools.Codes_{key}", count=len(found)), "some": ", ".join(found[:SHOWN])}
            for key, found in parts
        ],
    }


@require_safe
@door(Permission.HANDLE_INVOICES, verified=True)
def export(_request: HttpRequest) -> HttpResponse:
    """The list as a file that can be read in again."""
    return taken_away(sheets.codes_file(queries.codes()), "csv", say("schools.Codes_FileName"))
