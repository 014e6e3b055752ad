"""Signing out, staying signed in, the language, and what was sent too late."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from guildhall.foundation.access.doors import door, open_to_all
from guildhall.foundation.access.permissions import Permission
from guildhall.people.accounts import queries
from guildhall.people.accounts import services as accounts
from guildhall.people.accounts.entering import leave
from guildhall.people.accounts.languages import LANGUAGES, choose, keep
from guildhall.people.accounts.middleware import HELD_COOKIE, LAST_PERSON_COOKIE
from guildhall.people.accounts.models import User

from .. import returning


@require_POST
@open_to_all("Everybody may leave, also somebody whose roles have all ended.")
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    if isinstance(request.user, User):
        accounts.note_leaving(request.user, how="asked", now=timezone.now())
    provider, id_token = request.session.get("provider", ""), request.session.get("id_token", "")
    leave(request)
    response = redirect("account:signed-out" if provider else "families:front")
    if provider:
        request.session["left"] = {"provider": provider, "id_token": id_token}
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
        choose(request, wanted, now=timezone.now())
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
