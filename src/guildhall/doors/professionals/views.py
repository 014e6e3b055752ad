"""The professionals' home: the forms they can send, and those they saved and sent."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from guildhall.foundation.access.doors import holder_of, open_to_all
from guildhall.foundation.authority.queries import setting
from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.forms.models import FormVersion
from guildhall.work.intake.titles import shown_title

read = require_http_methods(["GET", "HEAD"])

# What may not wait stands first, whoever looks for it in a hurry; then the others, by their codes.
URGENT = ("safeguarding", "early-help")


@read
@open_to_all("Which forms there are for professionals is no secret; filling one in needs an account.")
def home(request: HttpRequest) -> HttpResponse:
    """The catalogue of forms for professionals, before and after signing in."""
    offered = [_entry(version) for version in sorted(forms.offered(portal="professional"), key=_haste)]
    context = {
        "offered": offered,
        "signed_in": holder_of(request).user_id is not None,
        "day": setting("authority.telephone_day"),
        "night": setting("authority.telephone_night"),
    }
    return render(request, "professionals/home.html", context)


def _haste(version: FormVersion) -> int:
    return URGENT.index(version.destination) if version.destination in URGENT else len(URGENT)


def _entry(version: FormVersion) -> dict[str, str]:
    definition = forms.definition_of(version.pk)
    first = "filling:overview" if definition.open_overview else "filling:start"
    language = get_language() or "en"
    return {
        "title": shown_title(definition, language),
        "account_name": definition.subtitle.in_(language),
        "href": reverse(first, args=[version.form.code]),
    }
