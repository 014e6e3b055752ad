"""Who comes to a school's annual reviews, and finding what they ask for."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.people.membership.models import SchoolPlace
from guildhall.work.annualreviews import queries
from guildhall.work.annualreviews.models import Plan, Review

from ..showing import current

PAGE = require_http_methods(["GET", "HEAD", "POST"])
READING = door(Permission.USE_SCHOOL, verified=True, reads_child=True)
WRITING = door(Permission.USE_SCHOOL, verified=True)


def kept_by(request: HttpRequest) -> SchoolPlace:
    """The place of somebody who keeps the annual reviews of their school. Raises Http404."""
    place = current(request)
    if not queries.keeps(holder_of(request), place.school_id):
        raise Http404
    return place


def own_plan(request: HttpRequest, pk: int) -> Plan:
    """A pupil of the school this person works for now. Raises Http404."""
    place = kept_by(request)
    return get_object_or_404(queries.plans_at(holder_of(request), place.school_id), pk=pk)


def own_review(request: HttpRequest, pk: int) -> Review:
    """A review of one of them. Raises Http404."""
    found = queries.review_at(holder_of(request), kept_by(request).school_id, pk)
    if found is None or found.state == Review.State.CANCELLED:
        raise Http404
    return found
