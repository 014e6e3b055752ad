"""The way to a posting: its door, loading it, the way back, and how its page words things."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.texts.queries import say
from guildhall.mail.post import queries
from guildhall.mail.post.models import Posting, ReturnedFile

DOOR = door(Permission.PUBLISH_POST, verified=True)


def posting_or_404(request: HttpRequest, pk: int) -> Posting:
    """The posting ``pk``, for an officer."""
    found = queries.posting(holder_of(request), pk)
    if found is None:
        raise Http404
    return found


def returned_or_404(request: HttpRequest, pk: UUID) -> ReturnedFile:
    """A file that a school returned, for an officer."""
    found = queries.returned(holder_of(request), pk)
    if found is None:
        raise Http404
    return found


def trail(posting: Posting | None = None, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """Home, the list of post, the posting if given, and then ``more``: (words, address)."""
    own = [(posting.title, reverse("posting:posting", args=[posting.pk]) if more else "")] if posting else []
    heading = (say("schools.Posting_Heading"), reverse("posting:list") if posting or more else "")
    return [(say("shared.Menu_Home"), reverse("council:home")), heading, *own, *more]


def state_words(state: str) -> str:
    """What a state is called."""
    return say(f"schools.Posting_State_{state}")


def sure(
    request: HttpRequest,
    posting: Posting,
    act: str,
    *,
    problems: dict[str, str] | None = None,
    back: str = "",
    reason: bool = False,
    warned: bool = True,
    values: dict[str, Any] | None = None,
) -> HttpResponse:
    """Ask before ``act`` (the name in its texts) is done; with a box for the ``reason``."""
    heading = say(f"schools.Posting_{act}")
    context = {
        "posting": posting,
        "heading": heading,
        "words": say(f"schools.Posting_{act}_Words", **(values or {})),
        "button": heading,
        "warned": warned,
        "asks_reason": reason,
        "typed": request.POST,
        "problems": problems or {},
        "back": back or reverse("posting:posting", args=[posting.pk]),
        "breadcrumbs": trail(posting, (heading, "")),
    }
    return render(request, "posting/sure.html", context, status=422 if problems else 200)
