"""Who has these pages, and where they stand."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from guildhall.foundation.access.doors import holder_of
from guildhall.foundation.texts.queries import say
from guildhall.work.annualreviews import rules

View = Callable[..., HttpResponse]


def of_the_team(view: View) -> View:
    """Let in nobody but the team that decides about plans."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not rules.works_for(holder_of(request)):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way to a page; ``more`` are those below the list."""
    here = (say("schools.SenReview_Council_Heading"), reverse("council:annual-reviews") if more else "")
    return [(say("shared.Menu_Home"), reverse("council:home")), here, *more]
