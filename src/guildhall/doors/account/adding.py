"""Setting up an app or a passkey: the same pages at first sign-in and in My Account."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pyotp
import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe

from guildhall.foundation.authority.queries import name_of_portal
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.telling import refusals_told
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts import queries, sealing
from guildhall.people.accounts import services as accounts
from guildhall.people.accounts.models import Authenticator, User

from .pages import form_page
from .sign_in_forms import LONGEST_NAME, NewApp, WayName

Then = Callable[[], HttpResponse]


def app_page(request: HttpRequest, user: User, *, then: Then, back: str, now: datetime) -> HttpResponse:
    """Show the app that is being set up as a picture and as text, and take its first code.

    Only a post with ``begin`` begins a new one: a code that comes once more, or too late, does not.
    """
    if "begin" in request.POST:
        return _begin_app(request, user, back=back, now=now)
    app = queries.new_app_of(user)
    if app is None:
        return redirect(back)
    form = NewApp(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            name = form.cleaned_data["way_name"] or texts.say("account.Way_App")
            accounts.confirm_authenticator(
                user, code=form.cleaned_data["app_code"], name=name, by=user, now=now
            )
            return then()
        except Refusal as refusal:
            form.refuse({"app_code": refusal.message})
    return form_page(request, "NewApp", form, template="account/new_app.html", back=back, **_shown(app, user))


def _begin_app(request: HttpRequest, user: User, *, back: str, now: datetime) -> HttpResponse:
    with refusals_told(request):
        accounts.begin_authenticator(user, now=now)
        return redirect(request.path)
    return redirect(back)


def _shown(app: Authenticator, user: User) -> dict[str, Any]:
    """What an app is told: a picture to scan, and the same key in groups of four to type."""
    secret = sealing.unseal(app.secret)
    account = user.user_name or user.email or ""
    address = pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=name_of_portal())
    groups = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    return {"picture": _picture(address), "secret": groups, "address": address}


def _picture(address: str) -> SafeString:
    """The address as a QR code. Drawn from our own numbers: nothing in it was typed by anybody."""
    drawn = segno.make(address, error="m").svg_inline(
        scale=5, border=4, dark="#0b0c0c", light="#ffffff", omitsize=False, svgclass="gh-qr", lineclass=None
    )
    return mark_safe(drawn)


def passkey_page(request: HttpRequest, user: User, *, then: Then, back: str, now: datetime) -> HttpResponse:
    """Have the browser make a passkey."""
    if not accounts.passkeys_possible():
        return redirect(back)
    form = WayName(request.POST if request.method == "POST" else None)
    problems: dict[str, str] = {}
    if request.method == "POST" and form.is_valid():
        try:
            accounts.add_passkey(
                user,
                answer=request.POST.get("answer", ""),
                challenge=request.session.pop("challenge", ""),
                name=form.cleaned_data["way_name"],
                by=user,
                now=now,
            )
            return then()
        except Refusal as refusal:
            problems = {"way_name": refusal.message}
    return _ask_passkey(request, user, form, problems, back)


def _ask_passkey(
    request: HttpRequest, user: User, form: WayName, problems: dict[str, str], back: str
) -> HttpResponse:
    try:
        asked = accounts.ask_new_passkey(user)
    except accounts.TooMany as refusal:
        messages.error(request, refusal.message)
        return redirect(back)
    request.session["challenge"] = asked.challenge
    problems = form.problems | problems
    context = {
        "options": asked.options,
        "name_field": form.draw("way_name", problem=problems.get("way_name", "")),
        "longest": LONGEST_NAME,
        "problems": problems,
        "back": back,
    }
    return render(request, "account/new_passkey.html", context, status=422 if problems else 200)
