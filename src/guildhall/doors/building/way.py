"""The way to a form that is published, compared or seen: loading it, its door, the way back."""

from typing import Any

from django.http import Http404
from django.urls import NoReverseMatch, reverse

from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit import speech, typed
from guildhall.foundation.texts.queries import say
from guildhall.paperwork.forms import queries
from guildhall.paperwork.forms.models import Form, FormVersion, WorkingForm

DOOR = door(Permission.BUILD_FORMS, verified=True)


def known_or_404(code: str) -> tuple[Form | None, WorkingForm | None]:
    """What there is of ``code``: the published form, the one being built, or both."""
    form = queries.form(code)
    working = queries.working_form(code)
    if form is None and working is None:
        raise Http404
    return form, working


def version_or_404(code: str, number: str) -> FormVersion:
    """The published version ``number`` of the form."""
    version = queries.versions_of(code).filter(number=typed.number(number, digits=6)).first()
    if version is None:
        raise Http404
    return version


def trail(code: str, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """Home, the forms, the form ``code`` if given, and then ``more``: (words, address)."""
    form = (
        [(code, address("building:form", code) or reverse("building:versions", args=[code]))] if code else []
    )
    return [
        (say("shared.Menu_Home"), reverse("council:home")),
        (say("send.Publish_Forms"), address("building:list") or reverse("council:home")),
        *form,
        *more,
    ]


def address(name: str, *args: Any) -> str:
    """The address of a page; empty while there is no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def moment(when: Any) -> str:
    """``1 June 2026, 4:30pm``."""
    return f"{speech.day(when)}, {speech.clock(when)}" if when else ""
