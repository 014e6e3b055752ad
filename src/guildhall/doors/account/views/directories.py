"""Signing in with a directory of the council or of a school, and out of it again."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from guildhall.foundation.access.doors import open_to_all
from guildhall.people.accounts import oidc, queries
from guildhall.people.accounts import services as accounts
from guildhall.people.accounts.models import Provider, User

from .. import letting_in, returning
from .sign_in import sign_in_page

ANYBODY = open_to_all("Signing in is for people who are not signed in.")
ASKED_SECONDS = 600


def _provider(key: str) -> Provider:
    found = queries.provider_named(key)
    if found is None:
        raise Http404
    return found


@require_safe
@ANYBODY
def begin(request: HttpRequest, key: str) -> HttpResponse:
    """Go to the directory. What it must answer to is kept in the session."""
    provider = _provider(key)
    try:
        question = accounts.ask_directory(provider)
    except accounts.DirectoryRefused as refusal:
        return sign_in_page(request, {"directory": refusal.message}, status=502, door=provider.door)
    letting_in.ask_terms(request, provider.door)
    request.session["directory"] = question.kept | {
        "key": key,
        "after": returning.asked(request),
        "at": timezone.now().timestamp(),
    }
    return redirect(question.address)


@require_safe
@ANYBODY
def back(request: HttpRequest, key: str) -> HttpResponse:
    """Back from the directory. An answer counts once, for ten minutes, in the browser that asked."""
    provider, now = _provider(key), timezone.now()
    kept = request.session.pop("directory", {})
    if kept.get("key") != key or now.timestamp() - kept["at"] > ASKED_SECONDS:
        kept = {"after": ""}
    try:
        person = accounts.read_answer(provider, request.GET.dict(), kept, now=now)
        user = accounts.person_of(provider, person, now=now)
    except accounts.MustProve as refusal:
        return _prove(request, provider, person, refusal.message, kept["after"], now)
    except (accounts.DirectoryRefused, accounts.Stranger) as refusal:
        return sign_in_page(request, {"directory": refusal.message}, status=403, door=provider.door)
    return _first_step_done(request, provider, person, user, kept["after"], now)


def _first_step_done(
    request: HttpRequest, provider: Provider, person: oidc.Person, user: User, after: str, now: datetime
) -> HttpResponse:
    """The directory stands for the password; for the second step too, where it is trusted with that."""
    known = {"provider": provider.key, "id_token": person.id_token}
    if accounts.second_step_trusted(provider, person):
        return letting_in.let_in(request, letting_in.Arrival(user, after=after, directory=known), now=now)
    try:
        return letting_in.after_password(request, user, after=after, directory=known, now=now)
    except (accounts.CodesLocked, accounts.Shut) as refusal:
        return sign_in_page(request, {"name": refusal.message}, status=422, door=provider.door)


def _prove(
    request: HttpRequest, provider: Provider, person: oidc.Person, words: str, after: str, now: datetime
) -> HttpResponse:
    """The account is connected when its owner signs in once in the way they had before."""
    request.session.cycle_key()
    request.session["linking"] = {
        "provider": provider.key,
        "subject": person.subject,
        "email": person.email,
        "at": now.timestamp(),
    }
    if after:
        request.session["after"] = after
    messages.info(request, words)
    return redirect(letting_in.sign_in_address(provider.door))


@require_safe
@ANYBODY
def signed_out(request: HttpRequest) -> HttpResponse:
    """Signed out here; a link signs out of the directory too."""
    left = request.session.get("left", {})
    provider = queries.provider_named(left.get("provider", "")) if left else None
    way = accounts.way_out(provider, left.get("id_token", "")) if provider else ""
    return render(request, "account/signed_out.html", {"way_out": way, "provider": provider})
