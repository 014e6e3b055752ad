"""Two records of one child: finding the other one, choosing what is kept, merging, and taking it back."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.telling import refusals_told
from guildhall.foundation.kit.typed import number, one_line
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.records.children import queries as children
from guildhall.records.children.models import Child
from guildhall.records.linkage import merges, services
from guildhall.records.linkage.bulk import queries as bulk
from guildhall.records.linkage.bulk.models import BatchRun

from .matching import choices_in
from .merging_pages import choose_page, compare_page, sees_both, stays_in, undo_page
from .opening import child_or_404, demand_reason


def follows_merges(view: Callable[[HttpRequest, int], HttpResponse]) -> Callable[..., HttpResponse]:
    """The page of a record that was merged into another one leads to that of the other one."""

    @wraps(view)
    def led(request: HttpRequest, pk: int) -> HttpResponse:
        try:
            return view(request, pk)
        except Http404:
            kept = merges.kept_for(pk)
            if kept == pk or request.resolver_match is None:
                raise
            return redirect(request.resolver_match.view_name, kept)

    return led


@require_safe
@door(Permission.MATCH_CHILDREN, verified=True, reads_child=True)
def merge_choose(request: HttpRequest, pk: int) -> HttpResponse:
    """The records that may be the same child, and a search for others."""
    kept = child_or_404(request, pk)
    page = choose_page(holder_of(request), kept, one_line(request.GET.get("q")))
    audit.looked(request, about=kept, child=kept.pk, surface="search", detail={"shown": page["shown"]})
    return render(request, "council/merging_choose.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.MATCH_CHILDREN, verified=True, reads_child=True)
def merge(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Both records side by side; a post merges ``other`` into ``pk``, and leads back to where it began."""
    batch = _batch(request)
    back = redirect("batches:run", batch.pk) if batch else redirect("council:child", pk)
    if merges.kept_for(other) == pk != other:
        return back
    kept, gone = _child(request, pk), _child(request, other)
    if not _found_by(batch, kept, gone):
        demand_reason(request, kept)
        demand_reason(request, gone)
    refusal = None
    if request.method == "POST" and sees_both(holder_of(request), kept, gone):
        try:
            done = services.merge_children(
                kept,
                gone,
                choices=choices_in(request),
                by=who(request),
                now=timezone.now(),
                seen=(request.POST.get("kept-seen", ""), request.POST.get("gone-seen", "")),
                confirmed=request.POST.get("confirmed") == "yes",
            )
        except Refusal as caught:
            refusal = caught
        else:
            messages.success(request, say("matching.Merge_Done", child=done.kept.name))
            return back
    for child in (kept, gone):
        audit.looked(request, about=child, child=child.pk, detail={"tab": "merge"})
    problems = refusal.by_field() if refusal else {}
    page = compare_page(holder_of(request), kept, gone, choices_in(request), problems)
    page["batch"] = batch
    return render(request, "council/merging_compare.html", page, status=422 if refusal else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.MATCH_CHILDREN, verified=True, reads_child=True)
def merge_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask before one record becomes two again, and what becomes of later changes; a post does it."""
    found = get_object_or_404(merges.merges_seen_by(holder_of(request)), pk=pk)
    demand_reason(request, found.kept)
    if request.method == "POST":
        keep = stays_in(request.POST)
        with refusals_told(request):
            services.unmerge_children(found, by=who(request), now=timezone.now(), keep=keep)
            messages.success(
                request, say("matching.Unmerge_Done", one=found.kept.name, other=found.gone.name)
            )
        return redirect("council:child", found.kept_id)
    for child in (found.kept, found.gone):
        audit.looked(request, about=child, child=child.pk, detail={"tab": "merge"})
    return render(request, "council/merging_undo.html", undo_page(holder_of(request), found))


def _batch(request: HttpRequest) -> BatchRun | None:
    """The comparison that found the two, where the address names it."""
    return bulk.runs_seen_by(holder_of(request)).filter(pk=number(request.GET.get("batch"))).first()


def _found_by(batch: BatchRun | None, one: Child, other: Child) -> bool:
    """Whether the comparison has the two as a pair to look at, so that merging them is the work itself."""
    if batch is None:
        return False
    pair = Q(child=one, left_child=other) | Q(child=other, left_child=one)
    return batch.pairs.filter(pair).exists()


def _child(request: HttpRequest, pk: int) -> Child:
    return get_object_or_404(children.children_seen_by(holder_of(request)), pk=pk)
