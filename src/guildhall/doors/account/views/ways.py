"""My Account: the ways to sign in."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.telling import refusals_told
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts import queries
from guildhall.people.accounts import services as accounts
from guildhall.people.accounts.asking import who
from guildhall.people.accounts.models import Authenticator, Passkey, User

from .. import adding
from ..pages import OWN_FORM, form_page
from ..sign_in_forms import WayName

# Somebody who knows only the password must not be able to add a way of their own.
OWN = door(Permission.HOLD_ACCOUNT, verified=True)
page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@OWN
def home(request: HttpRequest) -> HttpResponse:
    """Every app and passkey of the person, and how many recovery codes are left."""
    user = who(request)
    ways = [("app", one) for one in queries.apps_of(user)]
    context = {
        "ways": [*ways, *(("passkey", one) for one in queries.passkeys_of(user))],
        "left": queries.recovery_codes_left(user),
        "emailed": queries.emailed_codes_do(user) and user.two_step != User.TwoStep.NONE,
        "keep": queries.must_keep_a_way(user),
        "passkeys": accounts.passkeys_possible(),
        "directories": queries.identities_of(user),
    }
    return render(request, "account/ways.html", context)


@never_cache
@page
@OWN
def add_app(request: HttpRequest) -> HttpResponse:
    """Set up another authenticator app."""
    return adding.app_page(
        request, who(request), then=lambda: _added(request), back="account:ways", now=timezone.now()
    )


@never_cache
@page
@OWN
def add_passkey(request: HttpRequest) -> HttpResponse:
    """Set up another passkey."""
    user = who(request)
    return adding.passkey_page(
        request, user, then=lambda: _added(request), back="account:ways", now=timezone.now()
    )


def _added(request: HttpRequest) -> HttpResponse:
    """Back to the list; after the first way, to the recovery codes."""
    user = who(request)
    messages.success(request, texts.say("account.Way_Added"))
    if queries.recovery_codes_left(user):
        return redirect("account:ways")
    return redirect("account:recovery-codes")


@never_cache
@page
@OWN
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Make ten new recovery codes; they are shown this once."""
    user = who(request)
    if request.method != "POST":
        return render(request, "account/new_codes.html", {"left": queries.recovery_codes_left(user)})
    made = accounts.make_recovery_codes(user, by=user, now=timezone.now())
    return render(request, "account/recovery_codes.html", {"codes": made})


def _way(request: HttpRequest, kind: str, pk: int) -> Authenticator | Passkey:
    """An app or a passkey of the person who asks; 404 for anybody else's."""
    found = queries.way_of(who(request), kind, pk)
    if found is None:
        raise Http404
    return found


@page
@OWN
def rename(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Call it something else."""
    way = _way(request, kind, pk)
    form = WayName(request.POST if request.method == "POST" else None, initial={"way_name": way.name})
    if request.method == "POST" and form.is_valid():
        accounts.rename_way(way, name=form.cleaned_data["way_name"])
        return redirect("account:ways")
    return form_page(request, "RenameWay", form, template=OWN_FORM, back="account:ways")


@page
@OWN
def remove(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Remove it, after asking."""
    way = _way(request, kind, pk)
    if request.method == "POST":
        with refusals_told(request):
            accounts.remove_way(way, by=who(request), now=timezone.now())
            messages.success(request, texts.say("account.Way_Removed"))
        return redirect("account:ways")
    codes = queries.recovery_codes_left(who(request)) if queries.has_one_way(who(request)) else 0
    return render(request, "account/remove_way.html", {"way": way, "codes": codes})
