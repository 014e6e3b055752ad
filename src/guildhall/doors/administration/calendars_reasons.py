"""The reasons for which schools may close."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.people.calendars import queries
from guildhall.people.calendars.models import ClosureReason

from .calendars import calendar_crumbs
from .list_entries import NamedList, entry_page, list_page

PAGE = require_http_methods(["GET", "HEAD", "POST"])
REASONS = NamedList(
    ClosureReason,
    words="Reason",
    here="administration:closure-reasons",
    template="administration/calendars_reasons.html",
    rows=queries.all_reasons,
    crumbs=calendar_crumbs,
)


@PAGE
@door(Permission.KEEP_CALENDARS, verified=True)
def index(request: HttpRequest) -> HttpResponse:
    """The list in its order, and adding to it."""
    return list_page(request, REASONS)


@PAGE
@door(Permission.KEEP_CALENDARS, verified=True)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Call it otherwise, move it, retire it or offer it again."""
    return entry_page(request, REASONS, pk)
