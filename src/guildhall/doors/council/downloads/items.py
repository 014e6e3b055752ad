"""Documents and tools: the list, and adding, changing, replacing, moving and retiring one."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guildhall.doors.council.governors.showing import Crumb, asked, crumbs, sure
from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.files import queries as file_queries
from guildhall.foundation.files.views import serve
from guildhall.foundation.kit.pagination import page_of
from guildhall.foundation.kit.typed import key_of, one_line
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.work.downloads import queries, services
from guildhall.work.downloads.models import Item

from .forms import DetailsForm, ItemForm, ReplaceForm, said_of_item

DOOR = door(Permission.KEEP_DOWNLOADS, verified=True)
PAGE = require_http_methods(["GET", "HEAD", "POST"])


def trail(item: Item | None = None) -> list[Crumb]:
    """The way to the downloads, or to one of them."""
    here = (say("schools.Downloads_Heading"), reverse("council:downloads"))
    own = [(item.called, reverse("council:download", args=[item.pk]))] if item else []
    return crumbs(here, *own)


def sent(request: HttpRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _acting(request: HttpRequest) -> dict[str, Any]:
    return {"by": who(request), "now": timezone.now()}


def _item(pk: UUID) -> Item:
    return get_object_or_404(queries.every_item(), pk=pk)


@require_safe
@DOOR
def downloads(request: HttpRequest) -> HttpResponse:
    """What schools are offered, in order, or with ?retired what they were."""
    retired, words = "retired" in request.GET, one_line(request.GET.get("find"))[:100]
    context = {
        "retired": retired,
        "words": words,
        "page": page_of(queries.items(words, retired=retired), request, 50),
        "breadcrumbs": crumbs((say("schools.Downloads_Heading"), "")),
    }
    return render(request, "council/downloads/list.html", context)


@PAGE
@DOOR
def add(request: HttpRequest) -> HttpResponse:
    """A new document or tool; first there must be a section."""
    sections = list(queries.sections())
    if not sections:
        messages.warning(request, say("schools.Downloads_SectionFirst"))
        return redirect("council:download-sections")
    form = ItemForm(*sent(request), sections=sections, initial={"download_date": timezone.localdate()})
    key = key_of(request.POST.get("key"))
    acting = _acting(request) | {"key": key}
    made = form.done(
        lambda: services.add_item(form.told, upload=form.cleaned_data["download_file"], **acting)
    )
    if made is None:
        return asked(request, form, say("schools.Downloads_Add"), trail(), key=key, files=True)
    messages.success(request, say("schools.Downloads_Added", title=made.called))
    return redirect("council:download", made.pk)


@require_safe
@DOOR
def item(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One with its versions."""
    found = _item(pk)
    context = {
        "item": found,
        "versions": file_queries.lines_of(queries.versions(found)),
        "breadcrumbs": [*trail(), (found.called, "")],
    }
    return render(request, "council/downloads/item.html", context)


@PAGE
@DOOR
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Describe one otherwise, or move it to another section."""
    found = _item(pk)
    data = request.POST if request.method == "POST" else None
    form = DetailsForm(data, sections=list(queries.sections()), initial=said_of_item(found))
    if not form.done(lambda: services.change_item(found, form.told, **_acting(request))):
        return asked(request, form, say("schools.Downloads_Change"), trail(found))
    messages.success(request, say("schools.Downloads_Saved"))
    return redirect("council:download", pk)


@PAGE
@DOOR
def replace(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A newer version."""
    found = _item(pk)
    data, uploads = sent(request)
    form = ReplaceForm(data, uploads, initial={"download_date": timezone.localdate()})
    if not form.done(lambda: _replace(request, found, form)):
        return asked(request, form, say("schools.Downloads_Replace"), trail(found), files=True)
    messages.success(request, say("schools.Downloads_Saved"))
    return redirect("council:download", pk)


def _replace(request: HttpRequest, found: Item, form: ReplaceForm) -> Item:
    told = form.cleaned_data
    version, day = one_line(told["download_version"]), told["download_date"]
    upload = told["download_file"]
    return services.replace_item(found, upload=upload, version=version, dated_on=day, **_acting(request))


@require_POST
@DOOR
def move(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One place up or down in its section."""
    services.move_item(_item(pk), up=request.POST.get("way") == "up", **_acting(request))
    return redirect("council:downloads")


@PAGE
@DOOR
def retire(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask first, then offer it no more."""
    found = _item(pk)
    if request.method != "POST":
        heading = say("schools.Downloads_Retire_Heading", title=found.called)
        words, button = say("schools.Downloads_Retire_Words"), say("schools.Downloads_Retire")
        return sure(request, heading, words, button, trail(found))
    services.retire_item(found, **_acting(request))
    messages.success(request, say("schools.Downloads_Retired", title=found.called))
    return redirect("council:download", pk)


@require_POST
@DOOR
def offer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Offer a retired one again."""
    services.offer_again(_item(pk), **_acting(request))
    messages.success(request, say("schools.Downloads_Saved"))
    return redirect("council:download", pk)


@require_safe
@DOOR
def file(request: HttpRequest, pk: UUID, file_id: UUID) -> HttpResponse:
    """Download one version."""
    stored = queries.version(_item(pk), file_id)
    if stored is None:
        raise Http404
    return cast(HttpResponse, serve(stored, request=request))
