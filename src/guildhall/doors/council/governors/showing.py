"""What the officers' pages for governors and for downloads share."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from guildhall.foundation.texts.forms import WordedForm
from guildhall.foundation.texts.queries import say

Crumb = tuple[str, str]


def crumbs(*more: Crumb) -> list[Crumb]:
    """The way to a page from the officer's home."""
    return [(say("shared.Menu_Home"), reverse("council:home")), *more]


def asked(
    request: HttpRequest, form: WordedForm, heading: str, trail: list[Crumb], **more: Any
) -> HttpResponse:
    """The page of a form; ``files``: it sends a file."""
    problems = form.problems
    context = {
        "form": form,
        "problems": problems,
        "heading": heading,
        "breadcrumbs": [*trail, (heading, "")],
        **more,
    }
    return render(request, "council/governors/form.html", context, status=422 if problems else 200)


def sure(request: HttpRequest, heading: str, words: str, button: str, trail: list[Crumb]) -> HttpResponse:
    """Ask before an act; Cancel leads to the last of ``trail``."""
    context = {
        "heading": heading,
        "words": words,
        "button": button,
        "back": trail[-1][1],
        "breadcrumbs": [*trail, (heading, "")],
    }
    return render(request, "council/governors/sure.html", context)
