"""One's own details, password, secret question, language and emails."""

from typing import Any

from django.contrib import messages
from django.forms import model_to_dict
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.authority.queries import setting
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts import services as accounts
from guildhall.people.accounts.asking import who
from guildhall.people.accounts.entering import enter
from guildhall.people.accounts.languages import keep
from guildhall.people.consent import queries as consent
from guildhall.people.consent import services as consents
from guildhall.people.membership import school_queries

from .. import finding
from ..forms import ADDRESS_FIELDS, ChangePassword, PersonalDetails
from ..own_forms import OWN_NAMES, PHONES, ChangeSecretQuestion, Contact, Emails, Language, UpdateAccount
from ..pages import OWN_FORM, form_page, offered_passphrases

OWN = door(Permission.HOLD_ACCOUNT)
page = require_http_methods(["GET", "HEAD", "POST"])


def _kept(request: HttpRequest) -> dict[str, Any]:
    """What the forms of details show before anything is typed."""
    user = who(request)
    kept = {name: getattr(user, name) for name in (*OWN_NAMES, *PHONES)}
    kept |= {name: user.address.get(name, "") for name in ADDRESS_FIELDS}
    work = not consent.is_asked(holder_of(request))
    kept |= {"professional": bool(user.job_role) or work, "work": work}
    return kept | {"today": timezone.localdate(), "employed": bool(holder_of(request).schools)}


def _jobs(request: HttpRequest) -> dict[str, str]:
    """What the person's schools have as their job, which is therefore not asked for."""
    if not holder_of(request).schools:
        return {}
    places = school_queries.own_places(who(request))
    told = [
        texts.say("account.Personal_Job", job=one.job_title.called, school=one.school.name) for one in places
    ]
    return {"lead": "\n\n".join(told)}


@page
@OWN
def personal(request: HttpRequest) -> HttpResponse:
    """Personal Details."""
    form = PersonalDetails(request.POST if request.method == "POST" else None, initial=_kept(request))
    if request.method == "POST" and form.is_valid():
        accounts.change_details(who(request), changes=form.cleaned_data, by=who(request), now=timezone.now())
        return _saved(request)
    return form_page(request, "Personal", form, template=OWN_FORM, back="account:home", **_jobs(request))


@page
@OWN
def contact(request: HttpRequest) -> HttpResponse:
    """Contact Details, with Find Address."""
    return _with_address(request, "Contact", Contact)


@page
@OWN
def update(request: HttpRequest) -> HttpResponse:
    """Update Account: the details that were given at registration."""
    return _with_address(request, "Update", UpdateAccount)


def _with_address(request: HttpRequest, name: str, kind: type[Contact | UpdateAccount]) -> HttpResponse:
    kept = _kept(request)
    if finding.wanted(request):
        found = finding.look(request, kind)
        form = kind(initial=kept | found.values)
        return _address_page(request, name, form, **found.shown)
    form = kind(request.POST if request.method == "POST" else None, initial=kept)
    if request.method == "POST" and form.is_valid():
        accounts.change_details(who(request), changes=form.details, by=who(request), now=timezone.now())
        return _saved(request)
    return _address_page(request, name, form)


def _address_page(
    request: HttpRequest, name: str, form: Contact | UpdateAccount, **more: Any
) -> HttpResponse:
    more |= finding.drawn(form) | {"change_email": name == "Update"}
    return form_page(request, name, form, template="account/details.html", back="account:home", **more)


def _saved(request: HttpRequest, words: str = "account.Details_Saved") -> HttpResponse:
    messages.success(request, texts.say(words))
    return redirect("account:home")


@sensitive_post_parameters()
@page
@OWN
def change_password(request: HttpRequest) -> HttpResponse:
    """Change Password; the other sessions of this person end."""
    user = who(request)
    person = {name: getattr(user, name) for name in ("forename", "surname")}
    form = ChangePassword(request.POST if request.method == "POST" else None, initial={"person": person})
    if request.method == "POST" and form.is_valid():
        old, new, now = form.cleaned_data["old_password"], form.cleaned_data["password"], timezone.now()
        try:
            accounts.change_password(user, old=old, new=new, now=now)
        except Refusal as refusal:
            form.refuse(refusal.by_field("old_password"))
        else:
            enter(request, user, verified=bool(request.session.get("verified")), now=now)
            return _saved(request, "account.Password_Saved")
    return form_page(
        request,
        "ChangePassword",
        form,
        template=OWN_FORM,
        back="account:home",
        offered=offered_passphrases(),
    )


@sensitive_post_parameters()
@page
@OWN
def secret_question(request: HttpRequest) -> HttpResponse:
    """Change Secret Question, where the authority has switched the question on."""
    user = who(request)
    if not setting("secret_question.on"):
        raise Http404
    form = ChangeSecretQuestion(
        request.POST if request.method == "POST" else None, initial={"secret_question": user.secret_question}
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            accounts.change_secret_question(
                user,
                question=given["secret_question"],
                answer=given["secret_answer"],
                password=given["old_password"],
                by=user,
                now=timezone.now(),
            )
        except Refusal as refusal:
            form.refuse(refusal.by_field("old_password"))
        else:
            return _saved(request, "account.SecretQuestion_Saved")
    return form_page(request, "ChangeSecretQuestion", form, template=OWN_FORM, back="account:home")


@page
@OWN
def language(request: HttpRequest) -> HttpResponse:
    """The language of the pages, emails and messages."""
    user = who(request)
    form = Language(request.POST if request.method == "POST" else None, initial={"language": user.language})
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["language"]
        accounts.change_language(user, chosen)
        messages.success(request, texts.say("account.Language_Saved", chosen))
        response = redirect("account:home")
        keep(response, chosen)
        return response
    return form_page(request, "LanguagePage", form, template=OWN_FORM, back="account:home")


@page
@OWN
def emails(request: HttpRequest) -> HttpResponse:
    """Which emails somebody wants."""
    user = who(request)
    kept = model_to_dict(consent.email_preference(user), fields=["message_waiting", "post_daily"])
    kept["school"] = bool(holder_of(request).schools)
    form = Emails(request.POST if request.method == "POST" else None, initial=kept)
    if request.method == "POST" and form.is_valid():
        consents.choose_emails(user, now=timezone.now(), **form.cleaned_data)
        return _saved(request, "account.Emails_Saved")
    post = form.draw("post_daily") if kept["school"] else ""
    more = {"message": form.draw("message_waiting"), "post": post}
    return form_page(request, "Emails", form, template="account/emails.html", back="account:home", **more)
