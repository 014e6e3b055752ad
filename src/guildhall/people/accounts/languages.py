"""The language of a browser, and the one somebody chose on the pages before they sign in.

A browser may be shared: the language it was used in last is only what pages begin in. What is kept with an
account is what its owner chose, in their account or on the way into it.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from guildhall.foundation.texts.forms import SWITCH

from . import services
from .models import User

LANGUAGES = ("en", "cy")
A_VISIT = timedelta(hours=1)
_SECONDS = 365 * 24 * 3600
_KEY = "language-chosen"


def of_browser(request: HttpRequest) -> str:
    """ "en" or "cy" as this browser was used last, or empty."""
    language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return language if language in LANGUAGES else ""


def chosen(request: HttpRequest) -> str:
    """What somebody who is not signed in chose in this visit; empty where they chose none."""
    language: str = request.session.get(_KEY, ("", 0))[0]
    return language if language in LANGUAGES else ""


def note_choice(request: HttpRequest, language: str, *, now: datetime) -> None:
    """Somebody who is not signed in chose ``language``; it counts for the sign-in of this visit."""
    request.session[_KEY] = (language, int(now.timestamp()))


def choose(request: HttpRequest, language: str, *, now: datetime) -> None:
    """Keep ``language`` with the account of who asks, or until they sign in."""
    if isinstance(request.user, User):
        services.change_language(request.user, language)
    else:
        note_choice(request, language, now=now)


def switched(request: HttpRequest) -> str:
    """The language whose button sent the form of a page: that page is only to be shown again, with what
    was typed. Empty for every other request.
    """
    wanted = request.POST.get(SWITCH, "")
    return wanted if wanted in LANGUAGES else ""


def forget_old_choice(request: HttpRequest, *, now: datetime) -> None:
    """A choice made longer ago than a visit lasts was another person's, perhaps."""
    kept = request.session.get(_KEY)
    if kept and now.timestamp() - kept[1] > A_VISIT.total_seconds():
        del request.session[_KEY]


def keep(response: HttpResponse, language: str) -> None:
    """Have the browser remember ``language`` for a year: its pages begin in it."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=_SECONDS,
        samesite="Lax",
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
    )
