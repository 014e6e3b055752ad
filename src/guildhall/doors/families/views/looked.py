"""Who looked at a child's record, as the family may see it: by group of staff."""

from typing import cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from guildhall.doors.filling.names import shown_name
from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.audit import services as audit
from guildhall.foundation.authority.panels import panel
from guildhall.foundation.kit.pagination import page_of
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.models import User
from guildhall.work.privacy import looking

from .family import child_or_404


@require_http_methods(["GET", "HEAD"])
@door(Permission.KEEP_FAMILY, verified=True, reads_child=True)
@panel("family")
def looked(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """Who looked at the council's record of a child of the family."""
    child, me = child_or_404(request, child_id), cast(User, request.user)
    audit.looked(request, about=child, detail={"tab": "looked"})
    page = page_of(looking.shown_to_family(me, child), request)
    context = {
        "name": shown_name(me, child),
        "page": page,
        "names_staff": looking.names_staff(),
        "lines": [(entry.at, looking.shown_as(entry)) for entry in page],
        "breadcrumbs": [
            (say("account.Family_Heading"), reverse("families:family")),
            (say("account.Looked_Heading"), ""),
        ],
    }
    return render(request, "families/looked.html", context)
