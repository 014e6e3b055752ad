"""Whole files of children: compared by the worker, then decided about by people, pair by pair or a few."""

import csv
from collections.abc import Iterable, Iterator

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.pagination import page_of
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.spreadsheets import plain
from guildhall.foundation.kit.telling import refusals_told
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.records.linkage import services
from guildhall.records.linkage.bulk import queries as bulk
from guildhall.records.linkage.bulk.models import BatchPair, BatchRow, BatchRun
from guildhall.records.linkage.files.columns import read_mapping

from . import linkage_batch_shown as shown

OFFICER = door(Permission.MATCH_CHILDREN, verified=True)
READER = door(Permission.MATCH_CHILDREN, verified=True, reads_child=True)
KINDS = BatchRun.Kind.values
SIDES = ("left", "right")
MOST_REFUSED_TOLD = 5


@require_http_methods(["GET", "HEAD", "POST"])
@OFFICER
def index(request: HttpRequest) -> HttpResponse:
    """The batches there are, and the beginning of another."""
    typed, problems = {"kind": "records", "columns": ""}, {}
    if request.method == "POST":
        typed = {name: request.POST.get(name, "") for name in typed}
        try:
            run = _begin(request, typed)
        except Refusal as refusal:
            problems = refusal.by_field("kind")
        else:
            return redirect("batches:run", run.pk)
    page = page_of(bulk.runs_seen_by(holder_of(request)), request)
    context = {
        "page": page,
        "runs": [(run, shown.title_of(run), say(f"administration.Batch_State_{run.state}")) for run in page],
        "kinds": [
            {
                "value": kind,
                "text": say(f"administration.Batch_Kind_{kind}"),
                "hint": say(f"administration.Batch_Kind_{kind}_Hint"),
            }
            for kind in KINDS
        ],
        "typed": typed,
        "problems": problems,
        "breadcrumbs": shown.trail(),
    }
    return render(request, "administration/linkage_batches.html", context, status=422 if problems else 200)


def _begin(request: HttpRequest, typed: dict[str, str]) -> BatchRun:
    if typed["kind"] not in KINDS:
        raise Refusal(say("administration.Batch_Kind_Choose"), field="kind")
    try:
        given = read_mapping(line for line in typed["columns"].splitlines()[:50] if line.strip())
    except Refusal as refusal:
        raise Refusal(say("administration.Batch_Columns_Wrong"), field="columns") from refusal
    files = [_file(request, side) for side in SIDES]
    return services.begin_batch(typed["kind"], files, given=given, by=who(request), now=timezone.now())


def _file(request: HttpRequest, side: str) -> tuple[str, bytes] | None:
    """The name and the content of a file, of which no more is read than may be."""
    file = request.FILES.get(side)
    return (file.name or side, file.read(services.MOST_BYTES + 1)) if file else None


@require_safe
@READER
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a batch is; then what was found, and what was wrong with the files."""
    found = _run(request, pk)
    context = shown.page(request, found)
    audit.looked(request, about=found, surface="list")
    return render(request, "administration/linkage_batch.html", context)


@require_POST
@READER
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the chosen pairs once more; then say of them that they are one child, or that they are not."""
    found = _run(request, pk)
    verdict = request.POST.get("verdict", "")
    chosen = _chosen(request, found)
    if verdict not in {"accepted", "rejected"}:
        raise Http404
    if refused := _demand_some(request, found, len(chosen), "pair"):
        return refused
    if "sure" not in request.POST:
        audit.looked(request, about=found, surface="list")
        context = shown.sure(found, chosen, verdict) | {"back": request.POST.get("back", "")[:300]}
        return render(request, "administration/linkage_batch_sure.html", context)
    told = services.decide_pairs(chosen, verdict, by=who(request), now=timezone.now())
    return _done(request, found, f"administration.Batch_Done_{verdict}", told)


@require_POST
@READER
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the chosen rows once more that no record is like; then open a record for each."""
    found = _run(request, pk)
    chosen = _rows(request, found)
    if refused := _demand_some(request, found, len(chosen), "row"):
        return refused
    if "sure" not in request.POST:
        audit.looked(request, about=found, surface="list")
        context = shown.sure_to_add(found, chosen) | {"back": request.POST.get("back", "")[:300]}
        return render(request, "administration/linkage_batch_add.html", context)
    told = services.add_rows(chosen, by=who(request), now=timezone.now())
    return _done(request, found, "administration.Batch_Done_added", told)


def _demand_some(request: HttpRequest, found: BatchRun, chosen: int, name: str) -> HttpResponse | None:
    """Back to the list, with the reason, where nothing was chosen or more than counts at once."""
    if len(request.POST.getlist(name)) > services.MOST_AT_ONCE:
        messages.error(request, say("administration.Batch_TooManyChosen", most=services.MOST_AT_ONCE))
    elif not chosen:
        messages.error(request, say(f"administration.Batch_ChooseSome_{name}"))
    else:
        return None
    return redirect(_back(request, found))


def _done(request: HttpRequest, found: BatchRun, words: str, told: tuple[int, list[str]]) -> HttpResponse:
    """Say how many were done, and why others were not."""
    done, refused = told
    if done:
        messages.success(request, say(words, count=done))
    for problem in refused[:MOST_REFUSED_TOLD]:
        messages.error(request, problem)
    if more := len(refused[MOST_REFUSED_TOLD:]):
        messages.error(request, say("administration.Linkage_More", count=more))
    return redirect(_back(request, found))


@require_POST
@OFFICER
def undo(request: HttpRequest, pk: int, pair: int) -> HttpResponse:
    """Take back what was said of a pair."""
    found = _run(request, pk)
    which = bulk.pairs_of(found).filter(pk=pair).first()
    if which is None:
        raise Http404
    with refusals_told(request):
        services.undo_pair(which, by=who(request), now=timezone.now())
        messages.success(request, say("administration.Batch_Undone"))
    return redirect(_back(request, found))


@require_POST
@OFFICER
def undo_row(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Take away the record that was opened for a row."""
    found = _run(request, pk)
    which = found.rows.filter(pk=row).first()
    if which is None:
        raise Http404
    with refusals_told(request):
        services.undo_row(which, by=who(request), now=timezone.now())
        messages.success(request, say("administration.Batch_Undone"))
    return redirect(_back(request, found))


@require_safe
@OFFICER
def problems(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows that were left out or look wrong, with the reason, as CSV in which no cell is a formula."""
    found = _run(request, pk)
    rows = [
        [say(f"administration.Batch_Problem_{name}") for name in shown.PROBLEM],
        *shown.problem_cells(found),
    ]
    return _csv(f"batch-{found.pk}-problems.csv", rows)


@require_safe
@READER
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """What was found and decided, as CSV in which no cell is a formula."""
    found = _run(request, pk)
    audit.looked(request, about=found, surface="export")
    return _csv(f"batch-{found.pk}.csv", _found_cells(found))


def _found_cells(found: BatchRun) -> Iterator[list[str]]:
    yield [say(f"administration.Batch_Csv_{name}") for name in shown.CSV]
    for pair in bulk.pairs_of(found).iterator(chunk_size=2_000):
        yield shown.cells_of(pair)
    for row in bulk.alone_in(found).iterator(chunk_size=2_000):
        yield shown.cells_of_alone(row)


def _csv(name: str, rows: Iterable[Iterable[str]]) -> HttpResponse:
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    writer = csv.writer(response)
    for cells in rows:
        writer.writerow(plain(cell) for cell in cells)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@OFFICER
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a batch, after asking."""
    found = _run(request, pk)
    if request.method == "POST":
        services.remove_batch(found, by=who(request), now=timezone.now())
        messages.success(request, say("administration.Batch_Removed"))
        return redirect("batches:list")
    title = shown.title_of(found)
    here = (title, reverse("batches:run", args=[pk]))
    words = say("administration.Batch_Remove")
    context = {"run": found, "title": title, "breadcrumbs": shown.trail(here, (words, ""))}
    return render(request, "administration/linkage_batch_remove.html", context)


def _run(request: HttpRequest, pk: int) -> BatchRun:
    found = bulk.runs_seen_by(holder_of(request)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _chosen(request: HttpRequest, found: BatchRun) -> list[BatchPair]:
    waiting = bulk.pairs_of(found).filter(verdict=BatchPair.Verdict.WAITING)
    return list(waiting.filter(pk__in=_numbers(request, "pair")))


def _rows(request: HttpRequest, found: BatchRun) -> list[BatchRow]:
    """The chosen rows that may become records."""
    if found.kind != BatchRun.Kind.RECORDS:
        return []
    return list(bulk.alone_in(found).filter(pk__in=_numbers(request, "row")))


def _numbers(request: HttpRequest, name: str) -> list[int]:
    numbers = request.POST.getlist(name)[: services.MOST_AT_ONCE]
    return [int(each) for each in numbers if each.isascii() and each.isdigit() and len(each) < 19]


def _back(request: HttpRequest, found: BatchRun) -> str:
    """The list as it was filtered."""
    query = QueryDict(request.POST.get("back", "")[:300])
    kept = QueryDict(mutable=True)
    for name in ("outcome", "verdict", "page", "size"):
        if name in query:
            kept[name] = query[name]
    here = reverse("batches:run", args=[found.pk])
    return f"{here}?{kept.urlencode()}" if kept else here
