"""The first page of general administration."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from guildhall.doors.account import announcing
from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.tiles import Tile
from guildhall.foundation.texts.queries import say

from .areas import AREAS


@require_safe
@door(Permission.HOLD_ACCOUNT)
def home(request: HttpRequest) -> HttpResponse:
    """The areas that this person may enter; nothing here for whoever may enter none."""
    holder = holder_of(request)
    if "council" in holder.doors and announcing.waits(request):
        return redirect(announcing.before(request.path))
    tiles = [
        Tile(say(area.heading), say(area.words), reverse(area.url))
        for area in AREAS
        if holder.may(area.permission)
    ]
    if "council" not in holder.doors or not tiles:
        raise Http404
    return render(request, "administration/home.html", {"tiles": tiles})
