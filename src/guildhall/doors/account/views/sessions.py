"""My Account: where somebody is signed in, and signing out there."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.speech import clock, day
from guildhall.foundation.kit.typed import number, one_line
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts import queries
from guildhall.people.accounts import services as accounts
from guildhall.people.accounts.asking import who
from guildhall.people.accounts.models import Device

OWN = door(Permission.HOLD_ACCOUNT)


@require_safe
@OWN
def home(request: HttpRequest) -> HttpResponse:
    """The open sessions, and the devices that are not asked for the second step."""
    user, now, session = who(request), timezone.now(), request.session
    found = queries.sessions_of(user, here=session.session_key, decode=session.decode, now=now)
    context = {
        "sessions": [(one, *_named(one)) for one in found],
        "devices": [(one, _device(one)) for one in queries.devices_of(user) if one.is_remembered(now)],
    }
    return render(request, "account/sessions.html", context)


def _named(one: queries.OpenSession) -> tuple[str, str]:
    """The device of a session, and that with when it was last used: two sessions may have alike devices."""
    device = _device(one.device)
    return device, f"{device}, {day(one.seen)}, {clock(one.seen)}"


def _device(device: Device | None) -> str:
    browser, system = (device.browser, device.system) if device else ("", "")
    if browser and system:
        return texts.say("account.Device_Name", browser=browser, system=system)
    return browser or system or texts.say("account.Device_Unknown")


@require_POST
@OWN
def end(request: HttpRequest) -> HttpResponse:
    """Sign out in one other place; its browser is out at its next request."""
    user = who(request)
    accounts.end_session(user, public=one_line(request.POST.get("session")), by=user, now=timezone.now())
    messages.success(request, texts.say("account.Sessions_Ended"))
    return redirect("account:sessions")


@require_POST
@OWN
def end_others(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere else."""
    user = who(request)
    accounts.end_other_sessions(user, here=request.session.session_key, by=user, now=timezone.now())
    messages.success(request, texts.say("account.Sessions_EndedOthers"))
    return redirect("account:sessions")


@require_POST
@OWN
def forget(request: HttpRequest) -> HttpResponse:
    """Ask for the second step on a remembered device again."""
    user = who(request)
    device = get_object_or_404(user.devices, pk=number(request.POST.get("device")))
    accounts.forget_device(device, by=user, now=timezone.now())
    messages.success(request, texts.say("account.Device_Forgotten"))
    return redirect("account:sessions")
