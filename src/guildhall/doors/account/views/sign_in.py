"""The first step of signing in, and changing one's password before it."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import resolve, reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from guildhall.foundation.access.doors import holder_of, open_to_all
from guildhall.foundation.authority.queries import setting
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.typed import one_line
from guildhall.foundation.texts import queries as texts
from guildhall.paperwork.forms import queries as forms
from guildhall.people.accounts import queries
from guildhall.people.accounts import services as accounts
from guildhall.people.accounts.hashers import Busy
from guildhall.people.accounts.languages import switched

from .. import letting_in, returning
from ..pages import form_page, network_address, offered_passphrases
from ..sign_in_forms import OldPassword

ANYBODY = open_to_all("Signing in is for people who are not signed in.")
page = require_http_methods(["GET", "HEAD", "POST"])
SHARED_ROOMS = frozenset({"account", "filling", "inbox"})  # their pages belong to no door


@sensitive_post_parameters("password")
@page
@ANYBODY
def sign_in(request: HttpRequest) -> HttpResponse:
    """Step 1: a name and a password. Staff have a user name, everybody else an email address."""
    if request.method != "POST":
        if holder_of(request).user_id is not None:
            return redirect(returning.asked(request) or returning.home())
        return sign_in_page(request)
    if switched(request):
        return sign_in_page(request)
    if _door(request) == "schools" and not request.POST.get("terms"):
        return sign_in_page(request, {"terms": texts.say("account.Error_SchoolTerms")}, status=422)
    request.session.pop("terms_due", None)
    now = timezone.now()
    try:
        right = accounts.check_password(
            one_line(request.POST.get("name"))[:254],
            request.POST.get("password", "")[:1000],
            address=network_address(request),
            device=letting_in.device_key(request),
            now=now,
        )
    except accounts.WrongPassword as refusal:
        return sign_in_page(request, {"name": refusal.message}, status=422)
    except accounts.Shut as shut:
        return _shut_page(request, shut)
    except Busy as busy:
        return _later(sign_in_page(request, {"name": busy.message}, status=503), 5)
    return _onward(request, right, now)


@transaction.atomic
def _onward(request: HttpRequest, right: accounts.Right, now: datetime) -> HttpResponse:
    """All that a right password leads to, in one transaction; its tries are forgiven whatever comes."""
    accounts.forgive(right)
    if queries.password_days_left(right.user, now=now) == 0:
        return old_password_page(request, expired=True)
    after = returning.asked(request) or request.session.get("after", "")
    try:
        return letting_in.after_password(request, right.user, after=after, now=now)
    except accounts.CodesLocked as locked:
        return sign_in_page(request, {"name": locked.message}, status=422)
    except accounts.Shut as shut:
        return _shut_page(request, shut)


def _shut_page(request: HttpRequest, shut: accounts.Shut) -> HttpResponse:
    return _later(sign_in_page(request, {"name": shut.message}, status=429), shut.minutes * 60)


def _later(response: HttpResponse, seconds: int) -> HttpResponse:
    response.headers["Retry-After"] = str(seconds)
    return response


def sign_in_page(
    request: HttpRequest,
    problems: dict[str, str] | None = None,
    *,
    status: int = 200,
    door: str | None = None,
) -> HttpResponse:
    """The sign-in page of a door: at ``?door=council`` it asks for a user name; two others have own words."""
    door = _door(request) if door is None else door
    request.shown_door = door  # type: ignore[attr-defined]
    after = returning.asked(request)
    context: dict[str, Any] = {
        "problems": problems or {},
        "staff": door == "council",
        "name": one_line(request.POST.get("name")),
        "next": after,
        "ended": _why_again(request, after),
        "for_form": after.startswith("/forms/"),
        "tries": setting("password.failures_before_lock"),
        "passkeys": accounts.passkeys_possible(),
        "providers": queries.providers_for("council" if door == "council" else "schools"),
    }
    if door == "professionals":
        return render(request, "account/sign_in_professionals.html", context, status=status)
    if door == "schools":
        context |= {"helpline_email": setting("schools.email"), "agreed": bool(request.POST.get("terms"))}
        return render(request, "account/sign_in_schools.html", context, status=status)
    return render(request, "account/sign_in.html", context, status=status)


def _why_again(request: HttpRequest, after: str) -> str:
    """Why somebody who was signed in has to sign in again, and what becomes of what they typed; else ""."""
    why = request.session.get("ended", "")
    if why in {"idle", "absolute", "revoked"}:
        return texts.say(f"account.Ended_{why.title()}")
    return texts.say("account.Ended_Held") if after == reverse("account:held") else ""


def _door(request: HttpRequest) -> str:
    """Whose sign-in page it is: one of letting_in.OWN_PAGES, or "" for everybody's."""
    asked = request.POST.get("door") or request.GET.get("door") or ""
    if asked in letting_in.OWN_PAGES or request.method == "POST":
        return asked if asked in letting_in.OWN_PAGES else ""
    after = returning.asked(request)
    match = resolve(after.split("#")[0].split("?")[0]) if after else None
    if match is None:
        return ""
    if match.view_name == "filling:start":
        version = forms.live_version(match.kwargs["code"])
        return "professionals" if version and version.portal == "professional" else ""
    if match.namespace in SHARED_ROOMS:
        return letting_in.door_of_last(request)
    return next((one for one in letting_in.OWN_PAGES if after.startswith(reverse(f"{one}:home"))), "")


@sensitive_post_parameters()
@page
@ANYBODY
def old_password(request: HttpRequest) -> HttpResponse:
    """Change the password before signing in: the old one, and the new one twice."""
    if request.method != "POST":
        return old_password_page(request)
    form = OldPassword(request.POST)
    if not form.is_valid():
        return old_password_page(request, form)
    given, now = form.cleaned_data, timezone.now()
    try:
        right = accounts.check_password(
            given["name"],
            given["old_password"],
            address=network_address(request),
            device=letting_in.device_key(request),
            now=now,
        )
        accounts.forgive(right)
        accounts.change_password(right.user, old=given["old_password"], new=given["password"], now=now)
    except Refusal as refusal:
        form.refuse({"old_password": refusal.message})
        return old_password_page(request, form)
    return letting_in.done_page(request, "set-password", right.user)


def old_password_page(
    request: HttpRequest, form: OldPassword | None = None, *, expired: bool = False
) -> HttpResponse:
    """The page of ``old_password``; ``expired``: somebody signed in with a password that counts no longer."""
    form = form or OldPassword(initial={"name": one_line(request.POST.get("name")) if expired else ""})
    return form_page(
        request,
        "OldPassword",
        form,
        template="account/old_password.html",
        back="account:sign-in",
        expired=expired,
        offered=offered_passphrases(),
    )
