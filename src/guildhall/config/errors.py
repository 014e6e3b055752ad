"""Pages for what went wrong outside a view. None of them shows what went wrong inside."""

import errno
import logging
import sys
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from guildhall.foundation.audit.services import Unrecordable
from guildhall.foundation.kit import outage
from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.texts.catalogue import catalogue

from .health import alive
from .navigation import address
from .resending import resending_of

DATABASE_LOST = (OperationalError, InterfaceError)
_TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
_READ_ONLY = "25006"  # what PostgreSQL calls a write where it may only read; Django has no word for it
_TAKES_NOTHING = frozenset({_READ_ONLY, "53100", "58030"})  # and a full disk, and one that fails
_SQLITE_TAKES_NOTHING = ("readonly database", "disk is full")
_RETRY_SECONDS = "30"
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS})

logger = logging.getLogger("guildhall.errors")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    code = 413 if isinstance(exception, _TOO_LARGE) else 400
    return _page(request, code)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    return _page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A room may name words of its own for what it has not, in ``page`` of its exception."""
    return _page(request, 404, kind=getattr(exception, "page", ""))


def server_error(request: HttpRequest) -> HttpResponse:
    """The page for a fault of ours; for a lost database or a full disk, the one that says so."""
    error = sys.exc_info()[1]
    if _is_lost(error):
        _note(error)
        return database_down(request)
    if isinstance(error, Unrecordable):
        return unrecordable(request)
    if isinstance(error, OSError) and error.errno in _NO_ROOM:
        return _bare_page(request, 507)
    return _bare_page(request, 500)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """A form came without proof that our own page sent it: most often it was open for very long."""
    return _page(request, 403, kind="Expired")


def database_down(request: HttpRequest) -> HttpResponse:
    """What the person wanted is not done: in words about reading, sending or signing in, and when to try.

    Monitoring that asks whether the program lives is told so: restarting it would bring no database back.
    """
    if request.path == address("alive"):
        return alive(request)
    kind, again = _wanted(request)
    response = _bare_page(request, 503, kind=kind, again=again)
    response["Retry-After"] = _RETRY_SECONDS
    return response


def _is_lost(error: BaseException | None) -> bool:
    """Whether the database is not there, or takes nothing."""
    return isinstance(error, DATABASE_LOST) or _state(error) == _READ_ONLY


def _state(error: BaseException | None) -> str:
    return getattr(getattr(error, "__cause__", None), "sqlstate", "") or ""


def _note(error: BaseException | None) -> None:
    """Where the database still answers, the next pages say that they can only be read."""
    if _state(error) in _TAKES_NOTHING or any(words in str(error) for words in _SQLITE_TAKES_NOTHING):
        outage.refused()


def _wanted(request: HttpRequest) -> tuple[str, str]:
    """Which words of 503 fit what the person did, and where to try again without losing what was typed."""
    doors_in = [address(f"account:{name}") for name in ("sign-in", "forgotten")]
    if door_in := next((one for one in doors_in if one and request.path.startswith(one)), ""):
        return "503SignIn", door_in
    if request.method in {"GET", "HEAD"}:
        return "503Reading", request.get_full_path()
    return "503", ""


def unrecordable(request: HttpRequest) -> HttpResponse:
    response = _bare_page(request, 503, kind="Unrecorded")
    response["Retry-After"] = _RETRY_SECONDS
    return response


class DatabaseDownMiddleware:
    """A view that cannot reach the database answers 503 in words, without asking the database for them.

    So does one whose look at a child could be noted nowhere.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Unrecordable):
            return unrecordable(request)
        if not _is_lost(exception):
            return None
        _note(exception)
        logger.error(
            "The database did not answer: %s", type(exception).__name__, extra={"path": request.path}
        )
        return database_down(request)


class NotAllowedMiddleware:
    """Whoever opens an address to which a form is only sent reads what to do, instead of an empty page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405 or request.method != "GET":
            return response
        page = _page(request, 405)
        page["Allow"] = response["Allow"]
        return page


def _page(request: HttpRequest, code: int, kind: str = "") -> HttpResponse:
    """The page of the portal for ``code``; the bare one if even that cannot be drawn."""
    try:
        return render(request, "kit/error.html", {"error": f"shared.Error{kind or code}"}, status=code)
    except DATABASE_LOST:
        return database_down(request)


def _bare_page(request: HttpRequest, code: int, kind: str = "", again: str = "") -> HttpResponse:
    """A page that needs no database, no session and no user."""
    language = _language(request)
    words = {
        key: _words(f"shared.Error{kind or code}_{key}", language) for key in ("Heading", "Text", "Next")
    }
    if code == 503:
        words |= {key: _words(f"shared.Outage_{key}", language) for key in ("Danger", "Again")}
    resending = resending_of(request) if code == 503 and not again else None
    if resending:
        words |= {key: _words(f"shared.Resend_{key}", language) for key in ("Next", "Files", "Button")}
    names = {"words": words, "language": language, "again": again, "resending": resending}
    return HttpResponse(render_to_string("kit/bare_error.html", names), status=code)


def _language(request: HttpRequest) -> str:
    """The language of the cookie, since the fault may have come before the person's own was known."""
    asked = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return asked if asked in dict(settings.LANGUAGES) else active_language()


def _words(name: str, language: str) -> str:
    known = catalogue()[name]
    return known.get(language) or known["en"]
