"""The authority's own pages, linked from every footer: text blocks that it can change."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from guildhall.foundation.access.doors import open_to_all
from guildhall.foundation.authority.queries import setting
from guildhall.foundation.kit.markdown import dialled
from guildhall.foundation.texts import queries as texts

ANYBODY = open_to_all("The authority's own pages are for everybody.")
read = require_http_methods(["GET", "HEAD"])


def _page(name: str) -> Callable[[HttpRequest], HttpResponse]:
    """The page ``name``: its heading is ``shared.Footer_<name>``, its words ``text-blocks.Page_<name>``."""

    @read
    @ANYBODY
    def page(request: HttpRequest) -> HttpResponse:
        words = texts.say(
            f"text-blocks.Page_{name}",
            email=setting("authority.contact_email"),
            address=setting("authority.address"),
            day=dialled(setting("authority.telephone_day")),
            night=dialled(setting("authority.telephone_night")),
        )
        context = {"heading": texts.say(f"shared.Footer_{name}"), "wording": words}
        return render(request, "families/page.html", context)

    return page


about = _page("About")
contact = _page("Contact")
terms = _page("Terms")
privacy = _page("Privacy")
cookies = _page("Cookies")
