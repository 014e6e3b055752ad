"""Finding the contacts of any school at once, printing a list of all (SC-091)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from guildhall.doors.schools.emergency.pages import looked
from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit import speech, spreadsheets
from guildhall.foundation.kit.pagination import page_of
from guildhall.foundation.kit.taken_away import taken_away
from guildhall.foundation.kit.typed import one_line
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.work.emergency import queries
from guildhall.work.emergency.queries import STATES, Known

HERE = door(Permission.READ_EMERGENCY_CONTACTS, verified=True)
PER_PAGE, WHOLE = 20, 2_000
COLOURS = {"none": "red", "old": "yellow", "confirmed": "green"}
COLUMNS = ("School", "Urn", "Order", "Name", "Role", "Phone", "OtherPhone", "Available", "KeyHolder", "Alarm")
_WIDTHS = (36, 10, 8, 24, 24, 18, 18, 36, 12, 12)


@require_safe
@HERE
def directory(request: HttpRequest) -> HttpResponse:
    """The schools that fit the words and the state, with whom to call; with ?whole all of them, to print."""
    found = _found(request)
    shown = page_of(found, request, WHOLE if "whole" in request.GET else PER_PAGE)
    _keep(request, "list", len(shown))
    everything = queries.directory(holder_of(request), now=timezone.now())
    counts = {state: sum(one.state == state for one in everything) for state in STATES}
    context = {
        "page": shown,
        "rows": [_row(one) for one in shown],
        "words": _words(request),
        "state": _state(request),
        "filtered": bool(_words(request) or _state(request)),
        "states": [
            ("", say("schools.EmergencyCouncil_Any", count=len(everything))),
            *((one, _counted(one, counts[one])) for one in STATES),
        ],
        "breadcrumbs": _crumbs(),
    }
    return render(request, "council/emergency/directory.html", context)


@require_safe
@HERE
def of_school(request: HttpRequest, pk: int) -> HttpResponse:
    """The contacts of one school."""
    known = queries.known_of(holder_of(request), pk, now=timezone.now())
    if known is None:
        raise Http404
    looked(request, pk, "page")
    context = {
        "row": _row(known),
        "breadcrumbs": _crumbs(known.school.name),
    }
    return render(request, "council/emergency/school.html", context)


@require_safe
@HERE
def export(request: HttpRequest) -> HttpResponse:
    """The contacts of the schools that fit, as a spreadsheet."""
    found = _found(request)[:WHOLE]
    _keep(request, "export", len(found))
    return taken_away(_sheet(found), "xlsx", say("schools.EmergencyCouncil_FileName"))


def _found(request: HttpRequest) -> list[Known]:
    told = {"words": _words(request), "state": _state(request)}
    return queries.directory(holder_of(request), now=timezone.now(), **told)


def _counted(state: str, count: int) -> str:
    return say(f"schools.EmergencyCouncil_State_{state.title()}_Count", count=count)


def _words(request: HttpRequest) -> str:
    return one_line(request.GET.get("find"))[:100]


def _state(request: HttpRequest) -> str:
    asked = request.GET.get("state", "")
    return asked if asked in STATES else ""


def _keep(request: HttpRequest, surface: str, schools: int) -> None:
    about, detail = ("emergency", "directory"), {"surface": surface, "schools": schools}
    audit.record(
        "emergency.directory_viewed", by=who(request), about=about, now=timezone.now(), detail=detail
    )


def _row(known: Known) -> dict[str, object]:
    return {
        "school": known.school,
        "contacts": known.contacts,
        "confirmed": speech.day(known.confirmed_at) if known.confirmed_at else "",
        "state": say(f"schools.EmergencyCouncil_State_{known.state.title()}"),
        "colour": COLOURS[known.state],
    }


def _sheet(found: list[Known]) -> bytes:
    book, sheet = spreadsheets.begin(say("schools.System_EmergencyContacts"))
    spreadsheets.put(sheet, 1, [say(f"schools.Emergency_{name}") for name in COLUMNS], bold=True)
    lines = [(known, order, one) for known in found for order, one in enumerate(known.contacts, start=1)]
    yes = say("schools.Emergency_Yes")
    for number, (known, order, one) in enumerate(lines, start=2):
        words = [
            *(known.school.name, known.school.urn, str(order), one.name, one.role, one.phone),
            *(one.other_phone, one.available, yes if one.key_holder else "", yes if one.alarm else ""),
        ]
        spreadsheets.put(sheet, number, words)
    return spreadsheets.finished(book, widths=_WIDTHS, freeze="A2")


def _crumbs(*more: str) -> list[tuple[str, str]]:
    here = (say("schools.System_EmergencyContacts"), reverse("council:emergency") if more else "")
    return [(say("shared.Menu_Home"), reverse("council:home")), here, *((one, "") for one in more)]
