"""What somebody posted, kept in the page that says it was not taken: nothing has to be typed again."""

from dataclasses import dataclass

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError

MOST_CHARACTERS = 2_000_000
_UNREADABLE = (OSError, SuspiciousOperation, BadRequest, MultiPartParserError)
_NEVER_SHOWN = "password"


@dataclass(frozen=True)
class Resending:
    """``fields`` as they were posted to ``path``, with the proof that our own page sent them."""

    path: str
    fields: list[tuple[str, str]]
    with_files: bool
    """Files were posted too, which no page can hold: they must be chosen again."""


def resending_of(request: HttpRequest) -> Resending | None:
    """None for what a script sent, which keeps it itself, and for what cannot be read or is too much."""
    if request.method != "POST" or not request.accepts("text/html"):
        return None
    try:
        posted, files = request.POST, request.FILES
    except _UNREADABLE:
        return None
    fields = [
        (name, value) for name, values in posted.lists() for value in values if _NEVER_SHOWN not in name
    ]
    if not fields or sum(len(name) + len(value) for name, value in fields) > MOST_CHARACTERS:
        return None
    return Resending(request.get_full_path(), fields, bool(files))
