"""Remote access for a school's people, and the accounts of its own network, as the helpline sees them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.pagination import page_of
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.typed import number, one_line
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.people.membership import school_queries
from guildhall.people.membership import services as membership
from guildhall.people.membership.asking import acting
from guildhall.people.membership.models import SchoolPlace
from guildhall.people.organisations.queries import open_establishments

from .trail import crumbs

TYPED = ("serial", "reason", "what", "network_reason")
PAGE = require_http_methods(["GET", "HEAD", "POST"])


@PAGE
@door(Permission.MANAGE_USERS, verified=True)
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Give somebody a keyfob, or keep what was done to their account on the school's network."""
    place = get_object_or_404(school_queries.places_kept(holder_of(request)), pk=pk)
    typed = {name: one_line(request.POST.get(name)) for name in TYPED}
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            _do(request, place, typed)
        except Refusal as refusal:
            problems = _problems(refusal, request.POST.get("act") == "network")
        else:
            messages.success(request, say("schools.Done", name=str(place)))
            return redirect("administration:school-remote-access", pk)
    context = {
        "place": place,
        "keyfobs": school_queries.keyfobs_at(place.school_id).filter(place=place, returned_at=None),
        "answer": school_queries.network_answer(place.school_id),
        "works": [(one, say(f"schools.Network_{one}")) for one in membership.NETWORK_WORK],
        "typed": typed if problems else {},
        "problems": problems,
        "breadcrumbs": _crumbs(place.school_id, place.school.name, say("schools.Do_RemoteAccess")),
    }
    return render(request, "administration/schools_remote.html", context, status=422 if problems else 200)


def _problems(refusal: Refusal, network: bool) -> dict[str, str]:
    """Both forms ask for a reason: the network's box has its own name."""
    found = refusal.by_field()
    return {"network_reason" if network and name == "reason" else name: found[name] for name in found}


def _do(request: HttpRequest, place: SchoolPlace, typed: dict[str, str]) -> None:
    how = acting(request)
    if request.POST.get("act") == "network":
        membership.work_on_network(place, what=typed["what"], reason=typed["network_reason"], **how)
    else:
        membership.assign_keyfob(place, serial=typed["serial"], reason=typed["reason"], **how)


@PAGE
@door(Permission.MANAGE_USERS, verified=True)
def keyfobs(request: HttpRequest, pk: int) -> HttpResponse:
    """The keyfobs of a school, those given back too. Posting ``back`` takes one back."""
    school = get_object_or_404(open_establishments(), pk=pk)
    rows = school_queries.keyfobs_at(pk)
    if request.method == "POST":
        keyfob = get_object_or_404(rows, pk=number(request.POST.get("back")))
        membership.take_back_keyfob(keyfob, holder=holder_of(request), by=who(request), now=timezone.now())
        messages.success(request, say("schools.Keyfob_Back_Done", serial=keyfob.serial))
        return redirect("administration:school-keyfobs", pk)
    context = {
        "page": page_of(rows, request, 50),
        "breadcrumbs": _crumbs(pk, school.name, say("schools.Keyfobs_Heading")),
    }
    return render(request, "administration/schools_keyfobs.html", context)


def _crumbs(school_id: int, school: str, here: str) -> list[tuple[str, str]]:
    return crumbs(
        (say("schools.Council_Heading"), reverse("administration:schools")),
        (school, reverse("administration:school", args=[school_id])),
        (here, ""),
    )
