"""The systems that a responsibility opens: who comes in, and what the others read (SC-091)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from guildhall.foundation.access.doors import holder_of
from guildhall.foundation.access.holder import Holder
from guildhall.foundation.texts.queries import say
from guildhall.people.membership import school_queries
from guildhall.people.membership.models import SchoolPlace
from guildhall.people.responsibilities import queries

from .showing import current, page

View = Callable[..., HttpResponse]
# In the order of the menu: the system, its first page, and the end of the names of its texts.
PAGES = (
    ("online-admissions", "schools:admissions", "Admissions"),
    ("income-and-expenditure", "schools:finance", "Finance"),
    ("emergency-contacts", "schools:emergency", "Emergency"),
)


def with_system(system: str) -> Callable[[View], View]:
    """Let in, as their place at the school, whoever has a responsibility there that opens ``system``.

    The others read which responsibilities do and who gives them, whichever address they opened.
    """

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            place = current(request)
            if not queries.opens(holder_of(request), place.school_id, system):
                return _closed(request, place, system)
            return view(request, place, *args, **kwargs)

        return guarded

    return declare


def _closed(request: HttpRequest, place: SchoolPlace, system: str) -> HttpResponse:
    name = "".join(part.title() for part in system.split("-"))
    context = {
        "heading": say(f"schools.System_{name}"),
        "opening": [one.called for one in queries.offered() if system in one.systems],
        "supervisors": [
            one for one in school_queries.supervisors_of(place.school_id) if one.membership.locked_at is None
        ],
    }
    return page(request, "schools/system_closed.html", context, status=403)


def opened_for(holder: Holder, school_id: int) -> tuple[tuple[str, str], ...]:
    """Those of PAGES that ``holder`` may open at a school, as a route and the name of its text."""
    systems = queries.systems_of(holder, school_id)
    return tuple((route, name) for system, route, name in PAGES if system in systems)
