"""Who has these pages, and where they stand."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from guildhall.foundation.access.doors import holder_of
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.work.admissions import rules
from guildhall.work.admissions.models import Round

View = Callable[..., HttpResponse]


def of_the_team(view: View) -> View:
    """Let in nobody but the team that loads the lists."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not rules.loads_lists(holder_of(request)):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def acting(request: HttpRequest) -> dict[str, Any]:
    """Who does something, and when."""
    return {"holder": holder_of(request), "by": who(request), "now": timezone.now()}


def crumbs(found: Round | None = None, *more: str) -> list[tuple[str, str]]:
    """The way to a page; ``more`` are the headings below the round."""
    below = bool(found or more)
    way = [
        (say("shared.Menu_Home"), reverse("council:home")),
        (say("schools.AdmissionsCouncil_Heading"), reverse("council:admissions") if below else ""),
    ]
    if found:
        way.append((found.title, reverse("council:admissions-round", args=[found.pk]) if more else ""))
    return [*way, *((one, "") for one in more)]
