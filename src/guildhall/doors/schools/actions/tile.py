"""The Action Tracker on the home page, with how much is to do."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from guildhall.foundation.access.doors import holder_of
from guildhall.foundation.kit.tiles import Tile
from guildhall.foundation.texts.queries import say
from guildhall.people.membership.models import SchoolPlace
from guildhall.work.actions import queries


def actions_tile(request: HttpRequest, place: SchoolPlace) -> Tile:
    """The tracker with one's own actions counted; no number before the second step."""
    tag = ""
    if holder_of(request).sees_records:
        found = queries.counts(place, today=timezone.localdate())
        named = (("Mine", found.mine), ("Late", found.mine_late))
        tag = ", ".join(say(f"schools.Tile_Actions_{name}", count=count) for name, count in named if count)
    words = say("schools.Tile_Actions_Words")
    return Tile(say("schools.Link_Actions"), words, reverse("schools:actions"), tag=tag)
