"""Pages that one team of the council has: whoever else passes their door finds nothing there."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from guildhall.foundation.access.doors import holder_of
from guildhall.foundation.access.holder import Holder

View = Callable[..., HttpResponse]


def only(belongs: Callable[[Holder], bool]) -> Callable[[View], View]:
    """Let in nobody but those who ``belongs`` says are of the team."""

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not belongs(holder_of(request)):
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return declare
