"""News for governors."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.pagination import page_of
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.work.governors import queries, services

from .forms import NewsForm, said_of_news
from .showing import Crumb, asked, crumbs, sure

DOOR = door(Permission.KEEP_GOVERNORS_AREA, verified=True)
PAGE = require_http_methods(["GET", "HEAD", "POST"])


def _trail() -> list[Crumb]:
    above = (say("schools.Governors_Heading"), reverse("council:governors"))
    return crumbs(above, (say("schools.Governors_News"), reverse("council:governors-news")))


@require_safe
@DOOR
def news(request: HttpRequest) -> HttpResponse:
    """All news, or with ?removed what was taken off."""
    removed = "removed" in request.GET
    context = {
        "removed": removed,
        "today": timezone.localdate(),
        "page": page_of(queries.all_news(removed=removed), request),
        "breadcrumbs": [*_trail()[:-1], (say("schools.Governors_News"), "")],
    }
    return render(request, "council/governors/news.html", context)


@PAGE
@DOOR
def add(request: HttpRequest) -> HttpResponse:
    """Publish news."""
    data = request.POST if request.method == "POST" else None
    form = NewsForm(data, initial={"news_date": timezone.localdate()})
    if not form.done(lambda: services.add_news(form.told, by=who(request), now=timezone.now())):
        return asked(request, form, say("schools.News_Add"), _trail())
    messages.success(request, say("schools.News_Saved"))
    return redirect("council:governors-news")


@PAGE
@DOOR
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Write it otherwise."""
    found = get_object_or_404(queries.all_news(), pk=pk)
    form = NewsForm(request.POST if request.method == "POST" else None, initial=said_of_news(found))
    acting: dict[str, Any] = {"by": who(request), "now": timezone.now()}
    if not form.done(lambda: services.change_news(found, form.told, **acting)):
        return asked(request, form, f"{say('schools.News_Change')}: {found.called}", _trail())
    messages.success(request, say("schools.News_Saved"))
    return redirect("council:governors-news")


@PAGE
@DOOR
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask first, then take news off; it can be put back."""
    found = get_object_or_404(queries.all_news(), pk=pk)
    if request.method != "POST":
        heading = say("schools.News_Remove_Heading", title=found.called)
        return sure(request, heading, say("schools.News_Remove_Words"), say("schools.News_Remove"), _trail())
    services.remove_news(found, by=who(request), now=timezone.now())
    messages.success(request, say("schools.News_Removed"))
    return redirect("council:governors-news")


@require_POST
@DOOR
def put_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish removed news again."""
    found = get_object_or_404(queries.all_news(removed=True), pk=pk)
    services.put_back_news(found, by=who(request), now=timezone.now())
    messages.success(request, say("schools.News_Saved"))
    return redirect("council:governors-news")
