"""Consent: a newer statement before going on, the history, and withdrawing for good."""

from contextlib import suppress

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from guildhall.foundation.access.doors import holder_of, open_to_all
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.typed import number
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts import queries as accounts
from guildhall.people.accounts import services
from guildhall.people.accounts.asking import who
from guildhall.people.accounts.entering import leave
from guildhall.people.accounts.models import ConsentStatement
from guildhall.people.consent import queries
from guildhall.people.consent import services as consents
from guildhall.people.consent.wording import Shown, shown

from .. import returning
from ..pages import network_address
from .details import OWN, page

read = require_http_methods(["GET", "HEAD"])


def in_words(statement: ConsentStatement) -> Shown:
    """``statement`` as this reader sees it."""
    return shown(statement.wording, statement.agreement, get_language())


@read
@OWN
def history(request: HttpRequest) -> HttpResponse:
    """Consent History, read only."""
    given = [
        (one, shown(one.statement.wording, one.statement.agreement, one.language))
        for one in accounts.consents_of(who(request))
    ]
    return render(request, "account/consent.html", {"consents": given})


@page
@OWN
def new_statement(request: HttpRequest) -> HttpResponse:
    """A newer statement: agree, or go to Decline. Nothing else opens before."""
    user, after = who(request), returning.here(request)
    statement = queries.current()
    problems = {}
    if request.method != "POST" and _needs_no_answer(request, statement):
        return redirect(after or returning.home())
    if request.method == "POST" and not request.POST.get("agree"):
        problems = {"agree": texts.say("account.Error_NewStatement_Required")}
    elif request.method == "POST":
        try:
            consents.agree(
                user,
                statement_id=_number(request),
                language=get_language() or "en",
                network=network_address(request),
                now=timezone.now(),
            )
            return redirect(after or returning.home())
        except Refusal as refusal:
            problems = {"agree": refusal.message}
            statement = queries.current()
    context = {"statement": statement, "shown": in_words(statement), "next": after, "problems": problems}
    context["first"] = queries.last_answer(user) is None
    return render(request, "account/new_statement.html", context, status=422 if problems else 200)


def _needs_no_answer(request: HttpRequest, statement: ConsentStatement) -> bool:
    asked = queries.is_asked(holder_of(request))
    return not asked or queries.has_agreed(who(request), statement.pk)


def _number(request: HttpRequest) -> int:
    """The statement that the page showed; 0 for what is no number."""
    return number(request.POST.get("statement"), otherwise=0)


@page
@OWN
def decline_statement(request: HttpRequest) -> HttpResponse:
    """Not agreeing to a newer statement: what follows from it, and a button that does."""
    statement = queries.current()
    if _needs_no_answer(request, statement):
        return redirect(returning.home())
    if request.method == "POST":
        try:
            consents.decline(
                who(request),
                statement_id=_number(request),
                language=get_language() or "en",
                network=network_address(request),
                now=timezone.now(),
            )
        except Refusal as refusal:
            messages.error(request, refusal.message)
            return redirect("account:new-statement")
        services.note_leaving(who(request), how="asked", now=timezone.now())
        leave(request)
        return redirect("account:declined")
    return render(request, "account/decline_statement.html", {"statement": statement})


@read
@open_to_all("Whoever did not agree has just been signed out.")
def declined(request: HttpRequest) -> HttpResponse:
    """What not agreeing means."""
    return render(request, "account/declined.html")


def _may_withdraw(request: HttpRequest) -> None:
    if not queries.is_asked(holder_of(request)):
        raise Http404


@read
@OWN
def withdraw(request: HttpRequest) -> HttpResponse:
    """Withdraw Consent: the current statement, to read again."""
    _may_withdraw(request)
    return render(request, "account/withdraw.html", {"shown": in_words(queries.current())})


@read
@OWN
def withdraw_data_protection(request: HttpRequest) -> HttpResponse:
    """Data Protection: the statement beside what was agreed to, and what to press."""
    _may_withdraw(request)
    return render(request, "account/withdraw_data_protection.html", {"shown": in_words(queries.current())})


@page
@OWN
def withdraw_decline(request: HttpRequest) -> HttpResponse:
    """Decline: the last warning; its button withdraws."""
    _may_withdraw(request)
    if request.method == "POST":
        with suppress(consents.AlreadyClosed):  # the other one of two presses was first
            consents.withdraw(
                who(request),
                language=get_language() or "en",
                network=network_address(request),
                now=timezone.now(),
            )
        leave(request)
        return redirect("account:withdrawn")
    work = bool(holder_of(request).doors - queries.ASKED_DOORS)
    return render(request, "account/withdraw_decline.html", {"work": work})


@read
@open_to_all("Whoever withdrew consent is signed out by then.")
def withdrawn(request: HttpRequest) -> HttpResponse:
    """Consent is withdrawn; OK ends the session."""
    return render(request, "account/withdrawn.html")
