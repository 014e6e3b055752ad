"""The list of submitted forms, one form with everything about it, and its files."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.audit import services as audit
from guildhall.foundation.authority.queries import setting
from guildhall.foundation.files.archive import serve_archive, sort_out
from guildhall.foundation.files.views import serve
from guildhall.foundation.kit.pagination import Page, sorting_of
from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.kit.telling import refusals_told
from guildhall.foundation.kit.typed import number
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.work.cases import lists, services
from guildhall.work.cases import queries as cases
from guildhall.work.cases.models import Case
from guildhall.work.intake.destinations import destinations_to

from . import filters
from .showing import crumbs, file_of, files_of, page_of_case, row_of


@require_safe
@door(Permission.READ_FORMS, verified=True, reads_child=True)
def review(request: HttpRequest) -> HttpResponse:
    """The forms sent to the officer's teams, filtered and sorted as the address asks."""
    language = active_language()
    behind = destinations_to(holder_of(request).services)
    kinds = cases.kinds_of_form(holder_of(request), language, destinations=behind)
    wanted = filters.read(request.GET, kinds=kinds)
    sorting = sorting_of(request, among=list(lists.COLUMNS), default=lists.FIRST_COME)
    found = lists.narrowed(cases.cases_seen_by(holder_of(request)), wanted.asked, officer=who(request))
    page = _page(lists.ordered(found, sorting.current, language=language), request.GET)
    audit.looked(
        request, about=("cases", "list"), surface="list", detail={"shown": [row.case.pk for row in page]}
    )
    return render(
        request,
        "council/review.html",
        {
            "page": page,
            "more": page.total > lists.MOST,
            "most": f"{lists.MOST:,}",
            "sorting": sorting,
            "wanted": wanted,
            "tags": filters.tags(request.GET, wanted.asked, kinds=kinds),
            "kinds": [("", say("send.Review_AnyForm")), *kinds.items()],
            "statuses": [(status, filters.status_words(status)) for status in lists.STATUSES],
            "hands": [(hands, filters.assigned_words(hands)) for hands in lists.ASSIGNED],
            "counts": cases.counts_for(holder_of(request)),
            "problems": wanted.problems,
            "filters_open": bool(wanted.problems),
            "breadcrumbs": [*crumbs()[:1], (say("shared.Menu_Review"), "")],
        },
    )


@require_safe
@door(Permission.READ_FORMS, verified=True, reads_child=True)
def case(request: HttpRequest, reference: str) -> HttpResponse:
    """Form Details. Opening it is what makes a form Opened."""
    found = services.open_first(case_for(request, reference), by=who(request), now=timezone.now())
    audit.looked(request, about=found, child=found.mention.child_id)
    return render(request, "council/case.html", page_of_case(found, request))


@require_safe
@door(Permission.READ_FORMS, verified=True, reads_child=True)
def file(request: HttpRequest, reference: str, file_id: UUID) -> HttpResponse:
    """Download File: a file that came with the form, an earlier version of it, or an answer."""
    found = case_for(request, reference)
    stored = file_of(found, file_id)
    if stored is None:
        raise Http404
    audit.looked(request, about=stored, child=found.mention.child_id, surface="file")
    return cast(HttpResponse, serve(stored, request=request))


@require_safe
@door(Permission.READ_FORMS, verified=True, reads_child=True)
def archive(request: HttpRequest, reference: str) -> HttpResponse:
    """Download all files: what may be opened of the case in one archive, and a list of what was left out."""
    found = case_for(request, reference)
    sorted_out = sort_out(files_of(found), now=timezone.now())
    detail = {
        "files": [str(file.pk) for file in sorted_out.kept],
        "left_out": [str(file.pk) for file, _reason in sorted_out.left_out],
    }
    audit.looked(request, about=found, child=found.mention.child_id, surface="file", detail=detail)
    return cast(HttpResponse, serve_archive(sorted_out, name=found.reference))


@require_POST
@door(Permission.REVIEW_FORMS, verified=True)
def assign(request: HttpRequest, reference: str) -> HttpResponse:
    """Take the form on, or hand it back to the team."""
    mine = request.POST.get("to") == "me"
    found = case_for(request, reference)
    services.assign_case(found, to=who(request) if mine else None, by=who(request), now=timezone.now())
    messages.success(request, say("send.Case_AssignedToYou" if mine else "send.Case_AssignedToNobody"))
    return redirect("council:case", reference)


@require_POST
@door(Permission.REVIEW_FORMS, verified=True)
def take_up(request: HttpRequest, reference: str) -> HttpResponse:
    """Look at a rejected or returned form again."""
    with refusals_told(request):
        services.take_up(case_for(request, reference), by=who(request), now=timezone.now())
        messages.success(request, say("send.Case_TakenUp"))
    return redirect("council:case", reference)


def case_for(request: HttpRequest, reference: str) -> Case:
    """The case, if it is one of the officer's teams', else Http404."""
    rows = cases.cases_seen_by(holder_of(request)).select_related(
        "mention", "owner", "submission__sender", "submission__version__form"
    )
    return get_object_or_404(rows, reference=reference)


def _page(found: QuerySet[Case], query: QueryDict) -> Page:
    total = lists.count_of(found)
    size = int(setting("cases.per_page"))
    count = max(1, -(-min(total, lists.MOST) // size))
    here = min(max(number(query.get("page")), 1), count)
    rows = lists.rows_of(found, (here - 1) * size, here * size)
    return Page([row_of(each) for each in rows], here, count, total, size, query)
