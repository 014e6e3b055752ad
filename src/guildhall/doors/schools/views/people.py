"""User admin and Account Management: the people of a school."""

from collections.abc import Collection
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.pagination import page_of, sorting_of
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.typed import number, one_line
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts import queries as accounts
from guildhall.people.accounts.asking import who
from guildhall.people.accounts.models import User
from guildhall.people.membership import school_queries
from guildhall.people.membership import services as membership
from guildhall.people.membership.asking import acting
from guildhall.people.membership.models import SchoolPlace

from ..forms import EditForm, PersonForm
from ..showing import administered, current, page, supervised

PAGE = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@door(Permission.MANAGE_SCHOOL_USERS, verified=True)
def users(request: HttpRequest) -> HttpResponse:
    """Manage Users: everybody of the current school, sorted as asked."""
    place = administered(request)
    sorting = sorting_of(request, among=list(school_queries.SORTS), default="surname")
    found = school_queries.users_of(holder_of(request), place.school_id, sort=sorting.current)
    shown = page_of(found, request, 50)
    context = {"people": [row(one) for one in shown], "page": shown, "sorting": sorting}
    return page(request, "schools/users.html", context)


def row(place: SchoolPlace, shut: Collection[int] = ()) -> dict[str, Any]:
    """One person as the lists show them; ``shut``: whom (ids) wrong passwords or a recovery keep out."""
    return {
        "pk": place.pk,
        "place": place,
        "email": place.user.email or "-",
        "job": place.job_title.called,
        "mobile": place.mobile or "-",
        "admin": say("schools.Yes") if place.is_admin else say("schools.No"),
        "lock": say("schools.LockedState") if place.membership.locked_at else say("schools.Unlocked"),
        "disabled": place.user.state == User.State.DISABLED,
        "shut": _why_shut(place.user) if place.user_id in shut else "",
        "invited": place.user.last_login is None,
    }


def _why_shut(user: User) -> str:
    """A recovery keeps somebody back for longer than wrong passwords do, so it is named where both are so."""
    held = user.held_until is not None and user.held_until > timezone.now()
    return say("schools.State_Held") if held else say("schools.State_Shut")


@PAGE
@door(Permission.MANAGE_SCHOOL_USERS, verified=True)
def add(request: HttpRequest) -> HttpResponse:
    """New user."""
    place = administered(request)
    data = request.POST if request.method == "POST" else None
    form = PersonForm(data, holder=holder_of(request), schools={place.school_id})
    if _only_ticks(request, form):
        return _form_page(request, form, "New")
    if form.is_bound and form.is_valid():
        try:
            membership.add_person(form.given, holder=holder_of(request), by=who(request), now=timezone.now())
        except Refusal as refusal:
            form.turn_down(refusal.field, refusal.message)
        else:
            messages.success(request, say("schools.Added_Done", name=form.given.forename))
            return redirect("schools:users")
    return _form_page(request, form, "New")


def _only_ticks(request: HttpRequest, form: PersonForm) -> bool:
    """Select-all and clear-all draw the page again, so that they work without scripts."""
    asked = request.POST.get("ticks")
    if asked not in {"all", "none"}:
        return False
    form.schools = {one.pk for one in form.kept} if asked == "all" else set()
    form.is_bound = False
    form.initial = {name: one_line(request.POST.get(name)) for name in form.fields}
    return True


@PAGE
@door(Permission.MANAGE_SCHOOL_USERS, verified=True)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Edit User."""
    administered(request)
    return _edit(request, pk, "Edit", "schools:users")


@PAGE
@door(Permission.SUPERVISE_SCHOOL, verified=True)
def user_details(request: HttpRequest, pk: int) -> HttpResponse:
    """User Details: the same for supervisors, with Submit Changes and Remove Access."""
    supervised(request)
    return _edit(request, pk, "Details", "schools:account-management")


def kept(request: HttpRequest, pk: int) -> SchoolPlace:
    """Somebody of the current school; 404 for anybody else."""
    place = administered(request)
    found = school_queries.places_kept(holder_of(request)).filter(school_id=place.school_id)
    return get_object_or_404(found, pk=pk)


def _edit(request: HttpRequest, pk: int, name: str, after: str) -> HttpResponse:
    place, holder = kept(request, pk), holder_of(request)
    schools = school_queries.other_schools_kept(holder, place.user)
    data = request.POST if request.method == "POST" else None
    form = EditForm(data, holder=holder, schools=schools, place=place)
    if not _only_ticks(request, form) and saved(request, form, place):
        return redirect(after)
    return _form_page(request, form, name, place=place)


def saved(request: HttpRequest, form: EditForm, place: SchoolPlace) -> bool:
    """Whether what ``form`` says of somebody was posted, could be taken and is kept; else it says why not."""
    if not form.is_bound or not form.is_valid():
        return False
    how = acting(request)
    try:
        membership.change_person(place, given=form.given, revision=revision_of(request), **how)
    except Refusal as refusal:
        form.turn_down(refusal.field, refusal.message)
        return False
    messages.success(request, say("schools.Changed_Done", name=str(place)))
    return True


def revision_of(request: HttpRequest) -> int:
    """Which revision of the person the page showed."""
    return number(request.POST.get("revision"))


def _form_page(
    request: HttpRequest, form: PersonForm, name: str, *, place: SchoolPlace | None = None
) -> HttpResponse:
    context = {
        "form": form,
        "problems": form.all_problems,
        "heading": say(f"schools.{name}_Heading"),
        "button": say(f"schools.{name}_Button"),
        "person": row(place, accounts.shut_out([place.user], now=timezone.now())) if place else None,
        "details": name == "Details",
    }
    return page(request, "schools/person.html", context, status=422 if context["problems"] else 200)


@require_safe
@door(Permission.USE_SCHOOL)
def account_management(request: HttpRequest) -> HttpResponse:
    """Account Management: who keeps the school's accounts; for supervisors everybody, with Edit."""
    return page(request, "schools/account_management.html", _overview(request))


def _overview(request: HttpRequest) -> dict[str, Any]:
    from_holder = holder_of(request)
    place = current(request)
    if place.school_id in from_holder.supervised and from_holder.sees_records:
        people = school_queries.users_of(from_holder, place.school_id)
        shown = page_of(people, request, 50)
        shut = accounts.shut_out([one.user for one in shown], now=timezone.now())
        return {"people": [row(one, shut) for one in shown], "page": shown}
    return {"operators": school_queries.operators_of(place.school_id)}
