"""Who has these pages, and where they stand."""

from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.texts.queries import say
from guildhall.work.transfers import queries, rules
from guildhall.work.transfers.models import Transfer

from ..teams import only

PAGE = require_http_methods(["GET", "HEAD", "POST"])
HERE = door(Permission.OPEN_ADMISSIONS_FORMS, verified=True)
READS = door(Permission.OPEN_ADMISSIONS_FORMS, verified=True, reads_child=True)
of_the_team = only(rules.handles)


def crumbs(*more: str) -> list[tuple[str, str]]:
    """The way to a page; ``more`` are the headings below the list."""
    here = (say("schools.Transfer_Heading"), reverse("council:transfers") if more else "")
    return [(say("shared.Menu_Home"), reverse("council:home")), here, *((one, "") for one in more)]


def found_by(request: HttpRequest, pk: UUID) -> Transfer:
    """A file that the council's team may see. Raises Http404."""
    return get_object_or_404(queries.every(holder_of(request)), pk=pk)
