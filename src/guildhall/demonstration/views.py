"""The Mailbox: emails that the demonstration wrote as files. Outside a demonstration it does not exist."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from guildhall.foundation.access.doors import open_to_all
from guildhall.foundation.outbox import mailbox as mail

_REASON = "Exists only in the demonstration, whose people are all invented."


@require_safe
@open_to_all(_REASON)
def mailbox(request: HttpRequest) -> HttpResponse:
    """The newest emails; ``?to=`` shows those to one address."""
    _only_in_the_demonstration()
    to = request.GET.get("to", "").strip()[:254]
    return _page(request, "demonstration/mailbox.html", {"letters": mail.letters(to=to), "to": to})


@require_safe
@open_to_all(_REASON)
def letter(request: HttpRequest, name: str) -> HttpResponse:
    """One email as text."""
    _only_in_the_demonstration()
    found = mail.letter(name)
    if found is None:
        raise Http404
    return _page(request, "demonstration/letter.html", {"letter": found})


def _only_in_the_demonstration() -> None:
    if not settings.DEMONSTRATION:
        raise Http404


def _page(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
    response = render(request, template, context)
    add_never_cache_headers(response)
    return response
