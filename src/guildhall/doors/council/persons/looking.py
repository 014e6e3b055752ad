"""Searching the adults in the records, and one of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.pagination import Page, page_of, sorting_of
from guildhall.foundation.kit.typed import one_line
from guildhall.records.persons import queries
from guildhall.work.sharing.rules import may_share

from . import showing


@require_safe
@door(Permission.READ_CHILDREN, verified=True, reads_child=True)
def persons(request: HttpRequest) -> HttpResponse:
    """Every adult, or those who have all the words typed."""
    holder, words = holder_of(request), one_line(request.GET.get("q"))[:200]
    sorting = sorting_of(request, among=list(queries.SORTED_BY), default="name")
    page = page_of(queries.search(holder, words, sort=sorting.current), request)
    audit.looked(
        request, about=("persons", "list"), surface="search", detail={"shown": [one.pk for one in page]}
    )
    rows = [(one, showing.children_lines(one)) for one in page]
    context = {
        "words": words,
        "page": Page(rows, page.number, page.count, page.total, page.size, page.query),
        "sorting": sorting,
        "breadcrumbs": showing.trail(),
    }
    return render(request, "council/persons/list.html", context)


@require_safe
@door(Permission.READ_CHILDREN, verified=True, reads_child=True)
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One adult: what is known, their children, their portal accounts, and every change."""
    holder = holder_of(request)
    found = get_object_or_404(queries.all_persons(holder), pk=pk)
    children = showing.children_lines(found)
    shown = [child.pk for child, _ in children]
    audit.looked(request, about=found, detail={"children": shown})
    links = queries.links_about(person=found) if may_share(holder) else []
    context = {
        "person": found,
        "rows": showing.facts(holder, found),
        "children": children,
        "links": showing.link_lines(links),
        "shares": may_share(holder),
        "history": showing.history(holder, found),
        "breadcrumbs": showing.trail_of(found),
    }
    return render(request, "council/persons/person.html", context)
