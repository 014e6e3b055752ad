"""What the authority posts: the list, and one posting as schools see it with what became of it."""

from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from guildhall.doors.schools.wording import phase_name
from guildhall.foundation.access.doors import holder_of
from guildhall.foundation.files.queries import lines_of
from guildhall.foundation.files.views import serve
from guildhall.foundation.kit.pagination import page_of
from guildhall.foundation.kit.typed import one_line
from guildhall.foundation.texts.queries import say
from guildhall.mail.post import queries
from guildhall.mail.post.models import Correction, Posting
from guildhall.mail.post.queries.council import STATES
from guildhall.mail.post.wording import sensitivity_words

from .way import DOOR, posting_or_404, state_words, trail

COLOURS = {
    "draft": "grey",
    "scheduled": "yellow",
    "published": "green",
    "corrected": "blue",
    "withdrawn": "red",
}
_LONGEST = 100


@require_safe
@DOOR
def postings(request: HttpRequest) -> HttpResponse:
    """Every posting by state and words, drafts first."""
    words, state = one_line(request.GET.get("q"))[:_LONGEST], request.GET.get("state", "")
    page = page_of(queries.postings(holder_of(request), state=state, words=words), request)
    context = {
        "page": page,
        "rows": [_row(one) for one in page],
        "words": words,
        "state": state,
        "states": [(one, state_words(one)) for one in STATES],
        "breadcrumbs": trail(),
    }
    return render(request, "posting/list.html", context)


def _row(one: Posting) -> dict[str, Any]:
    return {
        "posting": one,
        "state": state_words(one.shown_state),
        "colour": COLOURS[one.shown_state],
        "level": sensitivity_words(one.sensitivity),
        "responsibilities": ", ".join(each.called for each in one.responsibilities.all()),
    }


@require_safe
@DOOR
def posting(request: HttpRequest, pk: int) -> HttpResponse:
    """One posting: what schools see, whom it reaches, what they did, and what can be done with it."""
    one = posting_or_404(request, pk)
    had = one.state in {Posting.State.PUBLISHED, Posting.State.WITHDRAWN}
    context = _row(one) | {
        "audience": _audience(one),
        "files": lines_of(queries.attached_to(one)),
        "reached": queries.reached_by(one) if one.responsibilities.all() else None,
        "summary": queries.summary(one, today=timezone.localdate()) if had else None,
        "corrections": [{"one": each, "before": _before(each)} for each in queries.corrections(one)],
        "chases": queries.chases_of(one),
        "breadcrumbs": trail(one),
    }
    return render(request, "posting/posting.html", context)


def _before(correction: Correction) -> list[tuple[str, str]]:
    """What a correction changed: the name of each field, and what it had held."""
    held = [(name, value) for name, value in correction.before.items() if value or name != "files"]
    return [(say(f"schools.Posting_Field_{name}"), _said(value)) for name, value in held]


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return say("schools.Posting_Yes" if value else "schools.Posting_No")
    return ", ".join(value) if isinstance(value, list) else str(value or "–")


def _audience(one: Posting) -> str:
    words = say(f"schools.Posting_Audience_{one.audience}")
    if one.audience == Posting.Audience.PHASES:
        return f"{words}: {', '.join(map(phase_name, one.phases))}"
    return words


@require_safe
@DOOR
def file(request: HttpRequest, pk: int, file_id: UUID) -> HttpResponse:
    """An attachment, once it was found clean."""
    found = next((one for one in queries.attached_to(posting_or_404(request, pk)) if one.pk == file_id), None)
    if found is None:
        raise Http404
    return cast(HttpResponse, serve(found, request=request))
