"""The second step of signing in: a code by email, of an app or on paper, or a passkey."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from guildhall.foundation.access.doors import open_to_all
from guildhall.foundation.authority.queries import setting
from guildhall.foundation.texts import queries as texts
from guildhall.foundation.texts.forms import WordedForm
from guildhall.people.accounts import queries
from guildhall.people.accounts import services as accounts
from guildhall.people.accounts.models import User

from .. import letting_in
from ..pages import form_page, network_address
from ..sign_in_forms import AppCode, EmailedCode, RecoveryCode
from .sign_in import sign_in_page

ANYBODY = open_to_all("Signing in is for people who are not signed in.")
page = require_http_methods(["GET", "HEAD", "POST"])
FEW_CODES = 2


@page
@ANYBODY
def code(request: HttpRequest) -> HttpResponse:
    """The code that was emailed."""
    now = timezone.now()
    user, pending = letting_in.waiting(request, now)
    if user is None or not (pending["enrol"] or "email" in queries.second_steps(user)):
        return redirect("account:sign-in")
    form = EmailedCode(_posted(request), may_remember=_may_remember(user, pending))
    if answer := _check(request, form, "email", user, pending, now):
        return answer
    words = {"address": _masked(user.email or ""), "minutes": setting("sign_in_code.minutes")}
    return _page(request, "Code", form, user, way="email", template="account/code.html", words=words)


@page
@ANYBODY
def app_code(request: HttpRequest) -> HttpResponse:
    """The code that an authenticator app shows."""
    now = timezone.now()
    user, pending = letting_in.waiting(request, now)
    if user is None or "app" not in queries.second_steps(user):
        return redirect("account:sign-in")
    form = AppCode(_posted(request), may_remember=_may_remember(user, pending))
    if answer := _check(request, form, "app", user, pending, now):
        return answer
    return _page(request, "AppCode", form, user, way="app")


@page
@ANYBODY
def recovery_code(request: HttpRequest) -> HttpResponse:
    """One of the codes on paper."""
    now = timezone.now()
    user, pending = letting_in.waiting(request, now)
    if user is None or not queries.recovery_codes_left(user):
        return redirect("account:sign-in")
    form = RecoveryCode(_posted(request))
    if answer := _check(request, form, "recovery", user, pending, now):
        return answer
    return _page(request, "RecoveryCode", form, user, way="recovery")


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _may_remember(user: User, pending: dict[str, object]) -> bool:
    return accounts.may_remember(user) and not pending["enrol"]


def _locked_page(request: HttpRequest, user: User, locked: accounts.CodesLocked) -> HttpResponse:
    """Back to the first step, at the door where this person signs in."""
    return sign_in_page(request, {"name": locked.message}, status=422, door=letting_in.door_of(user))


_FIELD = {"email": "code", "app": "app_code", "recovery": "recovery_code"}


def _check(
    request: HttpRequest,
    form: WordedForm,
    way: str,
    user: User,
    pending: dict[str, object],
    now: datetime,
) -> HttpResponse | None:
    """Where a posted code leads; None while the page is to be shown, with what is wrong."""
    if request.method != "POST" or not form.is_valid():
        return None
    given = form.cleaned_data
    try:
        typed = given[_FIELD[way]]
        accounts.check_code(user, typed, bound_to=str(pending["key"]), way=way, now=now)
    except accounts.WrongCode as refusal:
        form.refuse({_FIELD[way]: refusal.message})
        return None
    except accounts.CodesLocked as refusal:
        del request.session["pending"]
        return _locked_page(request, user, refusal)
    if way == "recovery":
        _warn_of_codes(request, user)
    remember = bool(given.get("remember"))
    return letting_in.second_step_done(request, user, pending, remember=remember, now=now)


def _warn_of_codes(request: HttpRequest, user: User) -> None:
    """Whoever has used most of their recovery codes is told where to make new ones."""
    left = queries.recovery_codes_left(user)
    if left <= FEW_CODES:
        messages.warning(request, texts.say("account.RecoveryCodes_Few", left=left))


def _page(
    request: HttpRequest, name: str, form: WordedForm, user: User, *, way: str, **more: Any
) -> HttpResponse:
    """A page of the second step, with the way to the others and, where it is so, the warning that staff
    use emailed codes only in a demonstration.
    """
    context: dict[str, Any] = {"template": "account/second_step.html"} | more
    staff = way == "email" and user.two_step == User.TwoStep.AUTHENTICATOR and queries.emailed_codes_do(user)
    return form_page(request, name, form, others=others(user, way), only_here=staff, **context)


def others(user: User, way: str) -> bool:
    """Whether ``user`` has another second step than ``way``."""
    ways = {*queries.second_steps(user), *(["recovery"] if queries.recovery_codes_left(user) else [])}
    return bool(ways - {way})


def _masked(email: str) -> str:
    """Enough of an address for its owner to know it: d•••@example.org."""
    local, _, host = email.partition("@")
    return f"{local[:1]}•••@{host}"


@require_POST
@ANYBODY
def new_code(request: HttpRequest) -> HttpResponse:
    """Email another code; its five minutes start now, and the one before counts no longer."""
    now = timezone.now()
    user, pending = letting_in.waiting(request, now)
    if user is None or not (pending["enrol"] or "email" in queries.second_steps(user)):
        return redirect("account:sign-in")
    try:
        accounts.send_code(user, bound_to=pending["key"], now=now)
    except accounts.CodesLocked as locked:
        return _locked_page(request, user, locked)
    except accounts.Shut as shut:
        messages.error(request, shut.message)
    else:
        messages.success(request, texts.say("account.Code_SentAgain"))
    return redirect("account:code")


@require_http_methods(["GET", "HEAD"])
@ANYBODY
def another_way(request: HttpRequest) -> HttpResponse:
    """Choose another second step."""
    user, _ = letting_in.waiting(request, timezone.now())
    if user is None:
        return redirect("account:sign-in")
    context = {"ways": queries.second_steps(user), "recovery": queries.recovery_codes_left(user)}
    return render(request, "account/another_way.html", context)


@page
@ANYBODY
def passkey(request: HttpRequest) -> HttpResponse:
    """Sign in with a passkey: after the password, or instead of it."""
    now = timezone.now()
    user, pending = letting_in.waiting(request, now)
    if not accounts.passkeys_possible():
        return redirect("account:sign-in")
    problems: dict[str, str] = {}
    if request.method != "POST" and user is None:
        letting_in.ask_terms(request, request.GET.get("door", ""))
    if request.method == "POST":
        try:
            return _by_passkey(request, user, pending, now)
        except (accounts.BadPasskey, accounts.Shut) as refusal:
            problems = {"answer": refusal.message}
    asked = accounts.ask_passkey(user)
    request.session["challenge"] = asked.challenge
    context = {"options": asked.options, "problems": problems, "others": user and others(user, "passkey")}
    return render(request, "account/passkey.html", context, status=422 if problems else 200)


def _by_passkey(
    request: HttpRequest, user: User | None, pending: dict[str, object], now: datetime
) -> HttpResponse:
    found = accounts.check_passkey(
        request.POST.get("answer", ""),
        challenge=request.session.pop("challenge", ""),
        user=user,
        address=network_address(request),
        now=now,
    )
    after = str(pending.get("after") or request.session.get("after", ""))
    return letting_in.let_in(request, letting_in.Arrival(found, after=after), now=now)
