"""Change Email Address: a warning, the new address, then a code or a link that was sent to it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from guildhall.foundation.access.doors import open_to_all
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.telling import refusals_told
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts import queries
from guildhall.people.accounts import services as accounts
from guildhall.people.accounts.asking import who
from guildhall.people.accounts.entering import leave
from guildhall.people.accounts.models import User

from ..forms import ChangeEmail, Code
from ..pages import OWN_FORM, form_page
from .details import OWN, page

ASKED = open_to_all("Somebody who changed the address has just been signed out.")
_KEY = "new-email"


@require_http_methods(["GET", "HEAD"])
@OWN
def change_email(request: HttpRequest) -> HttpResponse:
    """Change Email Address begins with a warning."""
    return render(request, "account/change_email.html", {"email": who(request).email})


@sensitive_post_parameters()
@page
@OWN
def new_email(request: HttpRequest) -> HttpResponse:
    """The new address; the person is signed out until its email is answered."""
    user = who(request)
    form = ChangeEmail(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            accounts.ask_new_email(
                user, email=given["email"], password=given["old_password"], now=timezone.now()
            )
        except Refusal as refusal:
            form.refuse(refusal.by_field("email"))
        else:
            leave(request)
            request.session[_KEY] = user.pk
            return redirect("account:new-email-sent")
    return form_page(request, "NewEmail", form, template=OWN_FORM, back="account:change-email")


def _asked(request: HttpRequest) -> User | None:
    """Who asked for another address in this browser session, and has not answered its email yet."""
    return queries.waiting_for_new_address(request.session.get(_KEY, 0))


@page
@ASKED
def new_email_sent(request: HttpRequest) -> HttpResponse:
    """Enter the code from the email, in the browser that asked; elsewhere the link serves."""
    user = _asked(request)
    if user is None:
        return render(request, "account/new_email_sent.html")
    form = Code(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            accounts.confirm_email_by_code(user, code=form.cleaned_data["code"], now=timezone.now())
        except Refusal as refusal:
            form.refuse({"code": refusal.message})
        else:
            request.session.flush()
            messages.success(request, texts.say("account.NewEmail_Confirmed"))
            return redirect("account:sign-in")
    return form_page(request, "NewEmailSent", form, template="account/new_email_code.html")


@require_POST
@ASKED
def another_code(request: HttpRequest) -> HttpResponse:
    """Send another code to the new address; the one before counts no longer."""
    user = _asked(request)
    if user is not None:
        with refusals_told(request):
            accounts.send_another_email_code(user, now=timezone.now())
            messages.success(request, texts.say("account.Code_SentAgain"))
    return redirect("account:new-email-sent")
