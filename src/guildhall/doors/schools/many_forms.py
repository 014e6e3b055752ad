"""One form for many children: the form once, a row for each other child, a case for each (GH-040)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guildhall.doors.filling.loading import my_draft
from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.kit.telling import refusals_told
from guildhall.foundation.kit.typed import one_line, scrub
from guildhall.foundation.texts.queries import say
from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.forms import steps
from guildhall.people.accounts.asking import who
from guildhall.people.organisations import queries as organisations
from guildhall.work.many import queries, services
from guildhall.work.many.models import Batch, Row
from guildhall.work.many.pasting import LONGEST

from . import many_pages as pages
from .cases import offered
from .showing import current, page

PAGE = require_http_methods(["GET", "HEAD", "POST"])


@require_POST
@door(Permission.USE_SCHOOL, verified=True)
def begin(request: HttpRequest, code: str) -> HttpResponse:
    """Begin with the first child, whose form is filled in as any other."""
    place, version = current(request), offered(request, code)
    if version is None or not queries.can_be_many(forms.definition_of(version.pk)):
        raise Http404
    with refusals_told(request):
        _, draft = services.begin_batch(
            place.school, version=version, by=who(request), language=active_language(), now=timezone.now()
        )
        messages.info(request, say("schools.Many_First"))
        return redirect("filling:resume", draft.pk)
    return redirect("schools:case-start", code)


@require_safe
@door(Permission.USE_SCHOOL, verified=True, reads_child=True)
def children(request: HttpRequest, pk: int) -> HttpResponse:
    """The children of the form, with what is wrong, and Send; afterwards the reference of each."""
    return _children(request, _batch(request, pk))


def _children(request: HttpRequest, batch: Batch, *, status: int = 200, **more: Any) -> HttpResponse:
    audit.looked(request, about=batch, surface="form")
    return page(request, "schools/many.html", pages.children_page(batch) | more, status=status)


@PAGE
@door(Permission.USE_SCHOOL, verified=True, reads_child=True)
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a child."""
    return _edit(request, _batch(request, pk), None)


@PAGE
@door(Permission.USE_SCHOOL, verified=True, reads_child=True)
def change(request: HttpRequest, pk: int, row_id: int) -> HttpResponse:
    """Change what is written of a child."""
    batch = _batch(request, pk)
    return _edit(request, batch, _row(batch, row_id))


def _edit(request: HttpRequest, batch: Batch, row: Row | None) -> HttpResponse:
    audit.looked(request, about=row or batch, surface="form")
    answers = row.answers if row else {}
    problems: dict[str, str] = {}
    if request.method == "POST":
        typed = _read(request, batch, answers)
        answers, problems = typed.answers, dict(typed.problems)
        if not problems:
            try:
                return _keep(request, batch, row, answers)
            except Refusal as refusal:
                problems = {"main-content": refusal.message}
    shown = pages.row_page(batch, row, answers, problems)
    return page(request, "schools/many_row.html", shown, status=422 if problems else 200)


def _read(request: HttpRequest, batch: Batch, answers: dict[str, Any]) -> steps.StepInput:
    definition = forms.definition_of(batch.version_id)
    return steps.read(
        definition,
        queries.group_of_row(batch),
        request.POST,
        answers=queries.whole_answers(batch, answers, pages.shared_of(batch)),
        today=timezone.localdate(),
        language=active_language(),
        establishments=organisations.find_establishments,
    )


def _keep(request: HttpRequest, batch: Batch, row: Row | None, answers: dict[str, Any]) -> HttpResponse:
    kept = {code: value for code, value in answers.items() if value is not None}
    by, now = who(request), timezone.now()
    if row is None:
        services.add_rows(batch, [kept], by=by, now=now)
    else:
        services.change_row(row, answers=kept, seen=one_line(request.POST.get("seen")), by=by, now=now)
    again = "another" in request.POST
    return redirect("schools:many-add" if again else "schools:many", batch.pk)


@PAGE
@door(Permission.USE_SCHOOL, verified=True, reads_child=True)
def remove(request: HttpRequest, pk: int, row_id: int) -> HttpResponse:
    """Ask, then take the child out of the form."""
    batch = _batch(request, pk)
    row = _row(batch, row_id)
    if request.method == "POST":
        with refusals_told(request):
            services.remove_row(row, by=who(request), now=timezone.now())
            messages.success(request, say("schools.Many_Removed", name=pages.name_of(row)))
        return redirect("schools:many", batch.pk)
    audit.looked(request, about=row, surface="form")
    return page(request, "schools/many_remove.html", {"batch": batch, "row": row, "name": pages.name_of(row)})


@require_POST
@door(Permission.USE_SCHOOL, verified=True, reads_child=True)
def paste(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was pasted, line by line; the second press adds what is right and keeps the rest."""
    batch = _batch(request, pk)
    audit.looked(request, about=batch, surface="form")
    written = scrub(request.POST.get("pasted"))[:LONGEST]
    shown = pages.pasted_page(batch, written)
    if "add" in request.POST and shown["good"]:
        try:
            services.add_rows(
                batch, [line.answers for line in shown["good"]], by=who(request), now=timezone.now()
            )
        except Refusal as refusal:
            return page(
                request,
                "schools/many_pasted.html",
                shown | {"problems": {"pasted": refusal.message}},
                status=422,
            )
        messages.success(request, say("schools.Many_Added", count=len(shown["good"])))
        if not shown["bad"]:
            return redirect("schools:many", batch.pk)
        shown = pages.pasted_page(batch, shown["left"])
    problems = {} if shown["lines"] else {"pasted": say("schools.Many_Error_Nothing")}
    return page(
        request, "schools/many_pasted.html", shown | {"problems": problems}, status=422 if problems else 200
    )


@require_POST
@door(Permission.USE_SCHOOL, verified=True)
def questions(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose what is asked for each child besides who they are."""
    batch = _batch(request, pk)
    asked = request.POST.getlist("asked")
    services.choose_questions(batch, asked=asked, by=who(request), now=timezone.now())
    messages.success(request, say("schools.Many_Questions_Saved"))
    return redirect("schools:many", batch.pk)


@require_POST
@door(Permission.USE_SCHOOL, verified=True, reads_child=True)
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a case for each child; pressed twice it gives the same cases."""
    batch = _batch(request, pk)
    ticked = request.POST.getlist("declarations")
    try:
        kept = services.send_batch(
            batch,
            by=who(request),
            declarations=ticked,
            language=active_language(),
            now=timezone.now(),
            schools={batch.school_id},
        )
    except Refusal as refusal:
        problems = pages.problems_of(refusal)
        return _children(request, batch, status=422, problems=problems, ticked=ticked)
    if kept:
        messages.warning(request, say("schools.Many_SomeKept", count=len(kept) + 1))
    else:
        messages.success(request, say("schools.Many_AllSent"))
    return redirect("schools:many", batch.pk)


def _batch(request: HttpRequest, pk: int) -> Batch:
    """A form of the school they work for now that this person may fill in or sent, else Http404."""
    found = queries.batches_of(who(request), current(request).school_id)
    batch = get_object_or_404(found, pk=pk)
    if draft := queries.draft_of(batch):
        my_draft(request, draft.pk)
    return batch


def _row(batch: Batch, row_id: int) -> Row:
    return get_object_or_404(queries.unsent_rows_of(batch), pk=row_id)
