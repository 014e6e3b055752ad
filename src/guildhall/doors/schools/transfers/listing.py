"""What a school was sent, and what it sent (SY-041, SY-049)."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from guildhall.foundation.access.doors import holder_of
from guildhall.foundation.kit.pagination import page_of, sorting_of
from guildhall.foundation.kit.typed import one_line
from guildhall.work.transfers import queries
from guildhall.work.transfers.models import Transfer

from ..showing import page
from . import shown
from .entering import HERE, user


@require_safe
@HERE
def transfers(request: HttpRequest) -> HttpResponse:
    """The files that came, those that wait to be downloaded among them; or those that were sent."""
    place, holder = user(request), holder_of(request)
    sent = request.GET.get("box") == "sent"
    sorting = sorting_of(request, among=tuple(queries.SORTS), default="-sent")
    of_box = queries.sent_from if sent else queries.received_at
    found = of_box(holder, place.school_id, sort=sorting.current)
    state, words = request.GET.get("state", ""), one_line(request.GET.get("words"))[:100]
    if state in Transfer.State.values:
        found = found.filter(state=state)
    if words:
        found = queries.among(found, words)
    listed = page_of(found, request, shown.PER_PAGE)
    unsent = queries.sent_from(holder, place.school_id).filter(state=Transfer.State.CHECKED)
    context = {
        "sent": sent,
        "page": listed,
        "rows": [shown.row(one) for one in listed],
        "sorting": sorting,
        "states": shown.states(),
        "state": state,
        "words": words,
        "filtered": bool(words or state in Transfer.State.values),
        "waiting": queries.waiting_at(holder, place.school_id).count(),
        "unsent": [] if sent else list(unsent),
    }
    return page(request, "schools/transfers/list.html", context)
