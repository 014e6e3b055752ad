"""The pages that every footer leads to: About, Contact Us, Terms and Conditions, Privacy Notice, Cookies."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.texts.queries import say

from . import texts_pages
from .texts_pages import Editor
from .trail import crumbs
from .wording import Piece

TEXTS = door(Permission.EDIT_TEXTS, verified=True)
PAGES = {"about": "About", "contact": "Contact", "terms": "Terms", "privacy": "Privacy", "cookies": "Cookies"}


@require_safe
@TEXTS
def index(request: HttpRequest) -> HttpResponse:
    """The five pages."""
    pages = [
        {
            "href": reverse("administration:footer-page", args=[key]),
            "title": say(f"shared.Footer_{word}"),
            "seen": reverse(f"families:{key}"),
        }
        for key, word in PAGES.items()
    ]
    context = {"pages": pages, "breadcrumbs": crumbs((say("administration.Footer_Heading"), ""))}
    return render(request, "administration/footer.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@TEXTS
def page(request: HttpRequest, page: str) -> HttpResponse:
    """One of them, in both languages, with its preview and versions."""
    return texts_pages.edit(request, _editor(page))


@require_POST
@TEXTS
def restore(request: HttpRequest, page: str, pk: int) -> HttpResponse:
    """Go back to an earlier version."""
    return texts_pages.restore(request, _editor(page), pk)


def _editor(page: str) -> Editor:
    if page not in PAGES:
        raise Http404
    word = PAGES[page]
    title = say(f"shared.Footer_{word}")
    index_ = (say("administration.Footer_Heading"), reverse("administration:footer"))
    return Editor(
        title=title,
        lead=say("administration.Footer_Lead"),
        pieces=[Piece(f"text-blocks.Page_{word}", f"shared.Footer_{word}", block=True)],
        here=reverse("administration:footer-page", args=[page]),
        restore="administration:footer-restore",
        breadcrumbs=crumbs(index_, (title, "")),
        context={"key": page},
    )
