"""Registering: Data Protection, step 1 (you), step 2 (sign-in), step 3 (code), Terms and Conditions.

What was done so far is in the session, so that no step can be skipped.
"""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST

from guildhall.foundation.access.doors import open_to_all
from guildhall.foundation.authority.queries import setting
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.kit.telling import refusals_told
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts import queries
from guildhall.people.accounts import services as accounts
from guildhall.people.accounts.hashers import Busy
from guildhall.people.accounts.languages import chosen
from guildhall.people.accounts.models import ConsentStatement, User
from guildhall.people.consent.wording import shown
from guildhall.people.membership import services as membership

from .. import finding, letting_in, returning
from ..forms import AboutYou, RegistrationCode, SignInDetails
from ..pages import form_page, network_address

ANYBODY = open_to_all("Registering is for people who have no account yet.")
page = require_http_methods(["GET", "HEAD", "POST"])


@page
@ANYBODY
def data_protection(request: HttpRequest) -> HttpResponse:
    """The consent statement; Registration opens only after the tick."""
    statement = queries.current_statement(timezone.now())
    if after := returning.asked(request):
        request.session["after"] = after
    if request.method == "POST" and request.POST.get("agree"):
        request.session["register"] = {"statement": statement.pk}
        return redirect("account:register")
    problems = {"agree": texts.say("account.Error_Agree_Required")} if request.method == "POST" else {}
    words = shown(statement.wording, statement.agreement, get_language())
    context = {"shown": words, "problems": problems}
    return render(request, "account/data_protection.html", context, status=422 if problems else 200)


def _so_far(request: HttpRequest) -> dict[str, Any]:
    found: dict[str, Any] = request.session.get("register", {})
    return found


def _keep(request: HttpRequest, **more: Any) -> None:
    request.session["register"] = _so_far(request) | more


@page
@ANYBODY
def about_you(request: HttpRequest) -> HttpResponse:
    """Step 1: who you are and where you live."""
    if "statement" not in _so_far(request):
        return redirect("account:data-protection")
    today = {"today": timezone.localdate()}
    if request.method != "POST":
        return _step_1(request, AboutYou(initial=today | _so_far(request).get("about", {})))
    if finding.wanted(request):
        found = finding.look(request, AboutYou)
        form = AboutYou(initial=today | found.values)
        return _step_1(request, form, **found.shown)
    form = AboutYou(request.POST, initial=today)
    if not form.is_valid():
        return _step_1(request, form)
    _keep(request, about=finding.typed(request, AboutYou))
    return redirect("account:register-sign-in")


def _step_1(request: HttpRequest, form: AboutYou, **more: Any) -> HttpResponse:
    template = "account/register_about.html"
    return form_page(request, "Register_Step1", form, template=template, **finding.drawn(form), **more)


@page
@ANYBODY
def sign_in_details(request: HttpRequest) -> HttpResponse:
    """Step 2: email address and password. Submit Registration sends the email."""
    about = AboutYou(_post_like(_so_far(request).get("about")), initial={"today": timezone.localdate()})
    if not about.is_valid():
        return redirect("account:register")
    person = {name: about.cleaned_data[name] for name in ("forename", "surname")}
    form = SignInDetails(request.POST if request.method == "POST" else None, initial={"person": person})
    if request.method == "POST" and form.is_valid():
        try:
            return _register(request, about, form, timezone.now())
        except (accounts.Shut, Busy) as refusal:
            form.refuse({"email": refusal.message})
    return form_page(request, "Register_Step2", form, back="account:register")


def _post_like(typed: dict[str, Any] | None) -> dict[str, Any]:
    typed = dict(typed or {})
    day, month, year = typed.pop("born_on", None) or ("", "", "")
    return typed | {"born_on-day": day, "born_on-month": month, "born_on-year": year}


def _register(request: HttpRequest, about: AboutYou, form: SignInDetails, now: datetime) -> HttpResponse:
    given = form.cleaned_data
    extra = {"language": active_language(), "two_step": setting("two_step.at_registration")}
    if "secret_answer" in given:
        extra |= {
            "secret_question": given["secret_question"],
            "secret_answer": accounts.answer_digest(given["secret_answer"]),
        }
    user = accounts.register(
        about.details | extra,
        email=given["email"],
        password=given["password"],
        statement=ConsentStatement.objects.get(pk=_so_far(request)["statement"]),
        address=network_address(request),
        earlier=_registering(request),
        now=now,
    )
    _keep(request, user=user.pk)
    return redirect("account:register-code")


def _registering(request: HttpRequest) -> User | None:
    """The unconfirmed account of this visitor, if step 2 is done."""
    registering = int(_so_far(request).get("user", 0))
    return User.objects.filter(pk=registering, state=User.State.UNCONFIRMED, email=None).first()


@page
@ANYBODY
def code(request: HttpRequest) -> HttpResponse:
    """Step 3: the code from the email."""
    user = _registering(request)
    if user is None:
        return redirect("account:register")
    form = RegistrationCode(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            user = membership.join_by_code(user, code=form.cleaned_data["code"], now=timezone.now())
        except Refusal as refusal:
            form.refuse({"code": refusal.message})
        else:
            del request.session["register"]
            request.session.cycle_key()
            return letting_in.send_to_terms(request, letting_in.Arrival(user), now=timezone.now())
    return form_page(request, "Register_Step3", form, template="account/register_code.html")


@require_POST
@ANYBODY
def new_code(request: HttpRequest) -> HttpResponse:
    """Send another code; the one before counts no longer."""
    user = _registering(request)
    if user is None:
        return redirect("account:register")
    with refusals_told(request):
        accounts.send_another_code(user, now=timezone.now())
        messages.success(request, texts.say("account.Code_SentAgain"))
    return redirect("account:register-code")


@page
@ANYBODY
def terms(request: HttpRequest) -> HttpResponse:
    """The Terms and Conditions; agreeing signs the person in, who has proved who they are by now."""
    now = timezone.now()
    user, waiting = letting_in.waiting(request, now, what="terms")
    if user is None:
        return redirect("account:sign-in")
    if request.method == "POST" and request.POST.get("agree"):
        first = user.last_login is None
        accounts.agree_to_terms(user, verified=waiting["verified"], language=chosen(request), now=now)
        known = {name: waiting[name] for name in ("verified", "remember", "directory")}
        arrival = letting_in.Arrival(user, after=request.session.get("after", ""), first=first, **known)
        return letting_in.come_in(request, arrival, now=now)
    problems = {"agree": texts.say("account.Error_Terms_Required")} if request.method == "POST" else {}
    return render(request, "account/terms.html", {"problems": problems}, status=422 if problems else 200)
