"""What is done to one person of a school, each asked before it is done."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.people.membership import services as membership

from ..forms import word
from ..showing import page
from .people import kept


@dataclass(frozen=True)
class Act:
    """What is called, and where the person goes afterwards. ``supervisors``: nobody else may."""

    call: Callable[..., object]
    after: str
    supervisors: bool = True


ACTS = {
    "reset-password": Act(membership.send_password_link, "schools:users", supervisors=False),
    "remove": Act(membership.remove_person, "schools:users", supervisors=False),
    "enable": Act(membership.enable_person, "schools:account-management"),
    "open": Act(membership.forgive_tries, "schools:account-management"),
    "second-step": Act(membership.reset_second, "schools:account-management"),
    "appoint": Act(membership.appoint_supervisor, "schools:account-management"),
    "step-down": Act(membership.end_supervision, "schools:account-management"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.MANAGE_SCHOOL_USERS, verified=True)
def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Ask first, in words that say what happens, then do it at once."""
    place, what = kept(request, pk), ACTS.get(name)
    if what is None or (what.supervisors and place.school_id not in holder_of(request).supervised):
        raise Http404
    problems = {}
    if request.method == "POST":
        try:
            what.call(place, holder=holder_of(request), by=who(request), now=timezone.now())
        except Refusal as refusal:
            problems = {"main-content": refusal.message}
        else:
            messages.success(request, say(f"schools.Act_{word(name)}_Done", name=str(place)))
            return redirect(what.after)
    context = {
        "person": place,
        "problems": problems,
        "heading": say(f"schools.Act_{word(name)}_Heading", name=str(place)),
        "words": say(f"schools.Act_{word(name)}_Words", name=str(place)),
        "button": say(f"schools.Act_{word(name)}_Button"),
        "danger": name == "remove",
        "back": what.after,
    }
    return page(request, "schools/act.html", context, status=422 if problems else 200)
