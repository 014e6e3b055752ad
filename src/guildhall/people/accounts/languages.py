"""The language of a browser, and the one somebody chose on the pages before they sign in.

A browser may be shared: the language it was used in last is only what pages begin in. What is kept with an
account is what its owner chose, in their account or on the way into it.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse

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
