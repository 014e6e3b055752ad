"""Signing in, the second step, signing out, and staying signed in."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from guildhall.foundation.access.doors import door, holder_of, open_to_all
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.authority.queries import setting
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts import queries
from guildhall.people.accounts import services as accounts
from guildhall.people.accounts.codes import new_key
from guildhall.people.accounts.entering import enter, leave
from guildhall.people.accounts.hashers import Busy
from guildhall.people.accounts.languages import LANGUAGES, chosen, keep
from guildhall.people.accounts.middleware import HELD_COOKIE, LAST_PERSON_COOKIE
from guildhall.people.accounts.models import User

from .. import returning
from ..forms import Code
from ..pages import form_page, network_address

ANYBODY = open_to_all("Signing in is for people who are not signed in.")
page = require_http_methods(["GET", "HEAD", "POST"])
PENDING_SECONDS = 3600


@sensitive_post_parameters("password")
@page
@ANYBODY
def sign_in(request: HttpRequest) -> HttpResponse:
    """Step 1: a name and a password. Staff have a user name, everybody else an email address."""
    if request.method != "POST":
        if holder_of(request).user_id is not None:
            return redirect(returning.asked(request) or returning.home())
        return sign_in_page(request)
    now = timezone.now()
    try:
        user = accounts.check_password(
            request.POST.get("name", "").replace("\0", "")[:254],  # which PostgreSQL cannot hold
            request.POST.get("password", "")[:1000],
            address=network_address(request),
            now=now,
        )
        return _after_password(request, user, now)
    except (accounts.WrongPassword, accounts.CodesLocked) as refusal:
        return sign_in_page(request, {"name": refusal.message}, status=422)
    except accounts.Shut as shut:
        return _later(sign_in_page(request, {"name": shut.message}, status=429), shut.minutes * 60)
    except Busy as busy:
        return _later(sign_in_page(request, {"name": busy.message}, status=503), 5)


def _later(response: HttpResponse, seconds: int) -> HttpResponse:
    response.headers["Retry-After"] = str(seconds)
    return response


def sign_in_page(
    request: HttpRequest, problems: dict[str, str] | None = None, *, status: int = 200
) -> HttpResponse:
    """The sign-in page; ``?door=council`` asks for a user name."""
    staff = (request.POST.get("door") or request.GET.get("door")) == "council"
    why = request.session.get("ended", "")
    after = returning.asked(request)
    context: dict[str, Any] = {
        "problems": problems or {},
        "staff": staff,
        "name": request.POST.get("name", ""),
        "next": after,
        "ended": texts.say(f"account.Ended_{why.title()}") if why in {"idle", "absolute", "revoked"} else "",
        "for_form": after.startswith("/forms/"),
    }
    return render(request, "account/sign_in.html", context, status=status)


def _after_password(request: HttpRequest, user: User, now: datetime) -> HttpResponse:
    after = returning.asked(request) or request.session.get("after", "")
    if user.two_step == User.TwoStep.NONE:
        return _finish(request, user, verified=False, after=after, now=now)
    if user.two_step == User.TwoStep.AUTHENTICATOR and not setting("staff.emailed_codes"):
        return render(request, "account/authenticator_needed.html", status=403)
    key = new_key()
    accounts.send_code(user, bound_to=key, now=now)
    request.session.cycle_key()
    request.session["pending"] = {
        "user": user.pk,
        "key": key,
        "after": after,
        "at": now.timestamp(),
        "epoch": user.session_epoch,
    }
    return redirect("account:code")


def _finish(request: HttpRequest, user: User, *, verified: bool, after: str, now: datetime) -> HttpResponse:
    """Both steps are done: let them in, or first to the Terms and Conditions if they have not agreed yet."""
    if user.terms_agreed_at is None:
        request.session.pop("pending", None)
        request.session["after"] = after
        request.session["terms"] = {"user": user.pk, "verified": verified}
        return redirect("account:terms")
    accounts.note_entry(user, verified=verified, language=chosen(request), now=now)
    enter(request, user, verified=verified, now=now)
    return redirect(after or returning.home())


def _pending(request: HttpRequest, now: datetime) -> tuple[User | None, dict[str, Any]]:
    """Who gave the right password in this session and has not given the code yet."""
    pending = request.session.get("pending", {})
    if not pending or now.timestamp() - pending["at"] > PENDING_SECONDS:
        return None, {}
    rows = User.objects.filter(pk=pending["user"], state=User.State.ACTIVE, session_epoch=pending["epoch"])
    return rows.first(), pending


@page
@ANYBODY
def code(request: HttpRequest) -> HttpResponse:
    """Step 2: the code that was emailed."""
    now = timezone.now()
    user, pending = _pending(request, now)
    if user is None:
        return redirect("account:sign-in")
    form = Code(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            accounts.check_code(user, form.cleaned_data["code"], bound_to=pending["key"], now=now)
            return _finish(request, user, verified=True, after=pending["after"], now=now)
        except accounts.WrongCode as refusal:
            form.refuse({"code": refusal.message})
        except accounts.CodesLocked as refusal:
            del request.session["pending"]
            return sign_in_page(request, {"name": refusal.message}, status=422)
    return _code_page(request, form, user)


def _code_page(request: HttpRequest, form: Code, user: User) -> HttpResponse:
    words = {"address": _masked(user.email or ""), "minutes": setting("sign_in_code.minutes")}
    return form_page(request, "Code", form, template="account/code.html", words=words)


def _masked(email: str) -> str:
    """Enough of an address for its owner to know it: d•••@example.org."""
    local, _, host = email.partition("@")
    return f"{local[:1]}•••@{host}"


@require_POST
@ANYBODY
def new_code(request: HttpRequest) -> HttpResponse:
    """Email another code; its five minutes start now, and the one before counts no longer."""
    now = timezone.now()
    user, pending = _pending(request, now)
    if user is None:
        return redirect("account:sign-in")
    try:
        accounts.send_code(user, bound_to=pending["key"], now=now)
    except accounts.CodesLocked as locked:
        return sign_in_page(request, {"name": locked.message}, status=422)
    except accounts.Shut as shut:
        messages.warning(request, shut.message)
    else:
        messages.success(request, texts.say("account.Code_SentAgain"))
    return redirect("account:code")


@require_POST
@open_to_all("Everybody may leave, also somebody whose roles have all ended.")
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    if isinstance(request.user, User):
        accounts.note_leaving(request.user, how="asked", now=timezone.now())
    leave(request)
    response = redirect("families:front")
    for cookie in (LAST_PERSON_COOKIE, HELD_COOKIE):
        response.delete_cookie(cookie, samesite="Lax")
    return response


@require_POST
@door(Permission.HOLD_ACCOUNT)
def keep_alive(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Somebody is there: the middleware has noted it."""
    return HttpResponse(status=204)


@require_POST
@open_to_all("Everybody may choose their language.")
def language(request: HttpRequest) -> HttpResponse:
    """Use English or Welsh from now on, in this browser and with the account."""
    wanted = request.POST.get("language", "")
    response = redirect(returning.here(request) or "/")
    if wanted in LANGUAGES:
        if holder_of(request).user_id is not None:
            accounts.change_language(request.user, wanted)  # type: ignore[arg-type]
        keep(response, wanted)
    return response


@require_http_methods(["GET", "HEAD"])
@door(Permission.HOLD_ACCOUNT)
def held(request: HttpRequest) -> HttpResponse:
    """What was sent after the session had ended, ready to be sent again."""
    key = request.COOKIES.get(HELD_COOKIE, "")
    post = queries.held_post(request.user, key, now=timezone.now())  # type: ignore[arg-type]
    if post is None:
        return redirect(returning.home())
    return render(request, "account/held.html", {"post": post})
