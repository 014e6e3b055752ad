"""The page that most of the account is: a heading, some words, fields, and one button."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from guildhall.foundation.authority.queries import setting
from guildhall.foundation.texts import queries as texts
from guildhall.foundation.texts.catalogue import catalogue
from guildhall.foundation.texts.forms import WordedForm
from guildhall.people.accounts.passphrases import offer

OWN_FORM = "account/own_form.html"  # with the trail and the menu that pages of an account have


def network_address(request: HttpRequest) -> str:
    """Where the browser is, for counting tries; behind a proxy what that proxy wrote."""
    from_proxy = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return from_proxy if from_proxy and settings.BEHIND_PROXY else request.META.get("REMOTE_ADDR", "")


def form_page(
    request: HttpRequest,
    name: str,
    form: WordedForm,
    *,
    area: str = "account",
    template: str = "account/form.html",
    **more: Any,
) -> HttpResponse:
    """The page called ``name`` with ``form``: its words are <area>.<name>_Heading, _Lead and _Button.

    422 when something is wrong in the form.
    """
    problems = form.problems
    words = more.pop("words", {})
    context = {
        "form": form,
        "problems": problems | more.pop("problems", {}),
        "heading": texts.say(f"{area}.{name}_Heading", **words),
        "lead": _known(f"{area}.{name}_Lead", words),
        "button_text": _known(f"{area}.{name}_Button", words) or texts.say("account.Save_Button"),
        **more,
    }
    return render(request, template, context, status=422 if context["problems"] else 200)


def offered_passphrases() -> list[str]:
    """Passphrases that a person may take instead of one of their own, where the authority offers some."""
    return offer() if setting("password.offer_passphrases") else []


def _known(name: str, words: dict[str, Any]) -> str:
    return texts.say(name, **words) if name in catalogue() else ""
