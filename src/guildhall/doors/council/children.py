"""Finding a child, reading the record, and correcting it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.pagination import page_of
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.typed import one_line
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.models import User
from guildhall.records.children import queries, services
from guildhall.records.chronology import queries as chronology

from . import child_form
from .children_pages import (
    change_page,
    chronology_page,
    details_page,
    entry_page,
    forms_page,
    looked_page,
    search_page,
)
from .chronology_forms import again_href, new_form_links
from .merging import follows_merges
from .opening import child_or_404
from .sharing_pages import sharing_links
from .told import readable


@require_safe
@door(Permission.READ_CHILDREN, verified=True, reads_child=True)
def children(request: HttpRequest) -> HttpResponse:
    """Search for a child by whatever is known of them."""
    words = one_line(request.GET.get("q"))
    found = queries.search(holder_of(request), words) if words else []
    page = page_of(found, request)
    shown = [child.pk for child in page]
    audit.looked(request, about=("children", "list"), surface="search", detail={"shown": shown})
    return render(request, "council/children.html", search_page(holder_of(request), page, words))


@require_safe
@door(Permission.READ_CHILDREN, verified=True, reads_child=True)
@follows_merges
def child(request: HttpRequest, pk: int) -> HttpResponse:
    """Details of a child, with the history of the record."""
    found = child_or_404(request, pk)
    audit.looked(request, about=found, child=found.pk)
    return render(request, "council/child.html", details_page(holder_of(request), found))


@require_safe
@door(Permission.READ_CHILDREN, verified=True, reads_child=True)
@follows_merges
def child_chronology(request: HttpRequest, pk: int) -> HttpResponse:
    """What happened, in order of time."""
    found = child_or_404(request, pk)
    audit.looked(request, about=found, child=found.pk, detail={"tab": "chronology"})
    entries = readable(holder_of(request), chronology.entries_of(found))
    page = chronology_page(holder_of(request), found, page_of(entries, request))
    page |= new_form_links(holder_of(request), found, _officer(request))
    return render(request, "council/child_chronology.html", page)


@require_safe
@door(Permission.READ_CHILDREN, verified=True, reads_child=True)
@follows_merges
def child_forms(request: HttpRequest, pk: int) -> HttpResponse:
    """The forms about a child that the officer's teams received."""
    found = child_or_404(request, pk)
    audit.looked(request, about=found, child=found.pk, detail={"tab": "forms"})
    return render(request, "council/child_forms.html", forms_page(holder_of(request), found, request))


@require_safe
@door(Permission.READ_CHILDREN, verified=True, reads_child=True)
@follows_merges
def child_looked(request: HttpRequest, pk: int) -> HttpResponse:
    """Who looked at the record."""
    found = child_or_404(request, pk)
    audit.looked(request, about=found, child=found.pk, detail={"tab": "looked"})
    return render(request, "council/child_looked.html", looked_page(holder_of(request), found, request))


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.READ_CHILDREN, verified=True, reads_child=True)
@follows_merges
def child_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct the record by hand."""
    found, holder = child_or_404(request, pk), holder_of(request)
    if request.method != "POST":
        audit.looked(request, about=found, child=found.pk, detail={"tab": "change"})
        return render(
            request, "council/child_change.html", change_page(holder, found, child_form.shown(found))
        )
    read = child_form.read(request.POST, found, holder)
    problems = dict(read.problems)
    if not problems:
        try:
            services.change_child(found, changes=read.changes, by=_officer(request), now=timezone.now())
        except Refusal as refusal:
            problems = refusal.by_field()
        else:
            messages.success(request, say("children.Changed"))
            return redirect("council:child", found.pk)
    audit.looked(request, about=found, child=found.pk, detail={"tab": "change"})
    page = change_page(holder, found, read.typed) | {"problems": problems}
    return render(request, "council/child_change.html", page, status=422)


@require_safe
@door(Permission.READ_CHILDREN, verified=True, reads_child=True)
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """An event of the chronology, read-only, in the panels of its form."""
    found = chronology.entry_with(pk)
    if found is None or found.mention.child is None or not readable(holder_of(request), [found]):
        raise Http404
    record = child_or_404(request, found.mention.child.pk)
    audit.looked(request, about=found, child=record.pk)
    page = entry_page(holder_of(request), record, found)
    page |= {"again_href": again_href(holder_of(request), record, found)}
    page |= sharing_links(holder_of(request), found)
    return render(request, "council/entry.html", page)


def _officer(request: HttpRequest) -> User:
    """Whoever passed the door is signed in."""
    assert isinstance(request.user, User)
    return request.user
