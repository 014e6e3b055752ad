"""My Account: one's own details, password, address, second step and consent."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.authority.queries import setting
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts import queries
from guildhall.people.accounts import services as accounts
from guildhall.people.accounts.entering import enter, leave
from guildhall.people.accounts.models import User

from ..forms import ADDRESS_FIELDS, Address, ChangeEmail, ChangePassword, PersonalDetails, TwoStep
from ..pages import form_page

OWN = door(Permission.HOLD_ACCOUNT)
page = require_http_methods(["GET", "HEAD", "POST"])
read = require_http_methods(["GET", "HEAD"])

# The entries of My Account in their order (SP-037): key of the texts, name of the page.
ENTRIES = (
    ("Personal", "account:personal"),
    ("Contact", "account:contact"),
    ("ChangeEmail", "account:change-email"),
    ("ChangePassword", "account:change-password"),
    ("Circumstances", "account:circumstances"),
    ("TwoStepPage", "account:two-step"),
    ("Consent", "account:consent"),
)


def _me(request: HttpRequest) -> User:
    return cast(User, request.user)


@read
@OWN
def home(request: HttpRequest) -> HttpResponse:
    """My Account."""
    items = [
        {
            "title": texts.say(f"account.{key}_Heading"),
            "href": reverse(url),
            "hint": texts.say(f"account.{key}_Entry"),
        }
        for key, url in ENTRIES
    ]
    return render(request, "account/home.html", {"items": items})


@page
@OWN
def personal(request: HttpRequest) -> HttpResponse:
    """Personal Details."""
    user = _me(request)
    names = ("title", "forename", "midname", "surname", "born_on", "gender", "job_role", "organisation")
    kept = {name: getattr(user, name) for name in names}
    initial = kept | {"today": timezone.localdate(), "professional": bool(user.job_role)}
    form = PersonalDetails(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        accounts.change_details(user, changes=form.cleaned_data, by=user, now=timezone.now())
        return _saved(request)
    return form_page(request, "Personal", form, back="account:home")


@page
@OWN
def contact(request: HttpRequest) -> HttpResponse:
    """Contact Details."""
    user = _me(request)
    kept = {name: user.address.get(name, "") for name in ADDRESS_FIELDS}
    kept |= {name: getattr(user, name) for name in ("home_phone", "mobile", "work_phone")}
    form = Address(request.POST if request.method == "POST" else None, initial=kept)
    if request.method == "POST" and form.is_valid():
        accounts.change_details(user, changes=form.details, by=user, now=timezone.now())
        return _saved(request)
    return form_page(request, "Contact", form, back="account:home")


def _saved(request: HttpRequest) -> HttpResponse:
    messages.success(request, texts.say("account.Details_Saved"))
    return redirect("account:home")


@sensitive_post_parameters()
@page
@OWN
def change_password(request: HttpRequest) -> HttpResponse:
    """Change Password; the other sessions of this person end."""
    user = _me(request)
    person = {name: getattr(user, name) for name in ("forename", "surname")}
    form = ChangePassword(request.POST if request.method == "POST" else None, initial={"person": person})
    if request.method == "POST" and form.is_valid():
        old, new, now = form.cleaned_data["old_password"], form.cleaned_data["password"], timezone.now()
        try:
            accounts.change_password(user, old=old, new=new, now=now)
        except Refusal as refusal:
            form.refuse({refusal.field or "old_password": refusal.message})
        else:
            enter(request, user, verified=bool(request.session.get("verified")), now=now)
            messages.success(request, texts.say("account.Password_Saved"))
            return redirect("account:home")
    return form_page(request, "ChangePassword", form, back="account:home")


@read
@OWN
def change_email(request: HttpRequest) -> HttpResponse:
    """Change Email Address begins with a warning."""
    return render(request, "account/change_email.html")


@sensitive_post_parameters()
@page
@OWN
def new_email(request: HttpRequest) -> HttpResponse:
    """The new address; the person is signed out until a link is followed."""
    user = _me(request)
    form = ChangeEmail(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            accounts.ask_new_email(
                user, email=given["email"], password=given["old_password"], now=timezone.now()
            )
        except Refusal as refusal:
            form.refuse({refusal.field or "email": refusal.message})
        else:
            leave(request)
            return redirect("account:new-email-sent")
    return form_page(request, "NewEmail", form, back="account:change-email")


@read
@OWN
def circumstances(request: HttpRequest) -> HttpResponse:
    """Change of Circumstances."""
    address = setting("authority.contact_email")
    return render(request, "account/circumstances.html", {"contact": f"mailto:{address}", "address": address})


@page
@OWN
def two_step(request: HttpRequest) -> HttpResponse:
    """Two Step Verification: by email or not at all. Either choice signs the person out."""
    user = _me(request)
    if user.two_step == User.TwoStep.AUTHENTICATOR:
        return render(request, "account/two_step_staff.html")
    form = TwoStep(request.POST if request.method == "POST" else None, initial={"method": user.two_step})
    if request.method == "POST" and form.is_valid():
        accounts.change_two_step(user, method=form.cleaned_data["method"], now=timezone.now())
        leave(request)
        messages.success(request, texts.say("account.TwoStep_Saved"))
        return redirect("account:sign-in")
    return form_page(request, "TwoStepPage", form, template="account/two_step.html", back="account:home")


@require_POST
@OWN
def dismiss_prompt(request: HttpRequest) -> HttpResponse:
    """Put the prompt for two-step verification away."""
    accounts.dismiss_prompt(_me(request), now=timezone.now())
    return redirect("families:home")


@read
@OWN
def consent(request: HttpRequest) -> HttpResponse:
    """Consent History, read only."""
    return render(request, "account/consent.html", {"consents": queries.consents_of(_me(request))})
