"""How much post waits: in the menu, and on the panel of the home page."""

from django.http import HttpRequest
from django.urls import reverse

from guildhall.foundation.access.doors import holder_of
from guildhall.foundation.kit.tiles import Tile
from guildhall.foundation.texts.queries import say
from guildhall.mail.post import queries as post
from guildhall.people.membership.models import SchoolPlace

from ..showing import chosen_among, places_of


def unread_here(request: HttpRequest) -> int:
    """How many items the person has not read at the school they work for now; 0 before the second step."""
    place = chosen_among(places_of(request), request)
    return post.unread_count(place) if place and holder_of(request).sees_records else 0


def post_tile(request: HttpRequest, place: SchoolPlace) -> Tile:
    """Post, with how many items are unread and how many ask something of the school; no number before the
    second step."""
    tag = _waiting(post.counts(place)) if holder_of(request).sees_records else ""
    words = say("schools.Tile_Post_Words")
    return Tile(say("schools.Link_Post"), words, reverse("schools:post"), tag=tag)


def _waiting(counts: post.Counts) -> str:
    named = (("Unread", counts.unread), ("ToDo", counts.to_do))
    return ", ".join(say(f"schools.Tile_Post_{name}", count=count) for name, count in named if count)
