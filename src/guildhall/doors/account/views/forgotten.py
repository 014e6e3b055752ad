"""A forgotten password, and the secret question. Every address gets the same pages and the same words."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from guildhall.foundation.access.doors import door, open_to_all
from guildhall.foundation.access.permissions import Permission
from guildhall.people.accounts import queries
from guildhall.people.accounts import services as accounts
from guildhall.people.accounts.hashers import Busy
from guildhall.people.accounts.models import User

from .. import letting_in, returning
from ..forms import EmailOnly, SecretQuestion
from ..pages import form_page, network_address
from ..sign_in_forms import SecretAnswer, asks_secret_question

FORGOT = open_to_all("Somebody who forgot the password is not signed in.")
page = require_http_methods(["GET", "HEAD", "POST"])


@page
@FORGOT
def forgotten(request: HttpRequest) -> HttpResponse:
    """Whose password is forgotten. The secret question comes next, where the authority asks for one."""
    form = EmailOnly(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        if asks_secret_question():
            request.session["forgotten"] = email
            return redirect("account:forgotten-question")
        accounts.ask_password_link(email, now=timezone.now())
        return redirect("account:forgotten-sent")
    return form_page(request, "Forgotten", form, back="account:sign-in")


@sensitive_post_parameters()
@page
@FORGOT
def secret_question(request: HttpRequest) -> HttpResponse:
    """The question, and the same final words for a right answer, a wrong one and an unknown address."""
    email = request.session.get("forgotten", "")
    if not email or not asks_secret_question():
        return redirect("account:forgotten")
    form = SecretAnswer(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            accounts.answer_secret_question(
                email,
                form.cleaned_data["secret_answer"],
                address=network_address(request),
                device=letting_in.device_key(request),
                now=timezone.now(),
            )
        except (accounts.Shut, Busy) as refusal:
            form.refuse({"secret_answer": refusal.message})
        else:
            del request.session["forgotten"]
            return redirect("account:forgotten-sent")
    words = {"question": queries.question_for(email)}
    return form_page(request, "SecretQuestionPage", form, back="account:forgotten", words=words)


@require_safe
@FORGOT
def sent(request: HttpRequest) -> HttpResponse:
    """What to expect after asking for a link."""
    return render(request, "account/forgotten_sent.html", {"asked": asks_secret_question()})


@sensitive_post_parameters()
@page
@door(Permission.HOLD_ACCOUNT)
def first_question(request: HttpRequest) -> HttpResponse:
    """The secret question of somebody who was invited, at their first sign-in."""
    user = cast(User, request.user)
    after = returning.asked(request) or returning.home()
    if user.secret_answer or not asks_secret_question():
        return redirect(after)
    form = SecretQuestion(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        accounts.set_secret_question(
            user, question=given["secret_question"], answer=given["secret_answer"], now=timezone.now()
        )
        return redirect(after)
    return form_page(request, "FirstQuestion", form)
