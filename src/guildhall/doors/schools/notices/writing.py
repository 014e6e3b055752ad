"""Submitting an item, changing and withdrawing it, placing it again, and reporting somebody else's."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.telling import refusals_told
from guildhall.foundation.kit.typed import key_of, paragraphs
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.work.notices import queries, rules, services, wording
from guildhall.work.notices.models import Notice

from ..long_forms import sent_to
from ..showing import current, page
from .forms import NoticeForm, beginning, said_of
from .reading import READING, notice_of

PAGE = require_http_methods(["GET", "HEAD", "POST"])
State = Notice.State


def _acting(request: HttpRequest) -> dict[str, Any]:
    return {"place": current(request), "by": who(request), "now": timezone.now()}


@require_safe
@READING
def submit(request: HttpRequest) -> HttpResponse:
    """Submit an item: what kind of notice it is."""
    current(request)
    kinds = [{"key": key, "title": name} for key, name in wording.kinds()]
    for one in kinds:
        one["words"] = say(f"schools.Notice_Kind_{one['key'].title()}_Words")
    return page(request, "schools/notices/submit.html", {"kinds": kinds})


@PAGE
@READING
def new(request: HttpRequest, kind: str) -> HttpResponse:
    """The item itself. The page carries its number, so that sending it twice places one."""
    if kind not in Notice.Kind.values:
        raise Http404
    place = current(request)
    form = NoticeForm(*sent_to(request), kind=kind, initial=beginning(place, timezone.localdate()))
    key, acting = key_of(request.POST.get("key")), _acting(request)
    made = form.done(lambda: services.place_notice(kind, form.told, key=key, **acting))
    if made is None:
        context = {"form": form, "key": key, "kind": wording.kind_name(kind), "again": False}
        return _asked(request, form, context)
    _say(request, made)
    return redirect("schools:notice", made.pk)


def _asked(request: HttpRequest, form: NoticeForm, context: dict[str, Any]) -> HttpResponse:
    problems = form.problems
    context |= {"problems": problems, "moderated": queries.moderated()}
    return page(request, "schools/notices/form.html", context, status=422 if problems else 200)


def _say(request: HttpRequest, notice: Notice) -> None:
    waits = notice.state == State.WAITING
    messages.success(request, say("schools.Notice_Placed_Waits" if waits else "schools.Notice_Placed"))


@PAGE
@READING
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say something else in a notice of one's own; one that ended or was withdrawn is placed again so."""
    found, today = _kept(request, pk), timezone.localdate()
    again = rules.is_again(found, today)
    form = NoticeForm(
        *sent_to(request),
        kind=found.kind,
        has_picture=found.picture_id is not None,
        initial=said_of(found, again=again, today=today),
    )
    made = form.done(lambda: services.change_notice(found, form.told, **_acting(request)))
    if made is None:
        context = {"form": form, "notice": found, "kind": wording.kind_name(found.kind), "again": again}
        return _asked(request, form, context)
    _say(request, made)
    return redirect("schools:notice", made.pk)


def _kept(request: HttpRequest, pk: UUID) -> Notice:
    """A notice that the person keeps; 404 for any other."""
    return get_object_or_404(queries.own(current(request)), pk=pk)


@PAGE
@READING
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask first, then take the notice off the page."""
    found = _kept(request, pk)
    if request.method != "POST":
        return page(request, "schools/notices/withdraw.html", {"notice": found})
    with refusals_told(request):
        services.withdraw_notice(found, **_acting(request))
        messages.success(request, say("schools.Notice_Withdrawn", title=found.title))
    return redirect("schools:notices-own")


@PAGE
@READING
def report(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Tell the council what is wrong with a notice."""
    found, typed = notice_of(request, pk), paragraphs(request.POST.get("words"))
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            services.report_notice(found, words=typed, **_acting(request))
        except Refusal as refusal:
            problems = refusal.by_field()
        else:
            messages.success(request, say("schools.Notice_Reported"))
            return redirect("schools:notices")
    context = {"notice": found, "typed": typed, "problems": problems}
    return page(request, "schools/notices/report.html", context, status=422 if problems else 200)
