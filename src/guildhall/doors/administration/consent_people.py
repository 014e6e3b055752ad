"""GDPR Administration: who is told, who withheld or withdrew consent, and everybody's history."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST, require_safe

from guildhall.doors.account import returning
from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.meanwhile import ChangedMeanwhile, beside, stamp_of, status_of
from guildhall.foundation.kit.pagination import page_of, sorting_of
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.people.accounts.models import ConsentGiven
from guildhall.people.consent import queries, services
from guildhall.people.consent.models import Withdrawal
from guildhall.people.consent.wording import shown
from guildhall.people.families import queries as families

from . import consent_reading as reading
from .consent import MANAGER, page, part, trail

SORTED = {
    "name": ("user__surname", "user__forename"),
    "when": ("at",),
    "answer": ("answer",),
}


@page
@MANAGER
def emails(request: HttpRequest) -> HttpResponse:
    """Notification Email Addresses; Send Test Email sends to what is in the box and keeps nothing."""
    if request.method != "POST":
        return _emails_page(request, reading.Typed({"addresses": "; ".join(queries.notified())}))
    read = reading.addresses(request.POST)
    test = "test" in request.POST
    if test and not read.typed["found"]:
        read.problems["addresses"] = say("administration.Consent_Error_NoAddress")
    if read.problems:
        return _emails_page(request, read)
    if test:
        sent = services.send_test_email(read.typed["found"], by=who(request), now=timezone.now())
        messages.success(request, say("administration.Consent_TestSent", count=sent))
        return _emails_page(request, read)
    try:
        seen = request.POST.get("seen", "")
        services.change_notified(read.typed["found"], seen=seen, by=who(request), now=timezone.now())
    except ChangedMeanwhile as refusal:
        read.problems |= refusal.by_field("addresses")
        return _emails_page(request, read, refusal)
    messages.success(request, say("administration.Consent_EmailsSaved"))
    return redirect("administration:consent")


def _emails_page(
    request: HttpRequest, read: reading.Typed, refusal: ChangedMeanwhile | None = None
) -> HttpResponse:
    kept = queries.notified()
    rows = [(say("administration.Consent_Addresses"), "; ".join(kept))]
    context = {
        **beside(request, refusal, kept=stamp_of(kept), rows=rows),
        "addresses": read.typed["addresses"],
        "problems": read.problems,
        "breadcrumbs": trail(part("Emails")),
    }
    status = status_of(read.problems, refusal)
    return render(request, "administration/consent_emails.html", context, status=status)


@require_safe
@MANAGER
def withdrawals(request: HttpRequest) -> HttpResponse:
    """GDPR Consent Withdrawals: those who withheld or withdrew consent."""
    return _list(request, "Withdrawals")


@require_safe
@MANAGER
def histories(request: HttpRequest) -> HttpResponse:
    """GDPR Consent Histories: when each person agreed or withdrew."""
    return _list(request, "Histories")


def _list(request: HttpRequest, name: str) -> HttpResponse:
    of_withdrawals = name == "Withdrawals"
    read, wanted = reading.search(request)
    sorting = sorting_of(request, among=tuple(SORTED), default="-when")
    found = queries.withdrawals if of_withdrawals else queries.histories
    rows: Any = found(holder_of(request), wanted)
    context = {
        "page": page_of(rows.order_by(*_order(sorting.current, of_withdrawals)), request, 25),
        "typed": read.typed,
        "problems": read.problems,
        "sorting": sorting,
        "answers": _answers(withdrawn_only=of_withdrawals),
        "statuses": _statuses(),
        "breadcrumbs": trail(part(name)),
    }
    return render(request, f"administration/consent_{name.lower()}.html", context)


def _order(current: str, of_withdrawals: bool) -> list[str]:
    down = "-" if current.startswith("-") else ""
    names = SORTED[current.removeprefix("-")]
    if of_withdrawals and names == ("answer",):
        names = ("given__answer",)
    return [*(f"{down}{name}" for name in names), f"{down}pk"]


def _answers(*, withdrawn_only: bool) -> list[tuple[str, str]]:
    values = [one for one in ConsentGiven.Answer if not withdrawn_only or one != ConsentGiven.Answer.AGREED]
    return [("", say("administration.Consent_Any"))] + [
        (str(one), say(f"administration.Consent_Answer_{one}")) for one in values
    ]


def _statuses() -> list[tuple[str, str]]:
    keys = ("todo", "actioned", "agreed")
    return [(key, say(f"administration.Consent_Status_{key}")) for key in keys] + [
        ("all", say("administration.Consent_Any"))
    ]


def _withdrawal(request: HttpRequest, pk: int) -> Withdrawal:
    found = queries.withdrawal_of(holder_of(request), pk)
    if found is None:
        raise Http404
    return found


@require_safe
@door(Permission.MANAGE_CONSENT, verified=True, reads_child=True)
def children(request: HttpRequest, pk: int) -> HttpResponse:
    """The children in the family of somebody who withheld or withdrew consent."""
    found = _withdrawal(request, pk)
    listed = families.children_of(found.user)
    audit.looked(request, about=found, surface="list", detail={"shown": [str(child.pk) for child in listed]})
    context = {
        "withdrawal": found,
        "children": listed,
        "breadcrumbs": trail(part("Withdrawals", here=False), (say("administration.Consent_Children"), "")),
    }
    return render(request, "administration/consent_children.html", context)


@require_POST
@MANAGER
def actioned(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark Actioned; the next page can undo it."""
    found = _withdrawal(request, pk)
    services.mark_actioned(found, by=who(request), now=timezone.now())
    context = {"withdrawal": found, "next": returning.here(request)}
    undo = render_to_string("administration/consent_actioned.html", context, request=request)
    messages.info(request, SafeString(undo))
    return _back(request)


@require_POST
@MANAGER
def not_actioned(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo Mark Actioned."""
    services.take_mark_back(_withdrawal(request, pk), by=who(request), now=timezone.now())
    messages.success(request, say("administration.Consent_NotActioned"))
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    """To the list as it was searched."""
    return redirect(returning.here(request) or "administration:consent-withdrawals")


@require_safe
@MANAGER
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Consent History for User."""
    found = queries.history_of(holder_of(request), pk)
    if found is None:
        raise Http404
    user, given = found
    context = {
        "person": user,
        "given": [
            (one, shown(one.statement.wording, one.statement.agreement, one.language)) for one in given
        ],
        "breadcrumbs": trail(part("Histories", here=False), (say("administration.Consent_History"), "")),
    }
    return render(request, "administration/consent_history.html", context)
