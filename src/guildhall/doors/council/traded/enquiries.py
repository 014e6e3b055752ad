"""What schools ask about services: the list, a spreadsheet of it, and answering one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from guildhall.doors.schools.traded.showing import enquiry_page, enquiry_row
from guildhall.foundation.access.doors import holder_of
from guildhall.foundation.kit.pagination import Sorting, page_of, sorting_of
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.kit.taken_away import taken_away
from guildhall.foundation.kit.typed import key_of, one_line, paragraphs
from guildhall.foundation.texts.queries import say
from guildhall.people.membership.asking import acting
from guildhall.work.traded import queries, services, sheets, wording
from guildhall.work.traded.models import Enquiry
from guildhall.work.traded.moves import COUNCIL, MOVES
from guildhall.work.traded.queries import Asked

from .way import DOOR, crumbs

PER_PAGE = 50
MOST_EXPORTED = 5_000
WHOSE = ("mine", "all")


def _asked(request: HttpRequest) -> Asked:
    state = request.GET.get("state", "")
    words = one_line(request.GET.get("find"))[:100]
    state = state if state in Enquiry.State.values else ""
    return Asked(words, state=state, mine=request.GET.get("whose") != "all")


@require_safe
@DOOR
def enquiries(request: HttpRequest) -> HttpResponse:
    """What schools asked, by state and words, the newest first."""
    asked, sorting = _asked(request), _sorting(request)
    rows = queries.enquiries_for(holder_of(request), asked, sort=sorting.current)
    found = page_of(rows, request, PER_PAGE)
    context = {
        "rows": [enquiry_row(one) for one in found],
        "page": found,
        "sorting": sorting,
        "asked": asked,
        "whose": [(one, say(f"schools.TradedCouncil_Whose_{one.title()}")) for one in WHOSE],
        "states": [(one, wording.state_name(one)) for one in Enquiry.State.values],
        "query": request.GET.urlencode(),
        "breadcrumbs": crumbs((say("schools.Traded_Enquiries"), "")),
    }
    return render(request, "council/traded/enquiries.html", context)


def _sorting(request: HttpRequest) -> Sorting:
    return sorting_of(request, among=tuple(queries.ENQUIRY_SORTS), default="-asked")


@require_safe
@DOOR
def export(request: HttpRequest) -> HttpResponse:
    """The same as a spreadsheet."""
    rows = queries.enquiries_for(holder_of(request), _asked(request), sort=_sorting(request).current)
    content = sheets.sheet_of(rows[:MOST_EXPORTED], active_language())
    return taken_away(content, "xlsx", say("schools.Traded_FileName"))


@require_http_methods(["GET", "HEAD", "POST"])
@DOOR
def enquiry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One enquiry: answering it, noting that the school buys, closing it."""
    found = get_object_or_404(queries.enquiries_for(holder_of(request), Asked()), pk=pk)
    typed, key = paragraphs(request.POST.get("enquiry_words")), key_of(request.POST.get("key"))
    problems: dict[str, str] = {}
    if request.method == "POST":
        move = next((one for one in COUNCIL if one == request.POST.get("act")), COUNCIL[0])
        try:
            services.take_step(found, move, words=typed, key=key, **acting(request))
        except Refusal as refusal:
            problems = refusal.by_field("main-content")
        else:
            messages.success(request, say(f"schools.TradedCouncil_Done_{move.title()}"))
            return redirect("council:traded-enquiry", pk)
    list_crumb = (say("schools.Traded_Enquiries"), reverse("council:traded-enquiries"))
    context = enquiry_page(found) | {
        "team": wording.team_name(found.service.team),
        "can": [move for move in COUNCIL if move in MOVES[found.state]],
        "typed": typed,
        "key": key,
        "problems": problems,
        "breadcrumbs": crumbs(list_crumb, (found.reference, "")),
    }
    return render(request, "council/traded/enquiry.html", context, status=422 if problems else 200)
