"""Writing a posting: one page, kept as a draft until it is published."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from guildhall.doors.schools.wording import phase_name
from guildhall.foundation.kit.refusals import Refusal, Refusals
from guildhall.foundation.kit.telling import refusals_told
from guildhall.foundation.kit.typed import number
from guildhall.foundation.texts.queries import say
from guildhall.mail.post import queries
from guildhall.mail.post import services as post
from guildhall.mail.post.models import Posting
from guildhall.mail.post.told import Told
from guildhall.mail.post.wording import sensitivity_words
from guildhall.people.accounts.asking import who
from guildhall.people.organisations.queries import open_establishments, phases
from guildhall.people.responsibilities.queries import offered
from guildhall.people.responsibilities.rules import Sensitivity

from .typed import boxes, read_told
from .way import DOOR, posting_or_404, sure, trail

MOST_SCHOOLS = 1_000


@require_http_methods(["GET", "HEAD", "POST"])
@DOOR
def new(request: HttpRequest) -> HttpResponse:
    """A posting with nothing in it yet."""
    return _write(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@DOOR
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a draft."""
    posting = posting_or_404(request, pk)
    if posting.state != Posting.State.DRAFT:
        return redirect("posting:posting", pk)
    return _write(request, posting)


def _write(request: HttpRequest, posting: Posting | None) -> HttpResponse:
    if request.method != "POST":
        return _page(request, posting, Told.of(posting) if posting else Told(title_en=""), {})
    problems: dict[str, str] = {}
    told = read_told(request.POST, problems)
    if problems:
        return _page(request, posting, told, problems)
    try:
        kept = _kept(request, posting, told)
    except Refusals as refusal:
        return _page(request, posting, told, refusal.problems)
    except Refusal as refusal:
        posting = posting_or_404(request, posting.pk) if posting else None
        return _page(request, posting, told, {"title_en": refusal.message})
    return _with_files(request, kept)


def _with_files(request: HttpRequest, posting: Posting) -> HttpResponse:
    """Put the files with what was kept; one that is refused is asked for again."""
    with refusals_told(request):
        post.attach(
            posting, uploads=request.FILES.getlist("attachments"), by=who(request), now=timezone.now()
        )
        messages.success(request, say("schools.Posting_Kept", number=posting.number))
        return redirect("posting:posting", posting.pk)
    return redirect("posting:edit", posting.pk)


def _kept(request: HttpRequest, posting: Posting | None, told: Told) -> Posting:
    act: dict[str, Any] = {"by": who(request), "now": timezone.now()}
    if posting is None:
        return post.draft_posting(told=told, **act)
    return post.change(posting, told=told, seen=number(request.POST.get("revision")), **act)


def _page(
    request: HttpRequest, posting: Posting | None, told: Told, problems: dict[str, str]
) -> HttpResponse:
    heading = say("schools.Posting_Edit" if posting else "schools.Posting_New")
    context = {
        "posting": posting,
        "told": told,
        "heading": heading,
        "problems": problems,
        "act_by": boxes(request.POST, "act_by", told.act_by),
        "file_by": boxes(request.POST, "file_by", told.file_by),
        "schools_chosen": bool(told.schools),
        "files": queries.attached_to(posting) if posting else [],
        "breadcrumbs": trail(posting, (heading, "")),
    }
    return render(request, "posting/write.html", context | choices(), status=422 if problems else 200)


def choices() -> dict[str, Any]:
    """What there is to choose from."""
    schools = open_establishments()[:MOST_SCHOOLS]
    audiences = [(one, say(f"schools.Posting_Audience_{one}")) for one in Posting.Audience.values]
    return {
        "levels": [
            {
                "value": level,
                "text": sensitivity_words(level),
                "hint": say(f"schools.Posting_Level_{key}_Hint"),
            }
            for key, level in ((one.name, one.value) for one in Sensitivity)
        ],
        "audiences": audiences,
        "all_phases": [(phase, phase_name(phase)) for phase in phases()],
        "all_schools": [(school.pk, school.name) for school in schools],
        "all_responsibilities": [(one.pk, one.called) for one in offered()],
    }


@require_POST
@DOOR
def detach(request: HttpRequest, pk: int, file_id: UUID) -> HttpResponse:
    """Take a file off a draft."""
    posting = posting_or_404(request, pk)
    file = next((one for one in queries.attached_to(posting) if one.pk == file_id), None)
    if file is None:
        raise Http404
    try:
        post.detach(posting, file=file, by=who(request), now=timezone.now())
    except post.NotADraft as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, say("schools.Posting_Detached", name=file.name))
    return redirect("posting:posting", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@DOOR
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away; asked first."""
    posting = posting_or_404(request, pk)
    if request.method != "POST":
        return sure(request, posting, "Remove")
    try:
        post.remove_draft(posting, by=who(request), now=timezone.now())
    except post.NotADraft as refusal:
        messages.error(request, refusal.message)
        return redirect("posting:posting", pk)
    messages.success(request, say("schools.Posting_Removed", number=posting.number))
    return redirect("posting:list")
