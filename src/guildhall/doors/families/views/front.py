"""The public front page, and the home of families who are signed in."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from guildhall.doors.account import announcing, returning
from guildhall.foundation.access.doors import door, holder_of, open_to_all
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.authority.declared import word_of
from guildhall.foundation.authority.queries import setting
from guildhall.foundation.kit.tiles import Tile
from guildhall.foundation.texts import queries as texts
from guildhall.mail.messages import queries as messages
from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.submissions import queries as submissions
from guildhall.people.accounts.models import User
from guildhall.work.intake.destinations import destinations_of

from ..services_offered import panels_on, route_of

OTHER_DOORS = ("council", "schools", "professionals")
read = require_http_methods(["GET", "HEAD"])


@read
@open_to_all("The front page says what the portal is, and lets people sign in or register.")
def front(request: HttpRequest) -> HttpResponse:
    """The public home page with the Login panel."""
    if holder_of(request).user_id is not None:
        return redirect("families:home")
    return render(request, "families/front.html", {"problems": {}} | telephones())


@read
@open_to_all("which forms anybody may send about a child is no secret; filling one in needs an account")
def public(request: HttpRequest) -> HttpResponse:
    """I am a Member of the Public: the forms about a worry for a child, and the way to the services."""
    language = get_language() or "en"
    offered = [
        (forms.definition_of(version.pk), version.form.code)
        for version in forms.offered(portal="citizen", audiences=["public"])
        if version.destination in destinations_of("")
    ]
    entries = [
        {
            "title": definition.title.in_(language),
            "words": definition.subtitle.in_(language),
            "href": reverse("filling:overview" if definition.open_overview else "filling:start", args=[code]),
        }
        for definition, code in offered
    ]
    context = {"entries": entries, "signed_in": holder_of(request).user_id is not None}
    return render(request, "families/public.html", context | telephones())


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.HOLD_ACCOUNT)
def announced(request: HttpRequest) -> HttpResponse:
    """The announcement, after signing in; Continue opens the page they signed in for, else the home page."""
    after = returning.asked(request)
    if request.method == "POST" or not announcing.current():
        announcing.note_read(request)
        return redirect(after or returning.home())
    context = {"wording": announcing.current(), "here": request.path, "next": after}
    return render(request, "families/announcement.html", context)


@read
@door(Permission.HOLD_ACCOUNT)
def home(request: HttpRequest) -> HttpResponse:
    """The families' home with its tiles; people of other doors go on to their own."""
    doors = holder_of(request).doors
    if "families" not in doors and doors:
        return redirect(f"{next(door for door in OTHER_DOORS if door in doors)}:home")
    if announcing.waits(request):
        return redirect("families:announced")
    user = cast(User, request.user)
    prompt = user.two_step == User.TwoStep.NONE and user.prompt_dismissed_at is None
    unread = messages.unread_count(user)
    context = {
        "tiles": [_tile(key, unread if key == "messages" else 0) for key in panels_on()],
        "unread": unread,
        "prompt": prompt,
        "waiting": submissions.saved_forms_of(user).count(),
    }
    return render(request, "families/home.html", context | telephones())


def telephones() -> dict[str, dict[str, str]]:
    """The numbers for a concern that cannot wait (CP-030)."""
    names = ("day", "night")
    return {"telephones": {name: setting(f"authority.telephone_{name}") for name in names}}


def _tile(key: str, unread: int) -> Tile:
    name, arguments = route_of(key)
    return Tile(
        texts.say(f"home-tiles.{word_of(key)}_Title"),
        texts.say(f"home-tiles.{word_of(key)}_Words"),
        reverse(name, args=arguments),
        tag=texts.say("home-tiles.Messages_Unread", count=unread) if unread else "",
    )
