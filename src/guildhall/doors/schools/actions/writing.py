"""Making an action, changing and cancelling it."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.kit.typed import key_of, number, paragraphs
from guildhall.foundation.texts.queries import say
from guildhall.mail.post import queries as post
from guildhall.mail.post.models import Posting
from guildhall.people.membership.models import SchoolPlace
from guildhall.work.actions import queries, rules, services
from guildhall.work.actions.models import Action
from guildhall.work.actions.moves import Move
from guildhall.work.actions.sources import people_of
from guildhall.work.schoolcases import queries as cases

from ..showing import current, page
from .acting import reached
from .forms import ActionForm
from .shown import row_of

PAGE = require_http_methods(["GET", "HEAD", "POST"])
Source = Action.Source
SOON = timedelta(days=14)


@dataclass(frozen=True)
class Beginning:
    """What a new action begins with: what it comes from, that in words with its address, and its fields."""

    origin: dict[str, Any] = field(default_factory=dict)
    words: str = ""
    href: str = ""
    initial: dict[str, Any] = field(default_factory=dict)
    also: list[Action] = field(default_factory=list)

    @property
    def posting(self) -> Posting | None:
        return self.origin.get("posting")


def _beginning(request: HttpRequest, place: SchoolPlace) -> Beginning:
    """From a post item (?post), a case (?case), as a copy of an action (?copy), or empty. Raises Http404."""
    asked = {name: number(request.GET.get(name)) for name in ("post", "case", "copy")}
    if asked["post"] > 0:
        return _from_post(place, asked["post"])
    if asked["case"] > 0:
        return _from_case(place, asked["case"])
    if asked["copy"] > 0:
        return _as_copy(place, reached(request, asked["copy"]))
    return Beginning(initial={"source": Source.OTHER})


def _from_post(place: SchoolPlace, pk: int) -> Beginning:
    item = post.item(place, pk)
    if item is None or item.withdrawn:
        raise Http404
    posting = item.posting
    return Beginning(
        {"source": Source.POST, "posting": posting},
        posting.title,
        reverse("schools:post-item", args=[pk]),
        {"title": posting.title, "due_on": _not_past(posting.last_day())},
        queries.about(place, posting=pk),
    )


def _from_case(place: SchoolPlace, pk: int) -> Beginning:
    case = cases.cases_at(place.school_id, language=active_language()).filter(pk=pk).first()
    if case is None:
        raise Http404
    return Beginning(
        {"source": Source.CASE, "case": case},
        case.reference,
        reverse("schools:case", args=[pk]),
        {"due_on": _not_past(None)},
        queries.about(place, case=pk),
    )


def _as_copy(place: SchoolPlace, one: Any) -> Beginning:
    if one.posting_id:
        begun = _from_post(place, one.posting_id)
    elif one.case_id:
        begun = _from_case(place, one.case_id)
    else:
        begun = Beginning(initial={"source": one.source, "visited_on": one.visited_on})
    initial = begun.initial | {"title": one.title, "owner": one.owner_id, "due_on": None}
    return Beginning(begun.origin, begun.words, begun.href, initial)


def _not_past(day: date | None) -> date:
    today = timezone.localdate()
    return day if day and day >= today else today + SOON


@PAGE
@door(Permission.USE_SCHOOL, verified=True)
def new(request: HttpRequest) -> HttpResponse:
    """A new action. The page carries its number, so that sending it twice makes one."""
    place = current(request)
    begun, key = _beginning(request, place), key_of(request.POST.get("key"))
    form = ActionForm(
        request.POST if request.method == "POST" else None,
        people=people_of(place.school, posting=begun.posting),
        origin=begun.origin,
        initial={"owner": place.user_id} | begun.initial,
    )
    if form.is_bound and form.is_valid():
        try:
            made = services.make_action(place, form.told, key=key, now=timezone.now())
        except Refusal as refusal:
            form.refuse(refusal.by_field())
        else:
            messages.success(request, say("schools.Action_Made", title=made.title))
            return redirect("schools:action", made.pk)
    context = {
        "form": form,
        "key": key,
        "begun": begun,
        "heading": say("schools.Action_New"),
        "button": say("schools.Action_Make"),
        "back_href": begun.href or reverse("schools:actions"),
    }
    return _asked(request, form, context)


def _asked(request: HttpRequest, form: ActionForm, context: dict[str, Any]) -> HttpResponse:
    problems = form.problems
    context |= {"problems": problems}
    return page(request, "schools/actions/form.html", context, status=422 if context["problems"] else 200)


@PAGE
@door(Permission.USE_SCHOOL, verified=True)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Say otherwise what is to be done. Who was overtaken sees what it says now beside what they typed."""
    place, found = current(request), reached(request, pk)
    if not rules.may_change(found):
        raise Http404
    origin = {"source": found.source, "posting": found.posting, "case": found.case}
    fixed = found.source in {Source.POST, Source.CASE}
    initial = {name: getattr(found, name) for name in ("title", "due_on", "source", "visited_on")}
    form = ActionForm(
        request.POST if request.method == "POST" else None,
        people=people_of(place.school, posting=found.posting),
        origin=origin if fixed else {},
        initial=initial | {"owner": found.owner_id},
    )
    overtaken = False
    if form.is_bound and form.is_valid():
        seen = number(request.POST.get("revision"))
        try:
            services.change_action(found, form.told, revision=seen, place=place, now=timezone.now())
        except services.Overtaken as refusal:
            overtaken = True
            form.refuse({"": refusal.message})
        except Refusal as refusal:
            form.refuse(refusal.by_field())
        else:
            messages.success(request, say("schools.Action_Changed"))
            return redirect("schools:action", pk)
    row = row_of(found, timezone.localdate())
    context = {
        "form": form,
        "revision": found.revision
        if overtaken or not form.is_bound
        else request.POST.get("revision", "")[:9],
        "now": row if overtaken else None,
        "begun": Beginning(words=row["about"] if fixed else "", href=row["about_href"]),
        "heading": say("schools.Action_Change"),
        "button": say("schools.Action_Save"),
        "back_href": reverse("schools:action", args=[pk]),
    }
    return _asked(request, form, context)


@PAGE
@door(Permission.USE_SCHOOL, verified=True)
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel it, with a reason."""
    found = reached(request, pk)
    if not rules.can(found, Move.CANCEL):
        raise Http404
    problems, revision = {}, found.revision
    if request.method == "POST":
        how: dict[str, Any] = {"revision": number(request.POST.get("revision")), "place": current(request)}
        reason = paragraphs(request.POST.get("reason"))
        try:
            services.cancel_action(found, reason=reason, now=timezone.now(), **how)
        except Refusal as refusal:
            problems = refusal.by_field("main-content")
        else:
            messages.success(request, say("schools.Action_Cancelled", title=found.title))
            return redirect("schools:action", pk)
    context = {
        **row_of(found, timezone.localdate()),
        "revision": revision,
        "typed": paragraphs(request.POST.get("reason"))[:1000],
        "problems": problems,
    }
    return page(request, "schools/actions/cancel.html", context, status=422 if problems else 200)
