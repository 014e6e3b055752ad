"""The words on the panels of the families' home page, and whether each is on."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.authority.declared import TILES, word_of
from guildhall.foundation.authority.queries import setting
from guildhall.foundation.kit.tiles import Tile
from guildhall.foundation.texts.queries import say

from . import texts_pages
from .texts_pages import Editor
from .trail import crumbs
from .wording import Piece

TEXTS = door(Permission.EDIT_TEXTS, verified=True)


@require_safe
@TEXTS
def index(request: HttpRequest) -> HttpResponse:
    """Every panel with its words and whether families see it."""
    context = {
        "tiles": [_shown(key) for key in TILES],
        "breadcrumbs": crumbs((say("administration.Tiles_Heading"), "")),
    }
    return render(request, "administration/tiles.html", context)


def _shown(key: str) -> Tile:
    on, word = setting(f"tiles.{key}"), word_of(key)
    return Tile(
        say(f"home-tiles.{word}_Title"),
        say(f"home-tiles.{word}_Words"),
        reverse("administration:tile", args=[key]),
        tag=say("administration.Set_Panel_On" if on else "administration.Set_Panel_Off"),
        colour="green" if on else "grey",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@TEXTS
def tile(request: HttpRequest, tile: str) -> HttpResponse:
    """The words of one panel, in both languages."""
    return texts_pages.edit(request, _editor(tile))


@require_POST
@TEXTS
def restore(request: HttpRequest, tile: str, pk: int) -> HttpResponse:
    """Go back to earlier words."""
    return texts_pages.restore(request, _editor(tile), pk)


def _editor(tile: str) -> Editor:
    if tile not in TILES:
        raise Http404
    word = word_of(tile)
    title = say(f"home-tiles.{word}_Title")
    index_ = (say("administration.Tiles_Heading"), reverse("administration:tiles"))
    return Editor(
        title=title,
        lead=say("administration.Tiles_Lead"),
        pieces=[
            Piece(f"home-tiles.{word}_Title", "administration.Tiles_Name"),
            Piece(f"home-tiles.{word}_Words", "administration.Tiles_Line"),
        ],
        here=reverse("administration:tile", args=[tile]),
        restore="administration:tile-restore",
        breadcrumbs=crumbs(index_, (title, "")),
        context={"key": tile},
    )
