"""The public front page, and the home of families who are signed in."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_http_methods

from guildhall.foundation.access.doors import door, holder_of, open_to_all
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.authority.queries import setting
from guildhall.foundation.texts import queries as texts
from guildhall.mail.messages import queries as messages
from guildhall.paperwork.submissions import queries as submissions
from guildhall.people.accounts.models import User

read = require_http_methods(["GET", "HEAD"])

# The tiles in the order of SP-053: key of the texts and of the setting, address.
TILES = (
    ("send", "families:choose-person"),
    ("messages", "inbox:list"),
    ("family", "families:family"),
)


@read
@open_to_all("The front page says what the portal is, and lets people sign in or register.")
def front(request: HttpRequest) -> HttpResponse:
    """The public home page with the Login panel."""
    if holder_of(request).user_id is not None:
        return redirect("families:home")
    telephones = {"day": setting("authority.telephone_day"), "night": setting("authority.telephone_night")}
    return render(request, "families/front.html", {"problems": {}, "telephones": telephones})


@read
@door(Permission.HOLD_ACCOUNT)
def home(request: HttpRequest) -> HttpResponse:
    """The families' home with its tiles; people of other doors go on to their own."""
    doors = holder_of(request).doors
    if "families" not in doors and doors:
        return redirect(f"{'council' if 'council' in doors else 'professionals'}:home")
    user = cast(User, request.user)
    prompt = user.two_step == User.TwoStep.NONE and user.prompt_dismissed_at is None
    waiting = submissions.saved_forms_of(user).count()
    return render(
        request, "families/home.html", {"tiles": _tiles(user), "prompt": prompt, "waiting": waiting}
    )


def _tiles(user: User) -> list[dict[str, object]]:
    shown = [(key, address) for key, address in TILES if setting(f"tiles.{key}")]
    return [
        {
            "title": texts.say(f"home-tiles.{key.title()}_Title"),
            "words": texts.say(f"home-tiles.{key.title()}_Words"),
            "href": href,
            "unread": messages.unread_count(user) if key == "messages" else 0,
        }
        for key, address in shown
        if (href := _address(address))
    ]


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
