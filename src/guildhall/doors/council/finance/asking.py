"""Financial returns as the finance team asks for them, follows them and reads them (SC-091)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guildhall.doors.schools.finance import shown
from guildhall.foundation.access.doors import holder_of
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit import speech
from guildhall.foundation.kit.pagination import Sorting, page_of, sorting_of
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.taken_away import taken_away
from guildhall.foundation.kit.typed import number, one_line, paragraphs
from guildhall.foundation.texts.catalogue import LANGUAGES
from guildhall.foundation.texts.forms import DayField, WordedForm
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.people.membership.asking import acting
from guildhall.people.organisations import queries as organisations
from guildhall.work.schoolfinance import queries, rules, services, sheets, sorting
from guildhall.work.schoolfinance.models import Asked, Return, Version
from guildhall.work.schoolfinance.services import Told
from guildhall.work.schoolfinance.wording import state_words

from .crumbs import HERE, crumbs

PAGE = require_http_methods(["GET", "HEAD", "POST"])
PER_PAGE, BLANK = 50, 5
WHOLE = 5_000
BOARD = ("school", "state", "sent")


class DueForm(WordedForm):
    """Until when."""

    area = "schools"
    due_on = DayField()

    def _word(self, name: str) -> str:
        return "schools.FinanceAsk_DueOn"

    @property
    def day(self) -> date | None:
        """As it was typed, whatever else is missing."""
        self.full_clean()
        return self.cleaned_data.get("due_on") if self.is_bound else None


class AskForm(DueForm):
    """The head of what is asked; its lines are read by ``_typed_lines``."""

    title_en = forms.CharField()
    title_cy = forms.CharField()
    field_order = ("title_en", "title_cy", "due_on")

    def _word(self, name: str) -> str:
        words = {"title_en": "TitleEn", "title_cy": "TitleCy", "due_on": "DueOn"}
        return f"schools.FinanceAsk_{words[name]}"


def _crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    here = (say("schools.FinanceReturns_Heading"), reverse("council:finance-returns") if more else "")
    return crumbs(here, *more)


@require_safe
@HERE
def returns(request: HttpRequest) -> HttpResponse:
    """What was asked, the latest due date first, and how many schools have sent it."""
    columns = sorting.asked_columns()
    sort = sorting_of(request, among=tuple(columns), default="-due")
    found, words = _everything(request), one_line(request.GET.get("words"))[:100]
    if words:
        found = queries.asked_among(found, words)
    listed = page_of(sorting.in_order(found, columns, sort.current), request, PER_PAGE)
    context = {
        "page": listed,
        "rows": [{"asked": one, "due": speech.day(one.due_on)} for one in listed],
        "sorting": sort,
        "words": words,
        "breadcrumbs": _crumbs(),
    }
    return render(request, "council/finance/returns.html", context)


@PAGE
@HERE
def ask(request: HttpRequest) -> HttpResponse:
    """Say what is asked, until when and of whom; posting asks, or adds blank lines."""
    form = AskForm(request.POST if request.method == "POST" else None)
    problems: Mapping[str, str] = {}
    if request.method == "POST" and request.POST.get("act") != "more":
        told = Told(
            title=_both(request, "title", rules.LONGEST_TITLE),
            guidance=_guidance(request),
            due_on=form.day,
            lines=_typed_lines(request),
        )
        try:
            made = services.ask_return(told, _chosen(request), **acting(request))
        except Refusal as refusal:
            problems = refusal.by_field()
        else:
            messages.success(request, say("schools.FinanceAsk_Done"))
            return redirect("council:finance-asked", made.pk)
    return _form(request, form, problems)


def _both(request: HttpRequest, name: str, most: int) -> dict[str, str]:
    """What was typed in both languages; one too long is seen to be too long."""
    return {one: one_line(request.POST.get(f"{name}_{one}"))[: most + 1] for one in LANGUAGES}


def _guidance(request: HttpRequest) -> dict[str, str]:
    most = rules.LONGEST_GUIDANCE + 1
    return {one: paragraphs(request.POST.get(f"guidance_{one}"))[:most] for one in LANGUAGES}


def _typed_lines(request: HttpRequest) -> list[tuple[dict[str, str], str, bool]]:
    """The lines of the page in order that are called something: label, kind, whether it must be answered."""
    rows = range(1, min(number(request.POST.get("lines"), otherwise=0), rules.MOST_QUESTIONS) + 1)
    typed = [
        (
            _both(request, f"label-{row}", rules.LONGEST_LABEL),
            request.POST.get(f"kind-{row}", ""),
            f"required-{row}" in request.POST,
        )
        for row in rows
    ]
    return [one for one in typed if any(one[0].values())]


def _chosen(request: HttpRequest) -> list[int]:
    """The schools that are asked."""
    if request.POST.get("whom") == "all":
        return list(organisations.open_establishments().values_list("pk", flat=True))
    return [number(one, otherwise=0) for one in request.POST.getlist("schools")[:WHOLE]]


def _form(request: HttpRequest, form: AskForm, problems: Mapping[str, str]) -> HttpResponse:
    typed = _typed_lines(request)
    blank = [(dict.fromkeys(LANGUAGES, ""), "income", True)] * min(BLANK, rules.MOST_QUESTIONS - len(typed))
    guidance = _guidance(request)
    context = {
        "head": [form.draw(name, problem=problems.get(name, "")) for name in form.fields],
        "guidance": [
            _worded("Guidance", f"guidance_{one}", guidance[one], one, problems) for one in LANGUAGES
        ],
        "lines": [
            {
                "number": place,
                "text": str(place),
                "labels": [
                    _worded("Label", f"label-{place}_{one}", label[one], one, problems) for one in LANGUAGES
                ],
                "kind": kind,
                "required": ["yes"] if required else [],
            }
            for place, (label, kind, required) in enumerate([*typed, *blank], start=1)
        ],
        "count": len(typed) + len(blank),
        "kinds": [(one, say(f"schools.FinanceAsk_Kind_{one.title()}")) for one in rules.KINDS],
        "must": [("yes", say("schools.FinanceAsk_Required"))],
        "whom": request.POST.get("whom", "all"),
        "whoms": [(one, say(f"schools.FinanceAsk_Whom_{one.title()}")) for one in ("all", "some")],
        "schools": [(str(one.pk), one.name) for one in organisations.open_establishments()],
        "chosen": request.POST.getlist("schools"),
        "some": request.POST.get("whom") == "some" or "schools" in problems,
        "problems": problems,
        "breadcrumbs": _crumbs((say("schools.FinanceAsk_Heading"), "")),
    }
    return render(request, "council/finance/ask.html", context, status=422 if problems else 200)


def _worded(word: str, name: str, value: str, language: str, problems: Mapping[str, str]) -> dict[str, str]:
    """A box for words in one language."""
    label = say(f"schools.FinanceAsk_{word}{language.title()}")
    return {"name": name, "label": label, "value": value, "problem": problems.get(name, "")}


def _everything(request: HttpRequest) -> QuerySet[Asked]:
    return queries.all_asked(holder_of(request), today=timezone.localdate())


def _asked(request: HttpRequest, pk: int) -> Asked:
    return get_object_or_404(_everything(request), pk=pk)


def _rows(request: HttpRequest, found: Asked) -> tuple[Any, str, str]:
    """The schools that fit in the order asked for, the state and the words they fit."""
    rows = queries.returns_to(holder_of(request), found)
    state, words = request.GET.get("state", ""), one_line(request.GET.get("words"))[:100]
    if state in queries.STATES:
        rows = queries.in_state(rows, state, today=timezone.localdate())
    if words:
        rows = rows.filter(school__name__icontains=words)
    columns = sorting.return_columns(timezone.localdate())
    rows = sorting.in_order(rows, columns, _sorting(request).current)
    return rows, state if state in queries.STATES else "", words


def _sorting(request: HttpRequest) -> Sorting:
    return sorting_of(request, among=BOARD, default="school")


@PAGE
@HERE
def asked(request: HttpRequest, pk: int) -> HttpResponse:
    """Which school has sent it, which is late; posting gives another due date."""
    found = _asked(request, pk)
    form = DueForm(request.POST if request.method == "POST" else None, initial={"due_on": found.due_on})
    problems: Mapping[str, str] = {}
    if request.method == "POST":
        try:
            services.change_due(found, form.day, **acting(request))
        except Refusal as refusal:
            problems = refusal.by_field()
        else:
            messages.success(request, say("schools.FinanceAsk_DueChanged"))
            return redirect("council:finance-asked", pk)
    return _board(request, found, form, problems)


def _board(request: HttpRequest, found: Asked, form: DueForm, problems: Mapping[str, str]) -> HttpResponse:
    rows, state, words = _rows(request, found)
    listed = page_of(rows, request, PER_PAGE)
    today = timezone.localdate()
    everyone = queries.returns_to(holder_of(request), found)
    counts = {one: queries.in_state(everyone, one, today=today).count() for one in queries.STATES}
    context = {
        "asked": found,
        "due": speech.day(found.due_on),
        "guidance": [one for one in found.advice.split("\n") if one],
        "questions": [
            (one.called, say(f"schools.FinanceAsk_Kind_{one.kind.title()}"))
            for one in rules.questions_of(found.lines)
        ],
        "page": listed,
        "rows": [shown.return_row(one) for one in listed],
        "sorting": _sorting(request),
        "states": [
            ("", say("schools.FinanceReturns_AnyState")),
            *((one, f"{state_words(one)} ({counts[one]})") for one in queries.STATES),
        ],
        "counts": [{"key": state_words(one), "value": str(counts[one])} for one in queries.STATES],
        "state": state,
        "words": words,
        "filtered": bool(state or words),
        "due_field": form.draw("due_on", problem=problems.get("due_on", "")),
        "problems": problems,
        "why": one_line(request.POST.get("why"))[:1000],
        "breadcrumbs": _crumbs((found.called, "")),
    }
    return render(request, "council/finance/asked.html", context, status=422 if problems else 200)


@require_safe
@HERE
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """Every school that fits and what it sent last, as one spreadsheet."""
    found = _asked(request, pk)
    rows, _, _ = _rows(request, found)
    listed = list(rows[:WHOLE])
    today, detail = timezone.localdate(), {"schools": len(listed)}
    audit.record(
        "schoolfinance.returns_exported", by=who(request), about=found, now=timezone.now(), detail=detail
    )
    told = [
        (one, one.sent[0] if one.sent else None, state_words(queries.state_of(one, today=today)))
        for one in listed
    ]
    content = sheets.returns_sheet(rules.questions_of(found.lines), told)
    return taken_away(content, "xlsx", f"{found.called}.xlsx")


@require_POST
@HERE
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask schools no more; the next page offers to put it back."""
    found = _asked(request, pk)
    try:
        services.withdraw_asked(found, request.POST.get("why", ""), **acting(request))
    except Refusal as refusal:
        problems = refusal.by_field("main-content")
        return _board(request, found, DueForm(initial={"due_on": found.due_on}), problems)
    undo = {"words": say("schools.FinanceAsk_Withdrawn_Done"), "pk": pk, "route": "council:finance-ask-again"}
    messages.success(
        request, SafeString(render_to_string("council/finance/undo.html", undo, request=request))
    )
    return redirect("council:finance-asked", pk)


@require_POST
@HERE
def ask_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Put back what was withdrawn."""
    services.put_back_asked(_asked(request, pk), **acting(request))
    messages.success(request, say("schools.FinanceAsk_PutBack_Done"))
    return redirect("council:finance-asked", pk)


@PAGE
@HERE
def version(request: HttpRequest, reference: str) -> HttpResponse:
    """Read what a school sent; posting asks it for a correction."""
    found: Version = get_object_or_404(queries.sent_versions(holder_of(request)), reference=reference)
    problems: Mapping[str, str] = {}
    if request.method == "POST":
        try:
            services.ask_for_correction(found, request.POST.get("why", ""), **acting(request))
        except Refusal as refusal:
            problems = refusal.by_field("main-content")
        else:
            messages.success(request, say("schools.FinanceReturns_Back_Done"))
            return redirect("council:finance-version", reference)
    detail = {"school": found.of.school_id}
    audit.record("schoolfinance.return_read", by=who(request), about=found, now=timezone.now(), detail=detail)
    context = shown.version_page(found)
    newest = all(one.number < found.number for one in context["others"])
    way = reverse("council:finance-asked", args=[found.of.asked_id])
    context |= {
        "asks": newest and found.of.state == Return.State.SENT and not found.of.asked.withdrawn_at,
        "problems": problems,
        "why": one_line(request.POST.get("why"))[:1000],
        "breadcrumbs": _crumbs((found.of.asked.called, way), (found.of.school.name, "")),
    }
    return render(request, "council/finance/version.html", context, status=422 if problems else 200)
