"""How long a session counts, what happens to a post that comes too late, and in which language we answer."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import urlencode

from guildhall.foundation.access.doors import door_of, holder_of

from . import entering, services
from .languages import LANGUAGES, choose, forget_old_choice, keep, of_browser, switched
from .models import User

Answer = Callable[[HttpRequest], HttpResponse]
HELD_COOKIE = "held"
LAST_PERSON_COOKIE = "last-person"


class SessionLimitsMiddleware:
    """Ends a session that was idle too long, is too old, or was revoked; else keeps when it was seen."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if isinstance(user, User):
            self._check(request, user, timezone.now())
        return self.get_response(request)

    def _check(self, request: HttpRequest, user: User, now: datetime) -> None:
        if why := entering.why_ended(request.session, user, now):
            services.note_leaving(user, how=why, now=now)
            entering.leave(request, why=why)
        elif "X-Background" not in request.headers:
            entering.note_seen(request.session, now)


class HeldPostMiddleware:
    """Keeps what somebody sends after their session has ended, so that signing in again loses nothing.

    A page's script (which names its page in X-Page) is told 401 instead, and keeps what it has.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        _remember_person(request, response)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        door = door_of(view)
        closed = door is not None and door.permission is not None and holder_of(request).user_id is None
        if not closed or request.method != "POST":
            return None
        if "X-Page" in request.headers:
            back = urlencode({"next": request.headers["X-Page"]})
            return JsonResponse({"sign_in": f"{reverse('account:sign-in')}?{back}"}, status=401)
        return _hold(request, timezone.now())


def _hold(request: HttpRequest, now: datetime) -> HttpResponse | None:
    person = last_person(request)
    if person is None:
        return None
    pairs = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken" and "password" not in name
    ]
    key = services.hold_post(person.pk, path=request.get_full_path(), fields=pairs, now=now)
    if key is None:
        return None
    response = redirect(f"{reverse('account:sign-in')}?{urlencode({'next': reverse('account:held')})}")
    response.set_cookie(
        HELD_COOKIE,
        key,
        max_age=3600,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def _remember_person(request: HttpRequest, response: HttpResponse) -> None:
    """Keep in a signed cookie who signed in here last, for posts that come when the session is gone."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return
    known = request.COOKIES.get(LAST_PERSON_COOKIE, "").split(":")[0]
    if LAST_PERSON_COOKIE not in response.cookies and known != str(user.pk):
        signed = signing.Signer(salt=LAST_PERSON_COOKIE).sign(str(user.pk))
        response.set_cookie(
            LAST_PERSON_COOKIE,
            signed,
            max_age=24 * 3600,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )


def last_person(request: HttpRequest) -> User | None:
    """Who was signed in here last, and did not sign out."""
    try:
        signed = signing.Signer(salt=LAST_PERSON_COOKIE).unsign(request.COOKIES[LAST_PERSON_COOKIE])
        return User.objects.filter(pk=int(signed)).first()
    except (KeyError, ValueError, signing.BadSignature):
        return None


class LanguageMiddleware:
    """English or Welsh: as kept with the account, else as the browser's cookie or settings say.

    A language button that belongs to a form changes it before the view answers, which then draws the same
    page again with what was typed (GH-041).
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        forget_old_choice(request, now=timezone.now())
        language = _language(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        if language != request.LANGUAGE_CODE:
            keep(response, request.LANGUAGE_CODE)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        if wanted := switched(request):
            choose(request, wanted, now=timezone.now())
            translation.activate(wanted)
            request.LANGUAGE_CODE = wanted


def _language(request: HttpRequest) -> str:
    user = request.user
    if user.is_authenticated and getattr(user, "language", "") in LANGUAGES:
        return str(user.language)
    return of_browser(request) or translation.get_language_from_request(request)[:2]
