"""The communication log of a case and of a child, and what did not arrive (GH-011, SP-273)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from guildhall.doors.council.involvement import involvement_page
from guildhall.doors.council.merging import follows_merges
from guildhall.doors.council.review import case_for
from guildhall.doors.council.sharing import child_to_share
from guildhall.doors.council.showing import crumbs, full_title
from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.pagination import Page, page_of
from guildhall.foundation.kit.taken_away import taken_away
from guildhall.foundation.texts.queries import say
from guildhall.work.communications import bounced, queries

from .showing import as_csv, list_page, moment, why_words

TAB = "child-log"
_LOOKED = {"tab": "communications"}


@require_safe
@door(Permission.READ_FORMS, verified=True, reads_child=True)
def of_case(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything that was said to people about a form, and whether it arrived."""
    found = case_for(request, reference)
    audit.looked(request, about=found, child=found.mention.child_id, detail=_LOOKED)
    heading = say("send.Communication_Heading")
    back = (found.reference, reverse("council:case", args=[found.reference]))
    context = list_page(request, queries.log_of_case(holder_of(request), found)) | {
        "case": found,
        "title": full_title(found),
        "add_href": reverse("council:case-note", args=[found.reference]),
        "csv_href": reverse("council:case-log-csv", args=[found.reference]),
        "may_note": holder_of(request).may(Permission.REVIEW_FORMS),
        "breadcrumbs": crumbs(back, (heading, "")),
    }
    return render(request, "council/communications/case.html", context)


@require_safe
@door(Permission.READ_FORMS, verified=True, reads_child=True)
def case_csv(request: HttpRequest, reference: str) -> HttpResponse:
    """The same as a file."""
    found = case_for(request, reference)
    audit.looked(request, about=found, child=found.mention.child_id, surface="file", detail=_LOOKED)
    content = as_csv(request, queries.log_of_case(holder_of(request), found))
    return taken_away(content, "csv", f"communications-{found.reference}")


@require_safe
@door(Permission.SHARE_INFORMATION, verified=True, reads_child=True)
@follows_merges
def of_child(request: HttpRequest, pk: int) -> HttpResponse:
    """What people were told about a child: messages of alerts, of cases, and what officers noted."""
    child, holder = child_to_share(request, pk), holder_of(request)
    audit.looked(request, about=child, child=child.pk, detail=_LOOKED)
    context = involvement_page(holder, child, TAB) | list_page(request, queries.log_of_child(holder, child))
    context |= {
        "add_href": reverse("council:child-note", args=[child.pk]),
        "csv_href": reverse("council:child-log-csv", args=[child.pk]),
        "may_note": True,
    }
    return render(request, "council/communications/child.html", context)


@require_safe
@door(Permission.SHARE_INFORMATION, verified=True, reads_child=True)
def child_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as a file."""
    child = child_to_share(request, pk)
    audit.looked(request, about=child, child=child.pk, surface="file", detail=_LOOKED)
    content = as_csv(request, queries.log_of_child(holder_of(request), child))
    return taken_away(content, "csv", f"communications-{child.reference}")


@require_safe
@door(Permission.READ_FORMS, verified=True, reads_child=True)
def not_arrived(request: HttpRequest) -> HttpResponse:
    """The emails about the officer's cases, and children, that did not arrive and wait for somebody."""
    page = page_of(bounced.not_arrived(holder_of(request)), request)
    shown = [one.place for one in page]
    audit.looked(request, about=("communications", "list"), surface="list", detail={"shown": shown})
    rows = [(one, moment(one.evidence.at), why_words(one.evidence)) for one in page]
    heading = say("send.NotArrived_Heading")
    context = {
        "page": Page(rows, page.number, page.count, page.total, page.size, page.query),
        "breadcrumbs": crumbs((heading, "")),
    }
    return render(request, "council/communications/not_arrived.html", context)
