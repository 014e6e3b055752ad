"""The collections with their days, their guidance and their rules, and sending a file."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts.queries import say
from guildhall.people.membership.models import SchoolPlace
from guildhall.work.returns import collections, queries, rules, services
from guildhall.work.returns.collections import Collection
from guildhall.work.returns.models import Key, Return
from guildhall.work.returns.wording import collection_name, pack_of, words_of, year_name

from ..showing import current, page
from . import shown

Area = Return.Area


def reader(request: HttpRequest) -> SchoolPlace:
    """The place of somebody who sends or approves their school's returns. Raises Http404."""
    place = current(request)
    if not rules.reads(place, today=timezone.localdate()):
        raise Http404
    return place


@require_safe
@door(Permission.USE_SCHOOL, verified=True)
def listed(request: HttpRequest) -> HttpResponse:
    """The collections of this year: their days, how far each return is, and what can be done now."""
    place, now = reader(request), timezone.now()
    own = {
        (one.key, one.year, one.area): one for one in queries.returns_of(place, today=timezone.localdate(now))
    }
    near = collections.near(timezone.localdate(now))
    sends = rules.sends(place)
    context = {"rows": [_row(one, own, now, sends=sends) for one in near], "sends": sends}
    return page(request, "schools/returns/list.html", context)


def _row(one: Collection, own: Mapping[Any, Return], now: datetime, *, sends: bool) -> dict[str, Any]:
    """A collection, and for each area its return and whether files are taken."""
    areas = []
    for area in (Area.PRACTICE, Area.LIVE):
        found = own.get((one.key, one.year, area))
        areas.append(
            {
                "area": str(area),
                "name": say(f"schools.Returns_Area_{area.title()}"),
                "own": found,
                "state": shown.state_name(found.state if found else Return.State.NONE),
                "colour": shown.COLOURS[Return.State(found.state if found else Return.State.NONE)],
                "open": sends and one.is_open(area, now),
            }
        )
    return {
        "collection": one,
        "title": collection_name(one.key, one.year),
        "facts": shown.collection_facts(one),
        "areas": areas,
    }


def asked_for(key: str, year: int) -> Collection:
    """The collection that an address names. Raises Http404."""
    if key not in Key.values or not 2018 <= year <= 2100:
        raise Http404
    return collections.collection(key, year)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.USE_SCHOOL, verified=True)
def upload(request: HttpRequest, key: str, year: int, area: str) -> HttpResponse:
    """Choose a file; it is checked by the same rules in both areas (SY-057)."""
    place, one = reader(request), asked_for(key, year)
    if area not in Area.values or not rules.sends(place):
        raise Http404
    problems: Mapping[str, str] = {}
    if request.method == "POST":
        try:
            made = services.upload_file(place, one, area, *_chosen(request), now=timezone.now())
        except Refusal as refusal:
            problems = refusal.by_field("file")
        else:
            return redirect("schools:returns-return", made.pk)
    context = {
        "title": collection_name(key, year),
        "facts": shown.collection_facts(one),
        "area": area,
        "area_name": say(f"schools.Returns_Area_{area.title()}"),
        "collection": one,
        "most": rules.MOST_BYTES >> 20,
        "problems": problems,
    }
    return page(request, "schools/returns/upload.html", context, status=422 if problems else 200)


def _chosen(request: HttpRequest) -> tuple[str, bytes]:
    """The name and the content of the file, of which no more is read than may be. Raises Refusal."""
    file = request.FILES.get("file")
    if file is None:
        raise Refusal(say("schools.Error_ReturnFile_None"), field="file")
    return file.name or "", file.read(rules.MOST_BYTES + 1)


@require_safe
@door(Permission.USE_SCHOOL, verified=True)
def guidance(request: HttpRequest, key: str, year: int) -> HttpResponse:
    """What is collected, when, and by which rules a file is checked (SY-058)."""
    reader(request)
    one = asked_for(key, year)
    pack = pack_of(key, year)
    asked = pack.of(key)
    context = {
        "title": collection_name(key, year),
        "year": year_name(year),
        "facts": shown.collection_facts(one),
        "collection": one,
        "items": sorted({rule.item for rule in asked}),
        "asked": [
            {"rule": rule, "words": words_of(rule), "kind": say(f"schools.Returns_{rule.kind.title()}")}
            for rule in asked
        ],
        "pack": pack.year,
    }
    return page(request, "schools/returns/guidance.html", context)
