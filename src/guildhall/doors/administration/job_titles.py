"""The list of jobs that people at schools may have."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.people.membership import school_queries
from guildhall.people.membership.models import JobTitle

from .list_entries import NamedList, entry_page, list_page
from .trail import crumbs

PAGE = require_http_methods(["GET", "HEAD", "POST"])
TITLES = NamedList(
    JobTitle,
    words="JobTitle",
    here="administration:job-titles",
    template="administration/schools_titles.html",
    rows=school_queries.all_job_titles,
    crumbs=crumbs,
)


@PAGE
@door(Permission.MANAGE_USERS, verified=True)
def index(request: HttpRequest) -> HttpResponse:
    """The list in its order, and adding to it."""
    return list_page(request, TITLES)


@PAGE
@door(Permission.MANAGE_USERS, verified=True)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Name it otherwise, move it, retire it or offer it again."""
    return entry_page(request, TITLES, pk)
