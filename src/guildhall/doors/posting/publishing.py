"""Publishing a posting now or later, correcting it, and taking it back; each says first what it does."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from guildhall.foundation.kit.refusals import Refusal, Refusals
from guildhall.foundation.kit.speech import clock, day
from guildhall.foundation.kit.typed import one_line, paragraphs
from guildhall.foundation.texts.queries import say
from guildhall.mail.post import queries
from guildhall.mail.post import services as post
from guildhall.mail.post.models import Posting
from guildhall.mail.post.told import Told
from guildhall.mail.post.wording import sensitivity_words
from guildhall.people.accounts.asking import who

from .typed import boxes, moment_typed, read_told
from .way import DOOR, posting_or_404, sure, trail


@require_http_methods(["GET", "HEAD", "POST"])
@DOOR
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom it will reach, what is missing, and the publishing: at once or at a planned moment."""
    posting = posting_or_404(request, pk)
    if posting.state != Posting.State.DRAFT:
        return redirect("posting:posting", pk)
    problems = Told.of(posting).gaps(today=timezone.localdate())
    if request.method != "POST" or problems:
        return _ask(request, posting, {}, gaps=problems)
    later = request.POST.get("when") == "later"
    due_at = moment_typed(request.POST, problems) if later else None
    if problems:
        return _ask(request, posting, problems)
    try:
        _release(request, posting, due_at)
    except Refusals as refusal:
        return _ask(request, posting, {}, gaps=refusal.problems)
    except Refusal as refusal:
        return _ask(request, posting, refusal.by_field("when"))
    return redirect("posting:posting", pk)


def _release(request: HttpRequest, posting: Posting, due_at: datetime | None) -> None:
    act: dict[str, Any] = {"by": who(request), "now": timezone.now()}
    if due_at:
        post.schedule(posting, due_at=due_at, **act)
        messages.success(request, say("schools.Posting_Planned", when=f"{day(due_at)}, {clock(due_at)}"))
    else:
        post.publish(posting, **act)
        messages.success(request, say("schools.Posting_Published", number=posting.number))


def _ask(
    request: HttpRequest, posting: Posting, problems: dict[str, str], *, gaps: dict[str, str] | None = None
) -> HttpResponse:
    context = {
        "posting": posting,
        "level": sensitivity_words(posting.sensitivity),
        "reached": queries.reached_by(posting),
        "gaps": list((gaps or {}).values()),
        "problems": problems,
        "typed": request.POST,
        "due": boxes(request.POST, "due", None),
        "times": [("now", say("schools.Posting_Now")), ("later", say("schools.Posting_Later"))],
        "breadcrumbs": trail(posting, (say("schools.Posting_Publish"), "")),
    }
    refused = problems or (gaps and request.method == "POST")
    return render(request, "posting/publish.html", context, status=422 if refused else 200)


@require_POST
@DOOR
def unschedule(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a planned posting a draft again."""
    posting = posting_or_404(request, pk)
    try:
        post.unschedule(posting, by=who(request), now=timezone.now())
    except post.NotADraft as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, say("schools.Posting_Unscheduled"))
    return redirect("posting:posting", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@DOOR
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what schools have, with a note that they read. Whom it goes to, and at which level, stays."""
    posting = posting_or_404(request, pk)
    if posting.state != Posting.State.PUBLISHED:
        return redirect("posting:posting", pk)
    if request.method != "POST":
        return _correcting(request, posting, Told.of(posting), {})
    problems: dict[str, str] = {}
    told = read_told(request.POST, problems)
    if problems:
        return _correcting(request, posting, told, problems)
    corrected = post.Corrected(
        told,
        note_en=paragraphs(request.POST.get("note_en")),
        note_cy=paragraphs(request.POST.get("note_cy")),
        uploads=tuple(request.FILES.getlist("attachments")),
        off=frozenset(request.POST.getlist("off")),
    )
    try:
        post.correct(posting, corrected=corrected, by=who(request), now=timezone.now())
    except Refusals as refusal:
        return _correcting(request, posting, told, refusal.problems)
    except Refusal as refusal:
        return _correcting(request, posting, told, refusal.by_field("title_en"))
    messages.success(request, say("schools.Posting_Corrected"))
    return redirect("posting:posting", pk)


def _correcting(request: HttpRequest, posting: Posting, told: Told, problems: dict[str, str]) -> HttpResponse:
    heading = say("schools.Posting_Correct")
    context = {
        "posting": posting,
        "told": told,
        "heading": heading,
        "problems": problems,
        "typed": request.POST,
        "act_by": boxes(request.POST, "act_by", told.act_by),
        "file_by": boxes(request.POST, "file_by", told.file_by),
        "off": [(str(file.pk), file.name) for file in queries.attached_to(posting)],
        "chosen_off": request.POST.getlist("off"),
        "breadcrumbs": trail(posting, (heading, "")),
    }
    return render(request, "posting/correct.html", context, status=422 if problems else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@DOOR
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a posting back from all schools; asked first, with the reason."""
    posting = posting_or_404(request, pk)
    if request.method != "POST":
        return sure(request, posting, "Withdraw", reason=True)
    reason = one_line(request.POST.get("reason"))
    try:
        post.withdraw(posting, reason=reason, by=who(request), now=timezone.now())
    except Refusal as refusal:
        return sure(request, posting, "Withdraw", reason=True, problems={"reason": refusal.message})
    messages.success(request, say("schools.Posting_Withdrawn"))
    return redirect("posting:posting", pk)
