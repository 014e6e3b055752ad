"""What a link in an email leads to. Opening it changes nothing, because mail programs open links too:
the page has one button that does.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guildhall.foundation.access.doors import open_to_all
from guildhall.foundation.kit.refusals import Refusal
from guildhall.people.accounts import queries
from guildhall.people.accounts import services as accounts
from guildhall.people.accounts.hashers import Busy
from guildhall.people.accounts.models import Proof, User
from guildhall.people.membership import services as membership

from .. import letting_in
from ..forms import NewPassword
from ..pages import form_page, offered_passphrases

LINK = open_to_all("The link itself, sent to one person, proves who opens it.")
page = require_http_methods(["GET", "HEAD", "POST"])


def _follow(request: HttpRequest, key: str, purpose: Proof.Purpose, act: Callable[[], User]) -> HttpResponse:
    """The page of a link: a button first, then what was done; an honest page when the link is dead."""
    try:
        accounts.proof_of_link(key, purpose, now=timezone.now())
        if request.method == "POST":
            return letting_in.done_page(request, str(purpose), act())
    except Refusal:
        return render(request, "account/link_dead.html", status=410)
    return render(request, "account/link.html", {"name": str(purpose), "done": False})


@page
@LINK
def register(request: HttpRequest, key: str) -> HttpResponse:
    """Confirm the email address of a new account."""
    confirm = lambda: membership.join_by_link(key, now=timezone.now())  # noqa: E731
    return _follow(request, key, Proof.Purpose.REGISTER, confirm)


@page
@LINK
def change_email(request: HttpRequest, key: str) -> HttpResponse:
    """Confirm a changed email address, or keep the old one."""
    confirm = lambda: accounts.confirm_email(key, now=timezone.now())  # noqa: E731
    return _follow(request, key, Proof.Purpose.CHANGE_EMAIL, confirm)


@page
@LINK
def unlock(request: HttpRequest, key: str) -> HttpResponse:
    """Open an account that wrong passwords locked."""
    return _follow(request, key, Proof.Purpose.UNLOCK, lambda: accounts.unlock(key, now=timezone.now()))


@page
@LINK
def set_password(request: HttpRequest, key: str) -> HttpResponse:
    """Set a password by a single-use link."""
    try:
        accounts.proof_of_link(key, Proof.Purpose.SET_PASSWORD, now=timezone.now())
    except accounts.LinkNoLongerCounts:
        return render(request, "account/link_dead.html", status=410)
    form = NewPassword(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            now = timezone.now()
            user = accounts.set_password_by_link(key, password=form.cleaned_data["password"], now=now)
            if not queries.second_steps(user):
                # The link proved the address, and the password is theirs: on to the app or passkey.
                return letting_in.send_to_enrol(request, user, after="", now=now)
            return letting_in.done_page(request, str(Proof.Purpose.SET_PASSWORD), user)
        except Busy as busy:
            form.refuse({"password": busy.message})
        except Refusal:
            return render(request, "account/link_dead.html", status=410)
    return form_page(request, "SetPassword", form, offered=offered_passphrases())
