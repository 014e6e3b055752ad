"""Who has these pages, and where they stand."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from guildhall.foundation.access.doors import holder_of
from guildhall.foundation.texts.queries import say
from guildhall.work.meals import rules

View = Callable[..., HttpResponse]


def of_the_team(view: View) -> View:
    """Let in nobody but the team that keeps the lists."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not rules.keeps_lists(holder_of(request)):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def crumbs(*more: str) -> list[tuple[str, str]]:
    """The way to a page; ``more`` are the headings below the work list."""
    here = (say("schools.MealsCouncil_Heading"), reverse("council:meals") if more else "")
    return [(say("shared.Menu_Home"), reverse("council:home")), here, *((one, "") for one in more)]
