"""Forms: what a school can send to the council, and the lists that the council keeps for it."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.work.annualreviews import queries as reviews
from guildhall.work.meals import queries as meals

from ..showing import CASES, FAMILIES, current, links_to, page

Links = tuple[tuple[str, str], ...]
MEALS: Links = (("schools:meals", "Meals"),)
REVIEWS = (("schools:reviews", "Reviews"),)


@require_safe
@door(Permission.USE_SCHOOL, verified=True)
def forms(request: HttpRequest) -> HttpResponse:
    """The forms, and the lists of pupils for who may see them (SC-080, SC-087)."""
    holder, school_id = holder_of(request), current(request).school_id
    lists: Links = MEALS if meals.sees_list(holder, school_id) else ()
    lists += REVIEWS if reviews.keeps(holder, school_id) else ()
    return page(request, "schools/forms_list.html", {"links": links_to((*CASES, *FAMILIES, *lists))})
