"""Problems first, then publishing: now, at a planned moment, an older version again; and withdrawing."""

from datetime import date, datetime, time
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guildhall.foundation.kit.pagination import page_of
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.typed import number, one_line, paragraphs
from guildhall.foundation.texts.queries import say
from guildhall.paperwork.forms import editing, queries, services
from guildhall.paperwork.forms.definition import DefinitionError
from guildhall.paperwork.forms.models import Form, FormVersion, WorkingForm
from guildhall.paperwork.forms.problems import Problem, problems_of
from guildhall.paperwork.forms.services import releasing
from guildhall.people.accounts.asking import who
from guildhall.work.schoolcases.queries import limits

from .opening import group_name
from .way import DOOR, address, known_or_404, moment, trail, version_or_404


@require_http_methods(["GET", "HEAD", "POST"])
@DOOR
def publish(request: HttpRequest, code: str) -> HttpResponse:
    """What stands between the form and publishing it, and the publishing."""
    _, working = known_or_404(code)
    if working is None:
        return redirect("building:versions", code.upper())
    found = problems_of(working.content, queries.published_content(code))
    if request.method != "POST":
        return _ask(request, working, found)
    problems = _not_ready(request, found)
    when = _when(request, problems)
    if problems:
        return _ask(request, working, found, problems)
    try:
        _release(request, working, when)
    except services.BuiltMeanwhile as refusal:
        current = refusal.current
        again = problems_of(current.content, queries.published_content(code))
        return _ask(request, current, again, {"note": refusal.message}, status=409)
    except Refusal as refusal:
        return _ask(request, working, found, refusal.by_field("note"))
    return redirect("building:versions", working.code)


def _not_ready(request: HttpRequest, found: list[Problem]) -> dict[str, str]:
    if any(problem.error for problem in found):
        return {"errors": say("send.Error_Publish_Errors")}
    problems = {}
    if found and "accepted" not in request.POST:
        problems["accepted"] = say("send.Error_Publish_Warnings")
    if len(_note(request)) > releasing.LONGEST_NOTE:
        problems["note"] = say("send.Error_Publish_Note", most=releasing.LONGEST_NOTE)
    return problems


def _note(request: HttpRequest) -> str:
    return paragraphs(request.POST.get("note"))


def _when(request: HttpRequest, problems: dict[str, str]) -> datetime | None:
    """The planned moment, or None for now. Notes what is wrong in ``problems``."""
    if request.POST.get("when") != "later":
        return None
    parts = [number(one_line(request.POST.get(f"due-{part}"))) for part in ("year", "month", "day")]
    try:
        day = date(*parts)
        clock = time.fromisoformat(one_line(request.POST.get("at")))
        return timezone.make_aware(datetime.combine(day, clock.replace(tzinfo=None)))
    except (ValueError, OverflowError):
        problems["due"] = say("send.Error_Publish_When")
        return None


def _release(request: HttpRequest, working: WorkingForm, when: datetime | None) -> None:
    common: dict[str, Any] = {
        "revision": number(request.POST.get("revision")),
        "note": _note(request),
        "by": who(request),
        "now": timezone.now(),
    }
    if when:
        planned = releasing.plan_publication(working, due_at=when, **common)
        messages.success(request, say("send.Publish_Planned", when=moment(planned.due_at)))
    else:
        version = releasing.publish_working(working, **common)
        messages.success(request, say("send.Publish_Done", number=version.number))


def _ask(
    request: HttpRequest,
    working: WorkingForm,
    found: list[Problem],
    problems: dict[str, str] | None = None,
    *,
    status: int = 0,
) -> HttpResponse:
    context = {
        "working": working,
        "planned": queries.planned_publication(working.code),
        "errors": [_line(working, problem) for problem in found if problem.error],
        "warnings": [_line(working, problem) for problem in found if not problem.error],
        "typed": request.POST,
        "due": {part: request.POST.get(f"due-{part}", "") for part in ("day", "month", "year")},
        "times": [("now", say("send.Publish_Now")), ("later", say("send.Publish_Later"))],
        "problems": problems or {},
        "breadcrumbs": trail(working.code, (say("send.Publish_Heading"), "")),
    }
    return render(request, "building/publish.html", context, status=status or (422 if problems else 200))


def _line(working: WorkingForm, problem: Problem) -> dict[str, str]:
    """A problem with where it is, and the address where it is mended."""
    code, mend = working.code, ""
    names = {group.get("key"): group_name(group) for group in editing.groups_in(working.content)}
    if problem.question:
        mend = address("building:placed", code, problem.question)
    elif problem.group:
        mend = address("building:group", code, problem.group)
    place = " – ".join(part for part in (names.get(problem.group, ""), problem.question) if part)
    href = mend or address("building:form", code)
    return {"words": problem.say(), "place": place or say("send.Publish_TheForm"), "href": href}


@require_safe
@DOOR
def versions(request: HttpRequest, code: str) -> HttpResponse:
    """Every version of the form: when, by whom and why; what is planned; and whether it is offered."""
    form, working = known_or_404(code)
    page = page_of(queries.versions_of(code), request)
    rows = list(page)
    notes = queries.notes_on(rows)
    code = form.code if form else code.upper()
    context = {
        "code": code,
        "form": form,
        "working": working,
        "page": page,
        "rows": [_version_row(row, form, notes) for row in rows],
        "planned": queries.planned_publication(code),
        "limits": limits().get(form.pk, []) if form else [],
        "breadcrumbs": trail(code, (say("send.Versions_Heading"), "")),
    }
    return render(request, "building/versions.html", context)


def _version_row(version: FormVersion, form: Form | None, notes: dict[int | None, str]) -> dict[str, Any]:
    live = bool(form and form.live_version_id == version.pk and not form.withdrawn_at)
    return {"version": version, "note": notes.get(version.pk, ""), "live": live}


@require_http_methods(["GET", "HEAD", "POST"])
@DOOR
def publish_again(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """Offer an older version again, as a new one, after a page that says what that means."""
    version = version_or_404(code, number)
    if request.method == "POST":
        note = _note(request)[: releasing.LONGEST_NOTE]
        try:
            new = releasing.publish_again(version, note=note, by=who(request), now=timezone.now())
        except DefinitionError:
            errors = [problem.say() for problem in problems_of(version.definition) if problem.error]
            messages.error(request, say("send.Error_Again", why=". ".join(errors)))
        except Refusal as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, say("send.Publish_Done", number=new.number))
        return redirect("building:versions", version.form.code)
    return _confirm(
        request,
        version.form.code,
        say("send.Again_Heading", number=version.number),
        say("send.Again_Text", number=version.number),
        note=True,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@DOOR
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Stop offering the form; those who began it can finish (SP-093)."""
    form = get_object_or_404(Form, code=code.upper())
    if request.method != "POST":
        return _confirm(
            request,
            form.code,
            say("send.Withdraw_Heading"),
            say("send.Withdraw_Text"),
            warned=True,
        )
    try:
        services.withdraw(form, by=who(request), now=timezone.now())
    except services.AlreadyWithdrawn as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, say("send.Withdraw_Done"))
    return redirect("building:versions", form.code)


@require_POST
@DOOR
def cancel_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a planned publication."""
    planned = queries.publication(pk)
    if planned is None:
        raise Http404
    planned = releasing.cancel_publication(planned, by=who(request), now=timezone.now())
    name = "send.Plan_TooLate" if planned.cancelled_at is None else "send.Plan_Cancelled"
    messages.success(request, say(name))
    return redirect("building:versions", planned.code)


def _confirm(request: HttpRequest, code: str, heading: str, words: str, **more: Any) -> HttpResponse:
    context = {
        "code": code,
        "planned": queries.planned_publication(code),
        "heading": heading,
        "words": words,
        "back": reverse("building:versions", args=[code]),
        "breadcrumbs": trail(code, (heading, "")),
    }
    return render(request, "building/publish_confirm.html", context | more)
