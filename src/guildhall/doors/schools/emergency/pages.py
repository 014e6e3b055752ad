"""The school's own contacts: the list, adding, changing, ordering, removing, confirming (SC-091)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.telling import refusals_told
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.people.membership.asking import acting
from guildhall.people.membership.models import SchoolPlace
from guildhall.work.emergency import queries, rules, services
from guildhall.work.emergency.models import Contact

from ..opened import with_system
from ..showing import page
from .forms import ContactForm, said_of

HERE = door(Permission.USE_SCHOOL, verified=True)
OPEN = with_system(rules.SYSTEM)
PAGE = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@HERE
@OPEN
def contacts(request: HttpRequest, place: SchoolPlace) -> HttpResponse:
    """Who is called, in order, since when nobody has confirmed it, and who can be put back."""
    holder, now = holder_of(request), timezone.now()
    found = list(queries.contacts_of(holder, place.school_id))
    sheet = queries.sheet_of(place.school_id)
    confirmed_at = sheet.confirmed_at if sheet else None
    looked(request, place.school_id, "list")
    context = {
        "contacts": found,
        "sheet": sheet,
        "old": rules.is_old(confirmed_at, now=now),
        "changed_since": bool(confirmed_at and (queries.last_change(found) or confirmed_at) > confirmed_at),
        "full": len(found) >= rules.MOST,
        "most": rules.MOST,
        "days": rules.CONFIRMED_FOR.days,
        "removed": queries.removed_from(holder, place.school_id, now=now),
    }
    return page(request, "schools/emergency/list.html", context)


def looked(request: HttpRequest, school_id: int, surface: str) -> None:
    """Keep that the contacts of a school were read."""
    about = ("organisations.establishment", str(school_id))
    detail = {"surface": surface}
    audit.record("emergency.viewed", by=who(request), about=about, now=timezone.now(), detail=detail)


@PAGE
@HERE
@OPEN
def add(request: HttpRequest, place: SchoolPlace) -> HttpResponse:
    """Somebody more to telephone."""
    form = ContactForm(_posted(request))
    how = acting(request)
    if form.done(lambda: services.add_contact(place.school_id, form.told, **how)):
        messages.success(request, say("schools.Emergency_Added", name=form.told.name))
        return redirect("schools:emergency")
    return _asked(request, form, say("schools.Emergency_Add_Heading"))


@PAGE
@HERE
@OPEN
def change(request: HttpRequest, place: SchoolPlace, pk: int) -> HttpResponse:
    """Other details of somebody on the list."""
    found = _own(request, place, pk)
    form = ContactForm(_posted(request), initial=said_of(found))
    how = acting(request)
    if form.done(lambda: services.change_contact(found, form.told, **how)):
        messages.success(request, say("schools.Emergency_Changed", name=form.told.name))
        return redirect("schools:emergency")
    looked(request, place.school_id, "page")
    return _asked(request, form, say("schools.Emergency_Change_Heading", name=found.name))


@require_POST
@HERE
@OPEN
def move(request: HttpRequest, place: SchoolPlace, pk: int) -> HttpResponse:
    """Call somebody one earlier or one later."""
    found = _own(request, place, pk)
    services.move_contact(found, up=request.POST.get("way") == "up", **acting(request))
    messages.success(request, say("schools.Emergency_Moved", name=found.name))
    return redirect("schools:emergency")


@PAGE
@HERE
@OPEN
def remove(request: HttpRequest, place: SchoolPlace, pk: int) -> HttpResponse:
    """Ask first, then take somebody out; the next page offers to put them back."""
    found = _own(request, place, pk)
    if request.method != "POST":
        looked(request, place.school_id, "page")
        return page(request, "schools/emergency/remove.html", {"contact": found})
    services.remove_contact(found, **acting(request))
    undo = render_to_string("schools/emergency/removed_notice.html", {"contact": found}, request=request)
    messages.success(request, SafeString(undo))
    return redirect("schools:emergency")


@require_POST
@HERE
@OPEN
def put_back(request: HttpRequest, place: SchoolPlace, pk: int) -> HttpResponse:
    """Put somebody back who was removed of late."""
    rows = queries.removed_from(holder_of(request), place.school_id, now=timezone.now())
    found = get_object_or_404(rows, pk=pk)
    with refusals_told(request):
        services.put_back_contact(found, **acting(request))
        messages.success(request, say("schools.Emergency_PutBack_Done", name=found.name))
    return redirect("schools:emergency")


@require_POST
@HERE
@OPEN
def confirm(request: HttpRequest, place: SchoolPlace) -> HttpResponse:
    """Say that everything on the list is right today."""
    with refusals_told(request):
        services.confirm_contacts(place.school_id, **acting(request))
        messages.success(request, say("schools.Emergency_Confirmed_Done"))
    return redirect("schools:emergency")


def _own(request: HttpRequest, place: SchoolPlace, pk: int) -> Contact:
    return get_object_or_404(queries.contacts_of(holder_of(request), place.school_id), pk=pk)


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _asked(request: HttpRequest, form: ContactForm, heading: str) -> HttpResponse:
    problems = form.problems
    context = {"form": form, "heading": heading, "problems": problems}
    return page(request, "schools/emergency/form.html", context, status=422 if problems else 200)
