"""How long things are kept: the schedule, holds, and lists of what is due to go."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guildhall.foundation.access.doors import holder_of
from guildhall.foundation.kit.pagination import page_of
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.speech import day
from guildhall.foundation.kit.telling import refusals_told
from guildhall.foundation.kit.typed import number, one_line, paragraphs
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.work.privacy import queries, services
from guildhall.work.privacy.models import Hold, RetentionClass, Run, RunLine
from guildhall.work.privacy.retention import CLASSES

from .privacy import OFFICER, trail

FIELDS = ("start", "months", "action", "revision")
ACTIONS = RetentionClass.Action.values
MOST_LINES = 200


@require_safe
@OFFICER
def keeping(request: HttpRequest) -> HttpResponse:
    """The schedule, what is held, and the lists."""
    holder = holder_of(request)
    holds = queries.holds_seen_by(holder).filter(lifted_at=None)[:200]
    context = {
        "classes": [(one, name_of(one.key), in_words(one)) for one in queries.classes()],
        "holds": [(one, say(f"administration.Hold_Kind_{one.kind}")) for one in holds],
        "runs": [(run, state_of(run)) for run in queries.runs_seen_by(holder)[:20]],
        "breadcrumbs": trail((say("administration.Keeping_Heading"), "")),
    }
    return render(request, "administration/privacy_keeping.html", context)


def name_of(key: str) -> str:
    """What a class is called."""
    return say(f"administration.Keeping_Class_{key}")


def in_words(kept: RetentionClass) -> str:
    """How long a class is kept, as a sentence."""
    if kept.months is None:
        return say("administration.Keeping_ForEver")
    start = say(f"administration.Keeping_Start_{kept.start}")
    return say(f"administration.Keeping_Then_{kept.action}", months=kept.months, start=start)


def state_of(run: Run) -> str:
    """How far a list is."""
    return say(f"administration.Run_State_{run.state}")


@require_http_methods(["GET", "HEAD", "POST"])
@OFFICER
def kept(request: HttpRequest, key: str) -> HttpResponse:
    """One class of the schedule, with its history."""
    if key not in CLASSES:
        raise Http404
    now_kept = queries.class_of(key)
    typed = {"start": now_kept.start, "months": now_kept.months or "", "action": now_kept.action}
    typed |= {"revision": now_kept.revision}
    problems: dict[str, str] = {}
    if request.method == "POST":
        typed = {name: one_line(request.POST.get(name)) for name in FIELDS}
        try:
            _change(request, key, typed)
        except Refusal as refusal:
            problems = refusal.by_field()
        else:
            messages.success(request, say("administration.Keeping_Saved"))
            return redirect("administration:privacy-keeping")
    context = {
        "name": name_of(key),
        "typed": typed,
        "problems": problems,
        "starts": [(one, say(f"administration.Keeping_Start_{one}")) for one in CLASSES[key].starts],
        "actions": [(one, say(f"administration.Keeping_Action_{one}")) for one in ACTIONS],
        "changes": [(one, _after(key, one.after)) for one in queries.changes_of(key)],
        "breadcrumbs": below(name_of(key)),
    }
    return render(request, "administration/privacy_kept.html", context, status=422 if problems else 200)


def _after(key: str, after: dict[str, Any]) -> str:
    return in_words(RetentionClass(key=key, **after))


def _change(request: HttpRequest, key: str, typed: dict[str, Any]) -> None:
    services.change_class(
        key,
        start=typed["start"],
        months=number(typed["months"]) if typed["months"] else None,
        action=typed["action"],
        revision=number(typed["revision"]),
        by=who(request),
        now=timezone.now(),
    )


def below(words: str) -> list[tuple[str, str]]:
    """The way down to a page below the schedule."""
    return trail(
        (say("administration.Keeping_Heading"), reverse("administration:privacy-keeping")), (words, "")
    )


@require_http_methods(["GET", "HEAD", "POST"])
@OFFICER
def hold(request: HttpRequest) -> HttpResponse:
    """Place a hold."""
    typed, problems = {"kind": "case"}, {}
    if request.method == "POST":
        typed = {name: paragraphs(request.POST.get(name)) for name in ("kind", "what", "reason")}
        try:
            what = queries.held_as(typed["kind"], typed["what"])
            services.place_hold(
                typed["kind"], what, reason=typed["reason"], by=who(request), now=timezone.now()
            )
        except Refusal as refusal:
            problems = refusal.by_field()
        else:
            messages.success(request, say("administration.Hold_Placed"))
            return redirect("administration:privacy-keeping")
    context = {
        "typed": typed,
        "problems": problems,
        "kinds": [(kind, say(f"administration.Hold_Kind_{kind}")) for kind in Hold.Kind.values],
        "breadcrumbs": below(say("administration.Hold_New")),
    }
    return render(request, "administration/privacy_hold.html", context, status=422 if problems else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@OFFICER
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    """Lift a hold, after asking why."""
    placed = queries.holds_seen_by(holder_of(request)).filter(pk=pk, lifted_at=None).first()
    if placed is None:
        raise Http404
    problems: dict[str, str] = {}
    if request.method == "POST":
        reason = paragraphs(request.POST.get("reason"))
        try:
            services.lift_hold(placed, reason=reason, by=who(request), now=timezone.now())
        except Refusal as refusal:
            problems = refusal.by_field()
        else:
            messages.success(request, say("administration.Hold_Lifted"))
            return redirect("administration:privacy-keeping")
    context = {"hold": placed, "problems": problems, "breadcrumbs": below(say("administration.Hold_Lift"))}
    return render(request, "administration/privacy_lift.html", context, status=422 if problems else 200)


@require_POST
@OFFICER
def begin(request: HttpRequest) -> HttpResponse:
    """List what is due today."""
    run = services.begin_run(by=who(request), now=timezone.now())
    return redirect("administration:privacy-run", run.pk)


@require_safe
@OFFICER
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """A list: exactly what would go, why, and what came of it."""
    found = _run_or_404(request, pk)
    page = page_of(found.lines.order_by("pk"), request)
    lines = [(line, _reference(line), name_of(line.key), _outcome(line.outcome)) for line in page]
    context = {
        "run": found,
        "tally": [(name_of(key), _outcome(out), count) for key, out, count in queries.tally_of(found)],
        "state": state_of(found),
        "page": page,
        "lines": lines,
        "mine": found.asked_by_id == who(request).pk,
        "reviews": found.state == Run.State.LISTED and queries.reviews_something(found),
        "breadcrumbs": below(say("administration.Run_Heading", number=found.pk)),
    }
    return render(request, "administration/privacy_run.html", context)


def _outcome(outcome: str) -> str:
    return say(f"administration.Run_Outcome_{outcome}")


def _reference(line: RunLine) -> str:
    """What a person calls the thing: its mark names it to the program, also in an older copy."""
    if line.key == "audit":
        return day(date.fromisoformat(line.mark))
    return say(f"administration.Run_Thing_{line.key}", mark=line.mark.partition("@")[0])


def _run_or_404(request: HttpRequest, pk: int) -> Run:
    found = queries.runs_seen_by(holder_of(request)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@require_POST
@OFFICER
def run_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Agree to a list, give it up, or say what of the reviewed goes."""
    found = _run_or_404(request, pk)
    shown, chosen = (
        {number(one) for one in request.POST.getlist(name)[:MOST_LINES]} for name in ("shown", "chosen")
    )
    acts: dict[str, Callable[..., Run]] = {
        "sign": services.sign_run,
        "drop": services.drop_run,
        "review": partial(services.choose_reviewed, shown=shown, chosen=chosen),
    }
    if act not in acts:
        raise Http404
    with refusals_told(request):
        acts[act](found, by=who(request), now=timezone.now())
        messages.success(request, say(f"administration.Run_Done_{act}"))
    back = reverse("administration:privacy-run", args=[pk])
    page = number(request.POST.get("page"), otherwise=1)
    return redirect(f"{back}?page={page}" if page > 1 else back)
