"""The first page of general administration."""

from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from guildhall.doors.account import announcing
from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.tiles import Tile
from guildhall.foundation.texts.queries import say

from .areas import AREAS, Area
from .trail import crumbs

# The groups of the areas, in order, and what opens the areas of each; any other area stands in the first.
GROUPS: dict[str, frozenset[Permission]] = {
    "Portal": frozenset({Permission.EDIT_SETTINGS, Permission.CLEAR_CACHE}),
    "Words": frozenset({Permission.EDIT_TEXTS, Permission.EDIT_TEMPLATES, Permission.BUILD_FORMS}),
    "People": frozenset({Permission.MANAGE_USERS, Permission.MANAGE_GROUPS, Permission.INVITE_PROFESSIONALS}),
    "Privacy": frozenset({Permission.MANAGE_CONSENT, Permission.MANAGE_PRIVACY}),
    "Matching": frozenset({Permission.TUNE_MATCHING}),
}
FIRST = next(iter(GROUPS))


@require_safe
@door(Permission.HOLD_ACCOUNT)
def home(request: HttpRequest) -> HttpResponse:
    """The areas that this person may enter; nothing here for whoever may enter none."""
    holder = holder_of(request)
    if "council" in holder.doors and announcing.waits(request):
        return redirect(announcing.before(request.path))
    entered = [area for area in AREAS if holder.may(area.permission)]
    if "council" not in holder.doors or not entered:
        raise Http404
    return render(request, "administration/home.html", {"groups": _grouped(entered), "breadcrumbs": crumbs()})


def _grouped(areas: Iterable[Area]) -> list[tuple[str, list[Tile]]]:
    """The heading of each group that has something in it, and its tiles in the order of the areas."""
    tiles: dict[str, list[Tile]] = {key: [] for key in GROUPS}
    for area in areas:
        key = next((key for key, opened_by in GROUPS.items() if area.permission in opened_by), FIRST)
        tiles[key].append(Tile(say(area.heading), say(area.words), reverse(area.url)))
    return [(say(f"administration.General_{key}"), found) for key, found in tiles.items() if found]
