"""Who comes into the governors' area, and what the others read."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from guildhall.people.membership import school_queries
from guildhall.people.membership.models import SchoolPlace
from guildhall.work.governors import queries
from guildhall.work.governors.models import Meeting, Paper
from guildhall.work.governors.queries import Reader

from ..showing import current, page

View = Callable[..., HttpResponse]
# What a page is for, and what of a Reader it takes.
READS, GOVERNS, KEEPS, LETS_IN = "reads", "governs", "keeps", "lets_in"


def for_those_who(what: str = READS) -> Callable[[View], View]:
    """Let in, as a Reader, whoever may do ``what`` in the area of the current school.

    The others read whom the area is for.
    """

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            reader = queries.reader_at(current(request))
            if not getattr(reader, what):
                return _closed(request, reader)
            return view(request, reader, *args, **kwargs)

        return guarded

    return declare


def _closed(request: HttpRequest, reader: Reader) -> HttpResponse:
    context = {
        "reader": reader,
        "head": reader.place.kind == SchoolPlace.Kind.HEADTEACHER,
        "clerks": school_queries.clerks_of(reader.place.school_id),
    }
    return page(request, "schools/governors/closed.html", context, status=403)


def meeting_of(reader: Reader, pk: int) -> Meeting:
    """A meeting of the person's school; 404 for any other."""
    return get_object_or_404(queries.meetings(reader), pk=pk)


def paper_of(reader: Reader, pk: object) -> Paper:
    """A paper that is published to the person; 404 for any other."""
    return get_object_or_404(queries.papers(reader), pk=pk)
