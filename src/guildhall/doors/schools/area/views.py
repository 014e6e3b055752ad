"""The page of Our School Area."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission

from ..showing import current, page
from .panels import Asking, panels_for


@require_safe
@door(Permission.USE_SCHOOL, verified=True)
def area(request: HttpRequest) -> HttpResponse:
    """Our School Area: what it holds, and each part as far as the person may see it."""
    asking = Asking(current(request), holder_of(request), timezone.localdate())
    return page(request, "schools/area.html", {"panels": panels_for(asking)})
