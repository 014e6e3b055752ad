"""Who comes into a school's folder, and what the others read."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from guildhall.people.membership import school_queries
from guildhall.work.schoolfolder import queries
from guildhall.work.schoolfolder.models import Document
from guildhall.work.schoolfolder.queries import Reader

from ..showing import current, page

View = Callable[..., HttpResponse]


def with_access(*, add: bool = False) -> Callable[[View], View]:
    """Let in, as a Reader, whoever may read the folder of the current school; ``add``: whoever may add to it.

    The others read who can give them access, whichever address they opened.
    """

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            reader = queries.reader_at(current(request))
            if not (reader.add if add else reader.read):
                return _closed(request, reader)
            return view(request, reader, *args, **kwargs)

        return guarded

    return declare


def _closed(request: HttpRequest, reader: Reader) -> HttpResponse:
    supervisors = school_queries.supervisors_of(reader.place.school_id)
    context = {
        "reads": reader.read,
        "supervisors": [one for one in supervisors if one.membership.locked_at is None],
    }
    return page(request, "schools/folder/closed.html", context, status=403)


def document_of(reader: Reader, pk: object) -> Document:
    """A document that is in the folder; 404 for any other."""
    return get_object_or_404(queries.readable(reader), pk=pk)
