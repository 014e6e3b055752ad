"""The language somebody chose in this browser, before they signed in or since."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

LANGUAGES = ("en", "cy")
_SECONDS = 365 * 24 * 3600


def chosen(request: HttpRequest) -> str:
    """ "en", "cy", or empty where nobody has chosen in this browser yet."""
    language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return language if language in LANGUAGES else ""


def keep(response: HttpResponse, language: str) -> None:
    """Have the browser remember ``language`` for a year. It counts at the next sign-in, too."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=_SECONDS,
        samesite="Lax",
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
    )
