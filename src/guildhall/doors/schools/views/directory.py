"""The directory of schools and settings: what the register says of each that is open (SC-019)."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from guildhall.foundation.access.doors import open_to_all
from guildhall.foundation.kit.pagination import page_of, sorting_of
from guildhall.foundation.kit.typed import one_line
from guildhall.foundation.texts.queries import say
from guildhall.people.organisations import queries

from ..showing import page
from ..wording import dfe_number, phase_name

PER_PAGE = 50


@require_safe
@open_to_all("The register of schools is public.")
def directory(request: HttpRequest) -> HttpResponse:
    """Every school that fits, a page at a time."""
    words, phase = one_line(request.GET.get("words"))[:100], request.GET.get("phase", "")
    phases = queries.phases()
    sorting = sorting_of(request, among=queries.DIRECTORY, default="name")
    found = queries.directory(words, phase=phase if phase in phases else "", sort=sorting.current)
    listed = page_of(found, request, PER_PAGE)
    context = {
        "page": listed,
        "rows": [
            {"school": one, "phase": phase_name(one.phase) or "-", "number": dfe_number(one) or "-"}
            for one in listed
        ],
        "sorting": sorting,
        "phases": [("", say("schools.Directory_AnyPhase")), *((one, phase_name(one)) for one in phases)],
        "phase": phase,
        "words": words,
        "filtered": bool(words or phase in phases),
    }
    return page(request, "schools/directory.html", context)
