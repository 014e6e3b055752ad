"""Schools' supervisors, and what the helpline does for a school's people, each with its reason."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from guildhall.doors.schools.forms import EditForm, PersonForm, word
from guildhall.doors.schools.views.people import row, saved
from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.pagination import page_of
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.typed import paragraphs
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts import queries as accounts
from guildhall.people.accounts.asking import who
from guildhall.people.membership import school_queries
from guildhall.people.membership import services as membership
from guildhall.people.membership.asking import acting
from guildhall.people.membership.models import SchoolPlace
from guildhall.people.organisations.queries import open_establishments
from guildhall.people.schoolsite import queries as site
from guildhall.people.schoolsite import services as site_services

from .trail import crumbs

MOST_WAITING = 100  # service requests on one page
PAGE = require_http_methods(["GET", "HEAD", "POST"])
Call = Callable[..., object]

# What asks for a reason, which is kept with the change.
REASONED: dict[str, Call] = {
    "lock": partial(membership.lock_person, locked=True),
    "unlock": partial(membership.lock_person, locked=False),
    "reset-password": membership.send_password_link,
    "remove": membership.remove_person,
    "enable": membership.enable_person,
    "second-step": membership.reset_second,
    "open": membership.forgive_tries,
}
PLAIN: dict[str, Call] = {
    "appoint": membership.appoint_supervisor,
    "step-down": membership.end_supervision,
    "record-head": partial(membership.record_account, as_=SchoolPlace.Recorded.HEAD),
    "record-office": partial(membership.record_account, as_=SchoolPlace.Recorded.OFFICE),
    "forget-record": partial(membership.record_account, as_=""),
}


def _crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return crumbs((say("schools.Council_Heading"), reverse("administration:schools")), *more)


@require_safe
@door(Permission.MANAGE_USERS, verified=True)
def index(request: HttpRequest) -> HttpResponse:
    """Every school with its supervisors counted."""
    words, without = request.GET.get("words", "").strip()[:100], bool(request.GET.get("without"))
    shown = page_of(school_queries.schools_with_supervisors(words, without=without), request, 50)
    context = {
        "page": shown,
        "words": words,
        "without": without,
        "waiting": school_queries.open_requests().count() + site.service_requests().count(),
        "breadcrumbs": crumbs((say("schools.Council_Heading"), "")),
    }
    return render(request, "administration/schools_index.html", context)


@require_safe
@door(Permission.MANAGE_USERS, verified=True)
def school(request: HttpRequest, pk: int) -> HttpResponse:
    """One school's people, with what the helpline can do for each."""
    found = get_object_or_404(open_establishments(), pk=pk)
    shown = page_of(school_queries.users_of(holder_of(request), pk), request, 50)
    shut = accounts.shut_out([one.user for one in shown], now=timezone.now())
    context = {
        "school": found,
        "people": [row(one, shut) | {"acts": _acts(one, shut)} for one in shown],
        "page": shown,
        "supervisors": school_queries.supervisors_of(pk),
        "breadcrumbs": _crumbs((found.name, "")),
    }
    return render(request, "administration/schools_school.html", context)


def _acts(place: SchoolPlace, shut: set[int]) -> list[tuple[str, str]]:
    """What can be done to this person now; ``shut``: whom wrong passwords or a recovery keep out."""
    names = ["edit", "reset-password", "unlock" if place.membership.locked_at else "lock", "second-step"]
    names += ["open"] if place.user_id in shut else []
    names += ["enable"] if place.user.state == place.user.State.DISABLED else []
    names += ["step-down", "replace"] if place.is_supervisor else ["appoint"]
    names += ["forget-record"] if place.recorded_as else ["record-head", "record-office"]
    return [(name, say(f"schools.Do_{word(name)}")) for name in [*names, "remote-access", "remove"]]


@PAGE
@door(Permission.MANAGE_USERS, verified=True)
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Start a school off with its first supervisor; later, add somebody to it."""
    found = get_object_or_404(open_establishments(), pk=pk)
    first = not school_queries.supervisors_of(pk)
    data = request.POST if request.method == "POST" else None
    form = PersonForm(data, holder=holder_of(request), schools={pk})
    if form.is_bound and form.is_valid():
        try:
            membership.start_person(
                form.given,
                school=found,
                supervises=first,
                holder=holder_of(request),
                by=who(request),
                now=timezone.now(),
            )
        except Refusal as refusal:
            form.turn_down(refusal.field, refusal.message)
        else:
            messages.success(request, say("schools.Added_Done", name=form.given.forename))
            return redirect("administration:school", pk)
    return _person_page(request, form, found.pk, "First" if first else "New", found.name)


def _person_page(
    request: HttpRequest, form: PersonForm, school_id: int, name: str, school_name: str
) -> HttpResponse:
    fields = form.drawn() if name == "Edit" else form.drawn()[:-1]
    context = {
        "form": form,
        "fields": fields,
        "problems": form.all_problems,
        "heading": say(f"schools.{name}_Heading"),
        "place": form.place,
        "breadcrumbs": _crumbs(
            (school_name, reverse("administration:school", args=[school_id])),
            (say(f"schools.{name}_Heading"), ""),
        ),
    }
    return render(
        request, "administration/schools_person.html", context, status=422 if context["problems"] else 200
    )


@PAGE
@door(Permission.MANAGE_USERS, verified=True)
def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Ask first, and for the reason, then do it."""
    place = get_object_or_404(school_queries.places_kept(holder_of(request)), pk=pk)
    if name == "edit":
        return _edit(request, place)
    if name not in {*REASONED, *PLAIN, "replace"}:
        raise Http404
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            _do(request, place, name)
        except Refusal as refusal:
            problems = refusal.by_field()
        else:
            messages.success(request, say("schools.Done", name=str(place)))
            return redirect("administration:school", place.school_id)
    return render(
        request,
        "administration/schools_act.html",
        _asked(request, place, name, problems),
        status=422 if problems else 200,
    )


def _asked(request: HttpRequest, place: SchoolPlace, name: str, problems: dict[str, str]) -> dict[str, Any]:
    others = school_queries.users_of(holder_of(request), place.school_id) if name == "replace" else []
    heading = say(f"schools.Do_{word(name)}")
    return {
        "place": place,
        "problems": problems,
        "heading": heading,
        "words": say(f"schools.Do_{word(name)}_Words", name=str(place)),
        "asks_reason": name in REASONED,
        "reason": paragraphs(request.POST.get("reason")),
        "others": [(str(one.pk), str(one)) for one in others if not one.is_supervisor],
        "danger": name in {"remove", "lock"},
        "breadcrumbs": _crumbs(
            (place.school.name, reverse("administration:school", args=[place.school_id])), (heading, "")
        ),
    }


def _do(request: HttpRequest, place: SchoolPlace, name: str) -> None:
    how = acting(request)
    if name == "replace":
        rows = school_queries.users_of(holder_of(request), place.school_id)
        typed = request.POST.get("new", "")
        new = next((one for one in rows if str(one.pk) == typed), None)
        if new is None:
            raise Refusal(say("schools.Error_Replace"), field="new")
        membership.replace_supervisor(place, new=new, **how)
        return
    if name in PLAIN:
        PLAIN[name](place, **how)
        return
    reason = paragraphs(request.POST.get("reason"))[:500]
    if not reason:
        raise Refusal(say("schools.Error_Reason_Required"), field="reason")
    REASONED[name](place, reason=reason, **how)


def _edit(request: HttpRequest, place: SchoolPlace) -> HttpResponse:
    holder = holder_of(request)
    schools = school_queries.other_schools_kept(holder, place.user)
    data = request.POST if request.method == "POST" else None
    form = EditForm(data, holder=holder, schools=schools, place=place)
    if saved(request, form, place):
        return redirect("administration:school", place.school_id)
    return _person_page(request, form, place.school_id, "Edit", place.school.name)


@PAGE
@door(Permission.MANAGE_USERS, verified=True)
def requests(request: HttpRequest) -> HttpResponse:
    """Accounts asked for in writing by heads and offices, and help asked for by who cannot sign in.

    Posting ``done`` takes one of the latter off the list.
    """
    if request.method == "POST":
        waiting = {str(one.pk): one for one in site.service_requests()[:MOST_WAITING]}
        if found := waiting.get(request.POST.get("done", "")):
            site_services.deal_with(found, by=who(request), now=timezone.now())
            messages.success(request, say("schools.ServiceRequests_Done"))
        return redirect("administration:school-requests")
    context = {
        "asked": page_of(school_queries.open_requests(), request, 50),
        "helping": site.service_requests()[:MOST_WAITING],
        "breadcrumbs": _crumbs((say("schools.Requests_Heading"), "")),
    }
    return render(request, "administration/schools_requests.html", context)


@PAGE
@door(Permission.MANAGE_USERS, verified=True)
def request_(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the account that was asked for, or say why not."""
    asked = school_queries.request_of(pk)
    if asked is None:
        raise Http404
    problems: dict[str, str] = {}
    how = acting(request)
    if request.method == "POST":
        try:
            if request.POST.get("act") == "refuse":
                membership.refuse_request(asked, why=request.POST.get("why", ""), **how)
            else:
                membership.grant_request(asked, **how)
        except Refusal as refusal:
            problems = refusal.by_field()
        else:
            messages.success(request, say("schools.Request_Answered"))
            return redirect("administration:school-requests")
    context = {
        "asked": asked,
        "problems": problems,
        "why": request.POST.get("why", ""),
        "breadcrumbs": _crumbs(
            (say("schools.Requests_Heading"), reverse("administration:school-requests")),
            (say("schools.Requests_One"), ""),
        ),
    }
    return render(request, "administration/schools_request.html", context, status=422 if problems else 200)
