"""Who comes to a school's file transfer, and finding what they ask for."""

from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.people.membership.models import SchoolPlace
from guildhall.work.transfers import queries
from guildhall.work.transfers.models import Transfer

from ..showing import current

PAGE = require_http_methods(["GET", "HEAD", "POST"])
HERE = door(Permission.USE_SCHOOL, verified=True)
READS = door(Permission.USE_SCHOOL, verified=True, reads_child=True)


def user(request: HttpRequest) -> SchoolPlace:
    """The place of somebody whom the school's approver lets use file transfer. Raises Http404."""
    place = current(request)
    if not queries.uses(holder_of(request), place.school_id):
        raise Http404
    return place


def own(request: HttpRequest, pk: UUID) -> Transfer:
    """A file that this school sent or was sent. Raises Http404."""
    place = user(request)
    return get_object_or_404(queries.of_school(holder_of(request), place.school_id), pk=pk)


def sent_by_own(request: HttpRequest, pk: UUID) -> Transfer:
    """A file that this school sent or is about to. Raises Http404."""
    place = user(request)
    return get_object_or_404(queries.sent_from(holder_of(request), place.school_id), pk=pk)
