"""The authority's own pages, linked from every footer: text blocks that it can change."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from guildhall.foundation.access.doors import open_to_all
from guildhall.foundation.authority.queries import setting
from guildhall.foundation.texts import queries as texts

ANYBODY = open_to_all("The authority's own pages are for everybody.")
read = require_http_methods(["GET", "HEAD"])


def _page(request: HttpRequest, heading: str, block: str) -> HttpResponse:
    values = {
        "email": setting("authority.contact_email"),
        "day": setting("authority.telephone_day"),
        "night": setting("authority.telephone_night"),
    }
    context = {"heading": texts.say(heading), "wording": texts.say(block, **values)}
    return render(request, "families/page.html", context)


@read
@ANYBODY
def about(request: HttpRequest) -> HttpResponse:
    """About the authority."""
    return _page(request, "shared.Footer_About", "text-blocks.Page_About")


@read
@ANYBODY
def contact(request: HttpRequest) -> HttpResponse:
    """Contact Us."""
    return _page(request, "shared.Footer_Contact", "text-blocks.Page_Contact")


@read
@ANYBODY
def terms(request: HttpRequest) -> HttpResponse:
    """Terms and Conditions."""
    return _page(request, "shared.Footer_Terms", "text-blocks.Page_Terms")


@read
@ANYBODY
def privacy(request: HttpRequest) -> HttpResponse:
    """Privacy Notice."""
    return _page(request, "shared.Footer_Privacy", "text-blocks.Page_Privacy")


@read
@ANYBODY
def cookies(request: HttpRequest) -> HttpResponse:
    """Cookies Policy."""
    return _page(request, "shared.Footer_Cookies", "text-blocks.Page_Cookies")
