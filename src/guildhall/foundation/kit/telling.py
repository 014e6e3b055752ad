"""Telling a person, at the top of the next page, what became of what they asked."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.http import HttpRequest

from .refusals import Refusal


@contextmanager
def refusals_told(request: HttpRequest) -> Iterator[None]:
    """What the block cannot do ends the block, and the next page says why; everything else goes its way.

    For buttons. A page with a form draws the form again, with the refusal beside its field.
    """
    try:
        yield
    except Refusal as refusal:
        for words in refusal.by_field().values():
            messages.error(request, words)
