"""My Account: its first page, circumstances and the second step."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.authority.queries import setting
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts import services as accounts
from guildhall.people.accounts.asking import who
from guildhall.people.accounts.entering import leave
from guildhall.people.accounts.models import User
from guildhall.people.consent import queries as consent
from guildhall.work.sharing import queries as sharing

from ..forms import TwoStep
from ..pages import form_page

OWN = door(Permission.HOLD_ACCOUNT)
page = require_http_methods(["GET", "HEAD", "POST"])
read = require_http_methods(["GET", "HEAD"])


@dataclass(frozen=True)
class Entry:
    """An entry of My Account: key of its texts, name of its page, and for whom it is.

    ``only``: "family" for families, "school" for people at schools, "consent" for everybody who is asked
    for consent, "question" while the authority asks secret questions.
    """

    key: str
    url: str
    only: str = ""


# In the order of SP-037.
ENTRIES = (
    Entry("Personal", "account:personal"),
    Entry("Contact", "account:contact"),
    Entry("ChangeEmail", "account:change-email"),
    Entry("ChangePassword", "account:change-password"),
    Entry("ChangeSecretQuestion", "account:secret-question", only="question"),
    Entry("Circumstances", "account:circumstances", only="family"),
    Entry("Responsibilities", "schools:responsibilities", only="school"),
    Entry("TwoStepPage", "account:two-step"),
    Entry("Consent", "account:consent", only="consent"),
    Entry("Withdraw", "account:withdraw", only="consent"),
)
PREFERENCES = (
    Entry("Rights", "account:rights"),
    Entry("Ways", "account:ways"),
    Entry("Sessions", "account:sessions"),
    Entry("LanguagePage", "account:language-preference"),
    Entry("Emails", "account:emails"),
    Entry("PostPreferences", "account:emails", only="school"),
)


@read
@OWN
def home(request: HttpRequest) -> HttpResponse:
    """My Account, with what fits this person."""
    holder = holder_of(request)
    fits = {
        "": True,
        "family": "families" in holder.doors,
        "school": bool(holder.schools),
        "consent": consent.is_asked(holder),
        "question": bool(setting("secret_question.on")),
    }
    context = {
        "items": [_item(entry) for entry in ENTRIES if fits[entry.only]],
        "preferences": [_item(entry) for entry in PREFERENCES if fits[entry.only]],
    }
    return render(request, "account/home.html", context)


def _item(entry: Entry) -> dict[str, str]:
    return {
        "title": texts.say(f"account.{entry.key}_Heading"),
        "href": reverse(entry.url),
        "hint": texts.say(f"account.{entry.key}_Entry"),
    }


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
    user = who(request)
    if why := _why_two_steps(request, user):
        return render(request, "account/two_step_staff.html", {"why": why})
    form = TwoStep(request.POST if request.method == "POST" else None, initial={"method": user.two_step})
    if request.method == "POST" and form.is_valid():
        accounts.change_two_step(user, method=form.cleaned_data["method"], now=timezone.now())
        leave(request)
        messages.success(request, texts.say("account.TwoStep_Saved"))
        return redirect("account:sign-in")
    return form_page(request, "TwoStepPage", form, template="account/two_step.html", back="account:home")


def _why_two_steps(request: HttpRequest, user: User) -> str:
    """Why this person cannot switch the second step off; "" for who can."""
    doors = holder_of(request).doors
    if user.two_step == User.TwoStep.AUTHENTICATOR or doors & {"schools", "council"}:
        return texts.say("account.Error_TwoStep_Staff")
    if "professionals" in doors and sharing.reads_a_child(user):
        return texts.say("account.TwoStep_Shared")
    return ""


@require_POST
@OWN
def dismiss_prompt(request: HttpRequest) -> HttpResponse:
    """Put the prompt for two-step verification away."""
    accounts.dismiss_prompt(who(request), now=timezone.now())
    return redirect("families:home")
