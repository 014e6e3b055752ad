"""Every request for advice on a child, by any means, on one page: to sort, filter, print and take away."""

import csv
import io

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from guildhall.doors.council.merging import follows_merges
from guildhall.foundation.access.doors import holder_of
from guildhall.foundation.documents import services as documents
from guildhall.foundation.kit.pagination import Page, page_of, sorting_of
from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.kit.spreadsheets import plain
from guildhall.foundation.kit.taken_away import taken_away
from guildhall.foundation.texts.queries import say
from guildhall.records.children.models import Child
from guildhall.records.linkage.merges import brought_to
from guildhall.work.advice import queries, showing
from guildhall.work.advice.queries import Asked
from guildhall.work.advice.rules import State
from guildhall.work.advice.showing import Line

from .pages import DOOR, child_of, page_of_child

MOST_TAKEN = 1_000
HEADS = ("Name", "Email", "Role", "Person", "Details", "State", "DueOn", "ByLaw", "NotifiedOn", "ToldBy")
MORE_HEADS = ("ReceivedOn", "Form", "MadeBy", "MadeOn")


@require_safe
@DOOR
@follows_merges
def advice(request: HttpRequest, pk: int) -> HttpResponse:
    """The panel Information Requested (SP-249), against the timescale of the law (SP-345)."""
    child, holder, today = child_of(request, pk), holder_of(request), timezone.localdate()
    asked = Asked.read(request.GET)
    found = page_of(queries.requests_about(holder, child, asked, today=today), request)
    lines = showing.lines_of(found, today=today)
    context = page_of_child(
        request,
        child,
        page=Page(lines, found.number, found.count, found.total, found.size, found.query),
        asked=asked,
        sorting=sorting_of(request, among=queries.SORTS, default="due"),
        counts=[(_state(key), count) for key, count in _counts(request, child).items() if count],
        states=[(str(one), _state(one)) for one in State],
        means=[(one, say(f"children.Advice_Means_{one}")) for one in queries.MEANS],
        removed=list(queries.removed_about(holder, child)[:50]),
        law=showing.law(),
        merged=len(brought_to(child.pk)) > 1,
    )
    return render(request, "council/advice/list.html", context)


@require_safe
@DOOR
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The list as the page filters and sorts it, for a spreadsheet."""
    child = child_of(request, pk, surface="export")
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow([say(f"children.Advice_{head}") for head in (*HEADS, *MORE_HEADS)])
    table.writerows([plain(cell) for cell in _cells(line)] for line in _lines(request, child))
    name = f"{say('children.Advice_FileName')}-{child.reference}"
    return taken_away(out.getvalue().encode("utf-8-sig"), "csv", name)


@require_safe
@DOOR
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The same on paper."""
    child = child_of(request, pk, surface="pdf")
    document = showing.list_of(child, _lines(request, child), language=active_language(), now=timezone.now())
    name = f"{say('children.Advice_FileName')}-{child.reference}"
    return taken_away(documents.pdf(document), "pdf", name)


def _lines(request: HttpRequest, child: Child) -> list[Line]:
    today = timezone.localdate()
    rows = queries.requests_about(holder_of(request), child, Asked.read(request.GET), today=today)
    return showing.lines_of(rows[:MOST_TAKEN], today=today)


def _cells(line: Line) -> list[str]:
    """Days as 2026-06-01, so that a spreadsheet sorts them."""
    one = line.requested
    days = (one.due_on, line.law_on, one.notified_on, one.received_on)
    due, law, notified, received = (each.isoformat() if each else "" for each in days)
    form = one.form.reference if one.form else ""
    who = [one.name, one.email, one.role, str(one.person or ""), one.details, line.state_words]
    made = [str(one.made_by), timezone.localdate(one.made_at).isoformat()]
    return [*who, due, law, notified, ", ".join(line.means_words), received, form, *made]


def _counts(request: HttpRequest, child: Child) -> dict[str, int]:
    return queries.counts(holder_of(request), child, today=timezone.localdate())


def _state(key: str) -> str:
    return say(f"children.Advice_State_{key}")
