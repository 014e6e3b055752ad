"""A file of invoices on its way: chosen, checked line by line, corrected, and sent when the total matches."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.pagination import page_of
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.taken_away import taken_away
from guildhall.foundation.kit.typed import amount_of, number, one_line
from guildhall.foundation.texts.queries import say
from guildhall.people.membership.asking import acting
from guildhall.work.invoices import queries, reading, services, sheets, staging
from guildhall.work.invoices.models import Upload
from guildhall.work.invoices.reading import COLUMNS, heading
from guildhall.work.invoices.services import Control
from guildhall.work.invoices.staging import Checked

from ..showing import page
from . import shown
from .batches import JUST_SENT, sender

PAGE = require_http_methods(["GET", "HEAD", "POST"])


@PAGE
@door(Permission.USE_SCHOOL, verified=True)
def upload(request: HttpRequest) -> HttpResponse:
    """How the file is written, and choosing it; nothing is sent yet."""
    place = sender(request)
    problems: Mapping[str, str] = {}
    if request.method == "POST":
        try:
            made = services.read_file(place.school_id, *_chosen(request), **acting(request))
        except Refusal as refusal:
            problems = refusal.by_field()
        else:
            return redirect("schools:invoices-file", made.pk)
    context = {
        "problems": problems,
        "columns": [
            {"name": heading(name), "words": say(f"schools.Invoice_{reading.word_of(name)}_Format")}
            for name in COLUMNS
        ],
        "most": f"{reading.MOST_LINES:,}",
        "listed": queries.codes().exists(),
    }
    return page(request, "schools/invoices/upload.html", context, status=422 if problems else 200)


def _chosen(request: HttpRequest) -> tuple[str, bytes]:
    """The name and the content of the file, of which no more is read than may be. Raises Refusal."""
    file = request.FILES.get("file")
    if file is None:
        raise Refusal(say("schools.Error_InvoiceFile_None"), field="file")
    return file.name or "", file.read(reading.MOST_BYTES + 1)


@require_safe
@door(Permission.USE_SCHOOL, verified=True)
def template(request: HttpRequest) -> HttpResponse:
    """Download the template."""
    sender(request)
    return taken_away(sheets.template(), "csv", say("schools.Invoices_TemplateName"))


def _own(request: HttpRequest, pk: int) -> Upload:
    place = sender(request)
    return get_object_or_404(queries.files_of(holder_of(request), place.school_id), pk=pk)


@require_safe
@door(Permission.USE_SCHOOL, verified=True)
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Line by line what is wrong; when nothing is, the control total is asked for."""
    found = _own(request, pk)
    if found.batch is not None:
        return redirect("schools:invoices-batch", found.batch.reference)
    return _checked(request, found, {})


def _checked(request: HttpRequest, found: Upload, problems: Mapping[str, str]) -> HttpResponse:
    lines = staging.staged(found, today=timezone.localdate())
    wrong = [one for one in lines if one.problems]
    every = "all" in request.GET or not wrong
    listed = page_of(lines if every else wrong, request, shown.LINES)
    context = {
        "upload": found,
        "count": len(lines),
        "wrong": len(wrong),
        "credits": staging.totals_of(lines).credits,
        "every": every,
        "page": listed,
        "rows": [_row(one) for one in listed],
        "problems": problems,
        "total_typed": one_line(request.POST.get("total"))[:40],
        "count_typed": one_line(request.POST.get("count"))[:10],
    }
    return page(request, "schools/invoices/check.html", context, status=422 if problems else 200)


def _row(one: Checked) -> dict[str, Any]:
    typed = one.row.typed
    return {
        "line": one.line,
        "problems": one.words,
        "credit": one.invoice.is_credit,
        "typed": {name: typed.get(name, "") for name in COLUMNS},
    }


@require_POST
@door(Permission.USE_SCHOOL, verified=True)
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the lines, when the total and the number that the school typed match them."""
    found = _own(request, pk)
    told = number(one_line(request.POST.get("count")))
    total = amount_of(one_line(request.POST.get("total"))[:40])
    try:
        made = services.send_batch(found, Control(total, told if told >= 0 else None), **acting(request))
    except Refusal as refusal:
        return _checked(request, found, refusal.by_field())
    request.session[JUST_SENT] = made.reference
    return redirect("schools:invoices-batch", made.reference)


@require_safe
@door(Permission.USE_SCHOOL, verified=True)
def problems(request: HttpRequest, pk: int) -> HttpResponse:
    """The lines that are wrong as a spreadsheet, with what to do about each."""
    lines = staging.staged(_own(request, pk), today=timezone.localdate())
    return taken_away(sheets.problems(lines), "xlsx", say("schools.Invoices_ProblemsName"))


@require_POST
@door(Permission.USE_SCHOOL, verified=True)
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a file that was not sent."""
    services.discard_upload(_own(request, pk), **acting(request))
    messages.success(request, say("schools.Invoices_Discarded"))
    return redirect("schools:invoices")


@PAGE
@door(Permission.USE_SCHOOL, verified=True)
def line(request: HttpRequest, pk: int, line: int) -> HttpResponse:
    """Correct one line in its place, or leave it out."""
    found = _own(request, pk)
    _line_of(found, line)
    try:
        if request.method == "POST" and request.POST.get("act") == "remove":
            services.remove_line(found, line, **acting(request))
            messages.success(request, say("schools.Invoices_Removed", line=line))
            return redirect("schools:invoices-file", pk)
        if request.method == "POST":
            typed = {name: request.POST.get(name, "") for name in COLUMNS}
            found = services.correct_line(found, line, typed, **acting(request))
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect("schools:invoices")
    one = _line_of(found, line)
    if request.method == "POST" and not one.problems:
        messages.success(request, say("schools.Invoices_Corrected", line=line))
        return redirect("schools:invoices-file", pk)
    wrong = {name or "main-content": words for name, words in one.problem_of.items()}
    context = {
        "upload": found,
        "line": line,
        "problems": wrong,
        "fields": [
            {
                "name": name,
                "label": heading(name),
                "hint": say(f"schools.Invoice_{reading.word_of(name)}_Format"),
                "tooltip": say(f"schools.Invoice_{reading.word_of(name)}_Tooltip"),
                "value": one.row.typed.get(name, ""),
                "problem": wrong.get(name, ""),
                "width": 30 if name in {"supplier", "number"} else 10,
            }
            for name in COLUMNS
        ],
    }
    status = 422 if wrong and request.method == "POST" else 200
    return page(request, "schools/invoices/line.html", context, status=status)


def _line_of(found: Upload, line: int) -> Checked:
    lines = staging.staged(found, today=timezone.localdate())
    one = next((one for one in lines if one.line == line), None)
    if one is None:
        raise Http404
    return one
