"""Taking up an invitation: the link of the email leads here, and the professional is in afterwards."""

from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guildhall.doors.account.forms import SignInDetails
from guildhall.foundation.access.doors import open_to_all
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts import queries as accounts
from guildhall.people.accounts import services
from guildhall.people.accounts.entering import enter
from guildhall.people.accounts.hashers import Busy
from guildhall.people.accounts.languages import chosen
from guildhall.people.accounts.models import ConsentStatement
from guildhall.people.invitations import queries
from guildhall.people.invitations import services as invitations
from guildhall.people.invitations.models import Invitation


class TakeUp(SignInDetails):
    """Who you are and how you will sign in; the address is the one the invitation went to."""

    forename = forms.CharField(max_length=60, widget=forms.TextInput(attrs={"autocomplete": "given-name"}))
    surname = forms.CharField(max_length=60, widget=forms.TextInput(attrs={"autocomplete": "family-name"}))
    field_order = ["forename", "surname", "password", "password_again"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["email"]

    @property
    def details(self) -> dict[str, Any]:
        """The fields of User that this page gives."""
        given = self.cleaned_data
        found = {"forename": given["forename"], "surname": given["surname"], "language": active_language()}
        if "secret_answer" in given:
            found |= {
                "secret_question": given["secret_question"],
                "secret_answer": services.answer_digest(given["secret_answer"]),
            }
        return found


@require_http_methods(["GET", "HEAD", "POST"])
@open_to_all("The link itself, sent to one person, proves who opens it.")
def invitation(request: HttpRequest, key: str) -> HttpResponse:
    """Set a password, read and agree to the consent statement and the terms, and be signed in."""
    now = timezone.now()
    found = queries.invitation_of_link(key, now=now)
    if found is None:
        return render(request, "account/link_dead.html", status=410)
    statement = accounts.current_statement(now)
    person = {"forename": found.forename, "surname": found.surname}
    form = TakeUp(request.POST if request.method == "POST" else None, initial=person | {"person": person})
    problems = _not_agreed(request) if request.method == "POST" else {}
    if request.method == "POST" and form.is_valid() and not problems:
        try:
            return _take_up(request, found, form, statement, now)
        except Busy as busy:
            form.refuse({"password": busy.message})
        except Refusal:
            return render(request, "account/link_dead.html", status=410)
    return _page(request, found, form, statement, problems)


def _not_agreed(request: HttpRequest) -> dict[str, str]:
    wanted = {"agree": "account.Error_Agree_Required", "terms": "account.Error_Terms_Required"}
    return {name: texts.say(words) for name, words in wanted.items() if not request.POST.get(name)}


def _take_up(
    request: HttpRequest, found: Invitation, form: TakeUp, statement: ConsentStatement, now: datetime
) -> HttpResponse:
    user = invitations.accept(
        found,
        password=form.cleaned_data["password"],
        details=form.details,
        statement=statement,
        now=now,
    )
    # The emailed link proved what a code by email would.
    services.note_entry(user, verified=True, language=chosen(request), now=now)
    user.refresh_from_db()
    enter(request, user, verified=True, now=now)
    return redirect("professionals:home")


def _page(
    request: HttpRequest,
    found: Invitation,
    form: TakeUp,
    statement: ConsentStatement,
    problems: dict[str, str],
) -> HttpResponse:
    problems = form.problems | problems
    context = {
        "invitation": found,
        "form": form,
        "problems": problems,
        "wording": _in_language(statement.wording),
        "agreement": _in_language(statement.agreement),
        "agreed": request.POST.get("agree"),
        "terms_agreed": request.POST.get("terms"),
    }
    status = 422 if problems else 200
    return render(request, "professionals/invitation.html", context, status=status)


def _in_language(words: dict[str, str]) -> str:
    language = active_language()
    return texts.fill(words.get(language) or words["en"], language, {})
