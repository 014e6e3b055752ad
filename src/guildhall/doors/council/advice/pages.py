"""What the pages of Information Requested share: who comes in, the way to them, and whom they are about."""

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from guildhall.doors.council.involvement import involvement_crumbs, involvement_page
from guildhall.doors.council.sharing import child_to_share
from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.audit import services as audit
from guildhall.foundation.texts.queries import say
from guildhall.records.children.models import Child
from guildhall.work.advice import queries
from guildhall.work.advice.models import Requested

HERE = "advice"
PAGE = require_http_methods(["GET", "HEAD", "POST"])
DOOR = door(Permission.SHARE_INFORMATION, verified=True, reads_child=True)


def page_of_child(request: HttpRequest, child: Child, heading: str = "", **more: Any) -> dict[str, Any]:
    """What every page shows; with a ``heading`` it is one below the list."""
    page = involvement_page(holder_of(request), child, HERE)
    here = (say("children.Tab_advice"), reverse("council:advice", args=[child.pk]))
    crumbs = involvement_crumbs(child, page, *([here, (heading, "")] if heading else [(here[0], "")]))
    return page | {"breadcrumbs": crumbs, "heading": heading} | more


def child_of(request: HttpRequest, pk: int, *, surface: str = "page") -> Child:
    """The record, for an officer who may see what was asked about it; that they looked is kept."""
    child = child_to_share(request, pk)
    audit.looked(request, about=child, child=child.pk, surface=surface, detail={"tab": HERE})
    return child


def request_of(request: HttpRequest, child: Child, entry_id: int, *, removed: bool = False) -> Requested:
    """An entry about ``child``; 404 for one that was removed, unless ``removed`` ones are wanted too."""
    found = queries.request_about(holder_of(request), child, entry_id)
    if found is None or (found.removed_at and not removed):
        raise Http404
    return found
