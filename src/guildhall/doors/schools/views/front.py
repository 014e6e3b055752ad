"""The front page of the schools' site and what hangs on it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guildhall.foundation.access.doors import door, holder_of, open_to_all
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.identifiers import fold_name
from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.kit.tiles import Tile
from guildhall.foundation.kit.typed import number, one_line
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.models import User
from guildhall.people.membership.models import SchoolPlace
from guildhall.people.schoolsite import queries as site
from guildhall.people.schoolsite import services
from guildhall.people.schoolsite.models import SiteEntry

from ..actions.tile import actions_tile
from ..calendar.showing import closed_today
from ..forms import WordsForm
from ..post.tile import post_tile
from ..showing import (
    AREA,
    CASES,
    CHOSEN,
    FAMILIES,
    FORMS,
    chosen_among,
    current,
    entries,
    links_to,
    managing,
    page,
    places_of,
    shown,
)
from ..sidebar import Line, governing, opened_for
from ..wording import dfe_number, phase_name

Kind = SiteEntry.Kind
SIGN_IN_WORDS = {"school portal", "schools portal", "porth ysgolion"}
JOBS_SHOWN = 5
# Below the cases and the users.
OWN_TILES = (
    ("schools:calendar", "schools.Calendar_Heading", "schools.Tile_Calendar_Words"),
    ("schools:report-closure", "schools.Closure_Report", "schools.Tile_Closure_Words"),
    ("schools:area", "schools.OwnArea_Heading", "schools.Tile_Area_Words"),
    ("schools:traded", "schools.Traded_Heading", "schools.Traded_Tile_Words"),
    ("schools:notices", "schools.Notices_Heading", "schools.Notices_Tile_Words"),
    ("schools:details", "schools.Details_Title", "schools.Tile_Details_Words"),
    ("schools:help", "schools.Help_Heading", "schools.Tile_Help_Words"),
)
PUBLIC = "What the council tells schools is no secret; accounts and users are behind sign-in."


@require_safe
@open_to_all(PUBLIC)
def home(request: HttpRequest) -> HttpResponse:
    """The three columns, below the tiles of whoever is signed in."""
    found = entries()
    jobs = _of(found, Kind.JOB)
    context = {
        "services": _of(found, Kind.SERVICE),
        "tasks": _of(found, Kind.TASK),
        "jobs": jobs[:JOBS_SHOWN],
        "news": _of(found, Kind.NEWS),
        "tiles": _tiles(request),
        "accounts": links_to(AREA),
        "closed": closed_today(timezone.localdate()),
    }
    return page(request, "schools/home.html", context)


def _tiles(request: HttpRequest) -> list[Tile]:
    place = chosen_among(places_of(request), request)
    admin = place is not None and place.school_id in holder_of(request).administered
    words = say("schools.Tile_Users_Words" if admin else "schools.Tile_Users_Off")
    return [
        *(Tile(one["title"], one["words"], one["href"]) for one in links_to(CASES)),
        Tile(say("schools.Tile_Users"), words, reverse("schools:users") if admin else ""),
        *([post_tile(request, place), actions_tile(request, place)] if place else []),
        *(Tile(one["title"], one["words"], one["href"]) for one in links_to((*FAMILIES, *FORMS))),
        *_opened(request, place),
        *(Tile(say(title), say(words), reverse(route)) for route, title, words in OWN_TILES),
    ]


def _opened(request: HttpRequest, place: SchoolPlace | None) -> list[Tile]:
    """What a responsibility opens for this person."""
    pages = (*opened_for(holder_of(request), place.school_id), *governing(place)) if place else ()
    return [Tile(one["title"], one["words"], one["href"]) for one in links_to(pages)]


def _of(found: list[SiteEntry], kind: str) -> list[dict[str, str]]:
    return [shown(entry) for entry in found if entry.kind == kind]


@require_safe
@open_to_all(PUBLIC)
def jobs(request: HttpRequest) -> HttpResponse:
    """Every vacancy."""
    found = _of(entries(Kind.JOB), Kind.JOB)
    return page(request, "schools/list.html", {"heading": say("schools.Jobs_Heading"), "found": found})


@require_safe
@open_to_all(PUBLIC)
def search(request: HttpRequest) -> HttpResponse:
    """What the words may mean: one's own pages of the portal, then the site. "School Portal" signs in."""
    words = one_line(request.GET.get("q"))[:100]
    if fold_name(words) in SIGN_IN_WORDS:
        return redirect(f"{reverse('account:sign-in')}?door=schools&next={reverse('schools:home')}")
    sought = fold_name(words).split()
    own = [one for one in _own_pages(request) if sought and all(word in one.said for word in sought)]
    found = [_found(one) for one in site.among(entries(), words, language=active_language())]
    context = {
        "heading": say("schools.Search_Heading"),
        "found": [{"title": one.title, "href": one.href} for one in own] + found,
        "asks": True,
        "searched": words,
        "none": say("schools.Search_None"),
    }
    return page(request, "schools/list.html", context)


def _found(entry: SiteEntry) -> dict[str, str]:
    """A guide says that it is one, since it is called like the page that it is about."""
    link = shown(entry)
    guide = entry.kind == Kind.GUIDE
    return link | {"title": say("schools.Search_Guide", title=link["title"])} if guide else link


@dataclass(frozen=True)
class _OwnPage:
    """A page of the portal that this person may open. ``said`` is folded for searching."""

    title: str
    href: str
    said: str


def _own_pages(request: HttpRequest) -> list[_OwnPage]:
    """What the home page and the menu at the left lead a signed-in person to, each page once."""
    place = chosen_among(places_of(request), request)
    if place is None:
        return []
    named = [(tile.title, tile.words, tile.href) for tile in _tiles(request)]
    named += [(line.title, "", line.href) for line in _flat(managing(holder_of(request), place))]
    by_address = {href: (title, words) for title, words, href in reversed(named) if href}
    return [
        _OwnPage(title, href, fold_name(f"{title} {words}")) for href, (title, words) in by_address.items()
    ]


def _flat(lines: Iterable[Line]) -> Iterator[Line]:
    for line in lines:
        yield line
        yield from _flat(line.below)


@require_safe
@open_to_all(PUBLIC)
def a_to_z(request: HttpRequest) -> HttpResponse:
    """Everything on the site by the first letter of its title."""
    links = [shown(one) for one in entries()]
    links.sort(key=lambda one: fold_name(one["title"]))
    by_letter = groupby(links, lambda one: fold_name(one["title"])[:1].upper())
    letters = [(letter, list(some)) for letter, some in by_letter]
    return page(request, "schools/a_to_z.html", {"letters": letters})


@require_safe
@open_to_all(PUBLIC)
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry's own page."""
    found = next((one for one in entries() if one.pk == pk), None)
    if found is None:
        raise Http404
    context = {
        "title": site.said(found.title, active_language()),
        "words": site.said(found.words, active_language()),
        "link": found.link,
        "video": found.video,
        "transcript": site.said(found.transcript, active_language()),
    }
    return page(request, "schools/entry.html", context)


@require_safe
@door(Permission.USE_SCHOOL)
def details(request: HttpRequest) -> HttpResponse:
    """What the register knows of the current school."""
    school = current(request).school
    known = [
        ("Urn", school.urn),
        ("Number", dfe_number(school)),
        ("Phase", phase_name(school.phase)),
        ("Town", school.town),
        ("Postcode", school.postcode),
    ]
    rows = [{"key": say(f"schools.School_{name}"), "value": value or "-"} for name, value in known]
    return page(request, "schools/details.html", {"rows": rows})


@require_POST
@door(Permission.USE_SCHOOL)
def switch(request: HttpRequest) -> HttpResponse:
    """Work for another of one's schools, without signing in again."""
    wanted = number(request.POST.get("school"))
    if wanted not in {one.school_id for one in places_of(request)}:
        raise Http404
    request.session[CHOSEN] = wanted
    return redirect("schools:home")


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.USE_SCHOOL)
def feedback(request: HttpRequest) -> HttpResponse:
    """Tell the council what is good or bad about the site."""
    form = WordsForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        services.send_feedback(form.cleaned_data["words"], by=cast(User, request.user), now=timezone.now())
        return page(request, "schools/said.html", {"heading": say("schools.Feedback_Sent")})
    context = {
        "form": form,
        "heading": say("schools.Feedback_Heading"),
        "button": say("schools.Feedback_Button"),
        "problems": form.problems,
        "can": holder_of(request).may(Permission.USE_SCHOOL),
    }
    return page(request, "schools/form.html", context, status=422 if context["problems"] else 200)
