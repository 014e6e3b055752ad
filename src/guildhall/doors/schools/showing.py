"""What every page of the schools' door has: which school it is about, and how to get help."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from guildhall.foundation.access.doors import holder_of
from guildhall.foundation.access.holder import Holder
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.authority.queries import setting
from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.kit.typed import number, one_line
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.models import User
from guildhall.people.membership import school_queries
from guildhall.people.membership.addresses import AT
from guildhall.people.membership.models import SchoolPlace
from guildhall.people.schoolsite import queries as site
from guildhall.people.schoolsite.models import SiteEntry

from .screens import address, address_of, is_built, screen_of
from .sidebar import Line, governing, lines_to, menu_for, opened_for

CHOSEN = "school"
# What other rooms of this door offer, in the order of the home page; left out while they have no page.
CASES = (("schools:new-case", "SubmitCase"), ("schools:cases", "MyCases"))
FAMILIES = (("schools:for-family", "ForFamily"),)
FORMS = (("schools:forms", "Forms"), ("schools:downloads", "Downloads"))
# The area Account Management of the home page.
AREA = (("schools:responsibilities", "Responsibilities"), ("schools:alerts", "Alerts"))


def places_of(request: HttpRequest) -> list[SchoolPlace]:
    """Where this person works now, read once on every request; nothing for strangers.

    On a page that only reads, the holder carries these; whoever changes something asks anew under its lock.
    """
    user, holder = request.user, holder_of(request)
    if not isinstance(user, User) or not holder.schools:
        return []
    known: list[SchoolPlace] | None = getattr(request, "school_places", None)
    if known is None:
        known = list(school_queries.own_places(user))
        request.school_places = known  # type: ignore[attr-defined]
        if request.method in {"GET", "HEAD"}:
            for one in known:
                one.carried = True
                holder.carried[one.school_id] = one
    return known


def chosen_among(places: list[SchoolPlace], request: HttpRequest) -> SchoolPlace | None:
    """The school that the address is for, or the one chosen in this session, while the person works there;
    else their first. An address that is for a school chooses it."""
    if not places:
        return None
    asked = number(request.GET.get(AT)) if request.method in {"GET", "HEAD"} else None
    if asked in {one.school_id for one in places}:
        request.session[CHOSEN] = asked
    wanted = request.session.get(CHOSEN)
    return next((one for one in places if one.school_id == wanted), places[0])


def current(request: HttpRequest) -> SchoolPlace:
    """The place at the school this person is working for now. Raises Http404 without one."""
    place = chosen_among(places_of(request), request)
    if place is None:
        raise Http404
    return place


def administered(request: HttpRequest) -> SchoolPlace:
    """The same, where the person keeps the school's users."""
    place = current(request)
    if place.school_id not in holder_of(request).administered:
        raise Http404
    return place


def supervised(request: HttpRequest) -> SchoolPlace:
    """The same, where the person supervises the school."""
    place = current(request)
    if place.school_id not in holder_of(request).supervised:
        raise Http404
    return place


def links_to(pages: tuple[tuple[str, str], ...]) -> list[dict[str, str]]:
    """Those of ``pages`` (a route, and the name of its text) that there are, as links."""
    return [
        {"href": href, "title": say(f"schools.Link_{name}"), "words": say(f"schools.Link_{name}_Words")}
        for route, name in pages
        if (href := address(route))
    ]


def entries(*kinds: str) -> list[SiteEntry]:
    """What the site shows today; a guide to screens that this installation has not is left out."""
    found = site.shown(on=timezone.localdate(), kinds=kinds)
    return [one for one in found if not one.screens or any(map(is_built, one.screens))]


def shown(entry: SiteEntry) -> dict[str, str]:
    """An entry as a link: elsewhere, to the screen that it is about, or to its own page."""
    title = site.said(entry.title, active_language())
    own = reverse("schools:entry", args=[entry.pk])
    return {"title": title, "href": entry.link or _screen_of_task(entry) or own}


def _screen_of_task(entry: SiteEntry) -> str:
    """The address of the screen that a task leads to; a guide describes its screens on its own page."""
    if entry.kind == SiteEntry.Kind.GUIDE:
        return ""
    return next((found for screen in entry.screens if (found := address_of(screen))), "")


def _guides(request: HttpRequest) -> list[dict[str, str]]:
    """The guides to the screen that is open."""
    match = request.resolver_match
    screen = screen_of(match.view_name) if match else ""
    found = site.guides_of(screen, on=timezone.localdate()) if screen else []
    return [shown(one) for one in found]


def page(
    request: HttpRequest, template: str, context: Mapping[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """A page of this door, with its search, menu and banner."""
    places = places_of(request)
    place = chosen_among(places, request)
    holder = holder_of(request)
    supervisor = place is not None and place.school_id in holder.supervised
    frame = {
        "place": place,
        "places": places,
        "school_names": [(one.school_id, one.school.name) for one in places],
        "telephone": setting("schools.telephone"),
        "helpline_email": setting("schools.email"),
        "admin": place is not None and place.school_id in holder.administered,
        "supervisor": supervisor,
        "uses": holder.may(Permission.USE_SCHOOL) and place is not None,
        "managing": partial(managing, holder, place),
        "page_guides": _guides(request),
        "sought": one_line(request.GET.get("q"))[:100],
    }
    return render(request, template, frame | dict(context or {}), status=status)


def managing(holder: Holder, place: SchoolPlace | None) -> list[Line]:
    """The menu at the left; worked out only where a page draws it."""
    if place is None:
        return []
    menu = menu_for(supervisor=place.school_id in holder.supervised)
    return [*menu, *lines_to((*opened_for(holder, place.school_id), *governing(place)))]
