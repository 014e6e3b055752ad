"""Telling somebody that information is requested of them, and the letter that does."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from guildhall.foundation.access.doors import holder_of
from guildhall.foundation.documents import services as documents
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.kit.taken_away import taken_away
from guildhall.foundation.kit.typed import key_of, number
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.people.accounts.models import User
from guildhall.records.children.rules import may_see_address
from guildhall.work.advice import queries, services
from guildhall.work.advice.models import Requested
from guildhall.work.advice.services import Way
from guildhall.work.advice.showing import letter_of

from .pages import DOOR, PAGE, child_of, page_of_child, request_of

MAKERS = {"pdf": documents.pdf, "docx": documents.word}


@PAGE
@DOOR
def tell(request: HttpRequest, pk: int, entry_id: int) -> HttpResponse:
    """Choose by which means they are told; what the portal sends goes when this is confirmed (SP-344)."""
    child = child_of(request, pk)
    found = request_of(request, child, entry_id)
    if found.received_on:
        return redirect("council:advice-entry", child.pk, found.pk)
    way = Way(frozenset())
    problems: dict[str, str] = {}
    if request.method == "POST":
        way = Way(frozenset(request.POST.getlist("means")), _sent_on(request))
        key = key_of(request.POST.get("key"))
        try:
            services.notify(found, way, key=key, by=who(request), now=timezone.now())
        except Refusal as refusal:
            problems = refusal.by_field("means")
        else:
            messages.success(request, say("children.Advice_Tell_Done", name=found.name))
            return redirect("council:advice-entry", child.pk, found.pk)
    user = queries.reachable(found)
    sent = way.sent_on or timezone.localdate()
    context = page_of_child(
        request,
        child,
        say("children.Advice_Tell_Heading", name=found.name),
        requested=found,
        options=_options(found, user),
        way=way,
        sent=sent,
        by_hand=not user,
        key=key_of(request.POST.get("key")),
        problems=problems,
    )
    return render(request, "council/advice/tell.html", context, status=422 if problems else 200)


@require_safe
@DOOR
def letter(request: HttpRequest, pk: int, entry_id: int, kind: str) -> HttpResponse:
    """The letter as PDF or Word, in the language of whom it goes to."""
    if kind not in MAKERS:
        raise Http404
    child = child_of(request, pk, surface="document")
    found = request_of(request, child, entry_id)
    language = found.portal_user.user.language if found.portal_user else active_language()
    address = may_see_address(child, holder_of(request))
    document = letter_of(found, language=language, address=address, now=timezone.now())
    name = f"{say('children.Advice_Letter_FileName')}-{child.reference}-{found.pk}"
    return taken_away(MAKERS[kind](document), kind, name)


def _options(requested: Requested, user: User | None) -> list[dict[str, str]]:
    """What can be chosen: a portal message only for an account that may read it."""
    email = "email" if user else "email_by_hand"
    offered = [("message", "message")] if user else []
    if user is None or user.email:
        offered.append(("email", email))
    offered.append(("letter", "letter"))
    return [
        {
            "value": value,
            "text": say(f"children.Advice_Tell_{words}"),
            "hint": say(f"children.Advice_Tell_{words}_Hint", email=requested.email),
        }
        for value, words in offered
    ]


def _sent_on(request: HttpRequest) -> date | None:
    day, month, year = (number(request.POST.get(f"sent_on-{part}")) for part in ("day", "month", "year"))
    try:
        return date(year, month, day)
    except ValueError:
        return None
