"""What a link in an email leads to. Opening it changes nothing, because mail programs open links too:
the page has one button that does.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guildhall.foundation.access.doors import open_to_all
from guildhall.foundation.kit.refusals import Refusal
from guildhall.people.accounts import services as accounts
from guildhall.people.accounts.hashers import Busy
from guildhall.people.accounts.models import Proof
from guildhall.people.membership import services as membership

from ..forms import EmailOnly, NewPassword
from ..pages import form_page

LINK = open_to_all("The link itself, sent to one person, proves who opens it.")
page = require_http_methods(["GET", "HEAD", "POST"])


def _follow(request: HttpRequest, name: str, act: Callable[[], object]) -> HttpResponse:
    """The page of a link: a button first, then what was done; an honest page when the link is dead."""
    done = False
    if request.method == "POST":
        try:
            act()
            done = True
        except Refusal:
            return render(request, "account/link_dead.html", status=410)
    return render(request, "account/link.html", {"name": name, "done": done})


def _dead(key: str, purpose: Proof.Purpose) -> bool:
    try:
        accounts.proof_of_link(key, purpose, now=timezone.now())
    except accounts.LinkNoLongerCounts:
        return True
    return False


@page
@LINK
def register(request: HttpRequest, key: str) -> HttpResponse:
    """Confirm the email address of a new account."""
    if _dead(key, Proof.Purpose.REGISTER):
        return render(request, "account/link_dead.html", status=410)
    return _follow(request, "register", lambda: membership.join_by_link(key, now=timezone.now()))


@page
@LINK
def change_email(request: HttpRequest, key: str) -> HttpResponse:
    """Confirm a changed email address, or keep the old one."""
    if _dead(key, Proof.Purpose.CHANGE_EMAIL):
        return render(request, "account/link_dead.html", status=410)
    return _follow(request, "change-email", lambda: accounts.confirm_email(key, now=timezone.now()))


@page
@LINK
def unlock(request: HttpRequest, key: str) -> HttpResponse:
    """Open an account that wrong passwords locked."""
    if _dead(key, Proof.Purpose.UNLOCK):
        return render(request, "account/link_dead.html", status=410)
    return _follow(request, "unlock", lambda: accounts.unlock(key, now=timezone.now()))


@page
@LINK
def set_password(request: HttpRequest, key: str) -> HttpResponse:
    """Set a password by a single-use link."""
    if _dead(key, Proof.Purpose.SET_PASSWORD):
        return render(request, "account/link_dead.html", status=410)
    form = NewPassword(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            accounts.set_password_by_link(key, password=form.cleaned_data["password"], now=timezone.now())
            return render(request, "account/link.html", {"name": "set-password", "done": True})
        except Busy as busy:
            form.refuse({"password": busy.message})
        except Refusal:
            return render(request, "account/link_dead.html", status=410)
    return form_page(request, "SetPassword", form)


@page
@open_to_all("Somebody who forgot the password is not signed in.")
def forgotten(request: HttpRequest) -> HttpResponse:
    """Send a link that sets a new password. The answer is the same for every address."""
    form = EmailOnly(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        accounts.send_password_link(form.cleaned_data["email"], now=timezone.now())
        return redirect("account:forgotten-sent")
    return form_page(request, "Forgotten", form, back="account:sign-in")


@require_http_methods(["GET", "HEAD"])
@open_to_all("Somebody who forgot the password is not signed in.")
def forgotten_sent(request: HttpRequest) -> HttpResponse:
    """What to expect after asking for a link."""
    return render(request, "account/forgotten_sent.html")


@require_http_methods(["GET", "HEAD"])
@open_to_all("Somebody who changed the address has just been signed out.")
def new_email_sent(request: HttpRequest) -> HttpResponse:
    """What to do after asking for another email address."""
    return render(request, "account/new_email_sent.html")
