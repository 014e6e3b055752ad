"""GDPR Administration: the library of consent statements and their schedule."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.components import Option
from guildhall.foundation.kit.markdown import to_plain
from guildhall.foundation.kit.pagination import page_of
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.speech import clock, day
from guildhall.foundation.kit.telling import refusals_told
from guildhall.foundation.kit.tiles import Tile
from guildhall.foundation.kit.typed import number, one_line
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.people.accounts.models import ConsentStatement
from guildhall.people.consent import queries, services
from guildhall.people.consent.models import Question
from guildhall.people.consent.wording import shown

from . import consent_reading as reading
from .privacy_moments import typed_moment
from .trail import crumbs

MANAGER = door(Permission.MANAGE_CONSENT, verified=True)
page = require_http_methods(["GET", "HEAD", "POST"])

# The parts of consent administration: name of the page, its texts.
PARTS = (
    ("administration:consent-questions", "Library"),
    ("administration:consent-schedule", "Schedule"),
    ("administration:consent-emails", "Emails"),
    ("administration:consent-withdrawals", "Withdrawals"),
    ("administration:consent-histories", "Histories"),
    ("administration:consent-cache", "Cache"),
)


def trail(*below: tuple[str, str]) -> list[tuple[str, str]]:
    """The way down to a page of consent administration; ``below`` are (text, address)."""
    return crumbs(
        (say("administration.Consent_Heading"), reverse("administration:consent") if below else ""), *below
    )


def part(key: str, *, here: bool = True) -> tuple[str, str]:
    """One part of consent administration in a trail."""
    address = {key: url for url, key in PARTS}[key]
    return say(f"administration.Consent_{key}"), "" if here else reverse(address)


@require_safe
@MANAGER
def home(request: HttpRequest) -> HttpResponse:
    """The parts of consent administration."""
    tiles = [
        Tile(say(f"administration.Consent_{key}"), say(f"administration.Consent_{key}_Words"), reverse(url))
        for url, key in PARTS
    ]
    return render(request, "administration/consent_home.html", {"tiles": tiles, "breadcrumbs": trail()})


@require_safe
@MANAGER
def questions(request: HttpRequest) -> HttpResponse:
    """The Configurable Questions Library."""
    found = page_of(queries.questions(holder_of(request)), request)
    context = {
        "page": found,
        "questions": [(one, _first_words(one.statement)) for one in found],
        "kinds": _kinds(),
        "breadcrumbs": trail(part("Library")),
    }
    return render(request, "administration/consent_questions.html", context)


def _kinds() -> list[tuple[str, str]]:
    return [("gdpr", say("administration.Consent_Kind"))]


@page
@MANAGER
def add_question(request: HttpRequest) -> HttpResponse:
    """Add new tick box question."""
    return _editor(request, None)


@page
@MANAGER
def change_question(request: HttpRequest, pk: int) -> HttpResponse:
    """The Tick Box Question Editor."""
    return _editor(request, get_object_or_404(queries.questions(holder_of(request)), pk=pk))


def _editor(request: HttpRequest, question: Question | None) -> HttpResponse:
    if request.method != "POST":
        return _editor_page(request, question, _kept(question))
    read = reading.question(request.POST)
    if "preview" in request.POST:
        return _editor_page(request, question, read.typed, preview=request.POST["preview"])
    problems = read.problems
    if not problems:
        try:
            _save(request, question, read.typed)
            messages.success(request, say("administration.Consent_Saved"))
            return redirect("administration:consent-questions")
        except Refusal as refusal:
            problems = refusal.by_field()
    return _editor_page(request, question, read.typed, problems=problems)


def _kept(question: Question | None) -> dict[str, Any]:
    statement, agreement = (question.statement, question.agreement) if question else ({}, {})
    words = {"statement": statement, "agreement": agreement}
    kept = {
        f"{name}_{language}": words[name].get(language, "")
        for name in words
        for language in reading.LANGUAGES
    }
    return kept | {"active": question.active if question else False}


def _save(request: HttpRequest, question: Question | None, typed: dict[str, Any]) -> None:
    statement, agreement = (reading.in_languages(typed, name) for name in ("statement", "agreement"))
    more: dict[str, Any] = {
        "agreement": agreement,
        "active": typed["active"],
        "by": who(request),
        "now": timezone.now(),
    }
    if question is None:
        services.add_question(statement, **more)
    else:
        services.change_question(question, revision=_seen(request, question), statement=statement, **more)


def _seen(request: HttpRequest, question: Question | None) -> int:
    """The revision that the editor has open; 0 for what is none."""
    if request.method == "POST":
        return number(request.POST.get("revision"), otherwise=0)
    return question.revision if question else 0


def _editor_page(
    request: HttpRequest,
    question: Question | None,
    typed: dict[str, Any],
    *,
    preview: str = "",
    problems: dict[str, str] | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {"question": question, "typed": typed, "problems": problems or {}}
    context["revision"] = _seen(request, question)
    if preview in reading.LANGUAGES:
        words = [reading.in_languages(typed, name) for name in ("statement", "agreement")]
        context |= {"preview": shown(words[0], words[1], preview), "in_language": preview}
    context["breadcrumbs"] = trail(part("Library", here=False), (say("administration.Consent_Editor"), ""))
    return render(request, "administration/consent_question.html", context, status=422 if problems else 200)


@require_safe
@MANAGER
def schedule(request: HttpRequest) -> HttpResponse:
    """The GDPR Consent Statement Schedule."""
    holder = holder_of(request)
    published = page_of(queries.published(holder), request)
    context = {
        "waiting": [(one, _first_words(one.question.statement)) for one in queries.waiting(holder)[:100]],
        "page": published,
        "published": [(one, _first_words(one.wording)) for one in published],
        "current": queries.current().pk,
        "breadcrumbs": trail(part("Schedule")),
    }
    return render(request, "administration/consent_schedule.html", context)


def _first_words(words: dict[str, str]) -> str:
    """How a statement begins, to know it by in a list."""
    return Truncator(" ".join(to_plain(shown(words, {}, get_language()).wording))).chars(90)


@page
@MANAGER
def add_to_schedule(request: HttpRequest) -> HttpResponse:
    """Add New: one of the active statements of the library, and when it is published."""
    library = queries.questions(holder_of(request)).filter(active=True)
    if request.method != "POST":
        return _add_page(request, library)
    question = library.filter(pk=number(request.POST.get("question"), otherwise=0)).first()
    publish_at, wrong = reading.moment(request.POST, "publish")
    problems = {} if question else {"question": say("administration.Consent_Error_Choose")}
    problems |= {"publish": wrong} if wrong else {}
    if question and not problems:
        try:
            services.schedule(question, publish_at=publish_at, by=who(request), now=timezone.now())
            messages.success(request, _scheduled_words(publish_at))
            return redirect("administration:consent-schedule")
        except Refusal as refusal:
            problems = refusal.by_field()
    return _add_page(request, library, problems)


def _add_page(
    request: HttpRequest, library: QuerySet[Question], problems: dict[str, str] | None = None
) -> HttpResponse:
    context = {
        "library": [_choice(question) for question in library[:200]],
        "typed": typed_moment(request.POST, "publish"),
        "chosen": one_line(request.POST.get("question")),
        "problems": problems or {},
        "breadcrumbs": trail(part("Schedule", here=False), (say("administration.Consent_AddNew"), "")),
    }
    return render(request, "administration/consent_add.html", context, status=422 if problems else 200)


def _choice(question: Question) -> Option:
    missing = {"en": "administration.Consent_NoEnglish", "cy": "administration.Consent_NoWelsh"}
    hint = " ".join(say(words) for language, words in missing.items() if not question.statement.get(language))
    return Option(str(question.pk), _first_words(question.statement), hint=hint)


def _scheduled_words(publish_at: Any) -> str:
    if publish_at is None:
        return say("administration.Consent_Published")
    local = timezone.localtime(publish_at)
    return say("administration.Consent_Scheduled", when=f"{day(local)}, {clock(local)}")


@require_safe
@MANAGER
def statement(request: HttpRequest, pk: int) -> HttpResponse:
    """A published statement in both languages, and how people answered it."""
    found = get_object_or_404(queries.published(holder_of(request)), pk=pk)
    words = [
        shown(found.wording, found.agreement, one) for one in reading.LANGUAGES if found.wording.get(one)
    ]
    context = {
        "statement": found,
        "words": words,
        "answers": queries.answers_to(found),
        "is_current": found.pk == queries.current().pk,
        "by": _published_by(found),
        "breadcrumbs": trail(part("Schedule", here=False), (say("administration.Consent_Statement"), "")),
    }
    return render(request, "administration/consent_statement.html", context)


def _published_by(statement: ConsentStatement) -> str:
    scheduled = getattr(statement, "scheduled", None)
    return str(scheduled.scheduled_by) if scheduled else ""


@page
@MANAGER
def unschedule(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a scheduled statement that is not published yet; asks first."""
    found = queries.waiting(holder_of(request)).filter(pk=pk).first()
    if found is None:
        raise Http404
    if request.method == "POST":
        with refusals_told(request):
            services.unschedule(found, by=who(request), now=timezone.now())
            messages.success(request, say("administration.Consent_Deleted"))
        return redirect("administration:consent-schedule")
    context = {
        "scheduled": found,
        "words": shown(found.question.statement, found.question.agreement, "en"),
        "breadcrumbs": trail(part("Schedule", here=False), (say("administration.Consent_Delete"), "")),
    }
    return render(request, "administration/consent_delete.html", context)
