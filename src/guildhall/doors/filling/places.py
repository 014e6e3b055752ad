"""Addresses of the pages of a draft, and the language they are in."""

from functools import lru_cache
from uuid import UUID

from django.urls import reverse


def place_address(draft_id: UUID, place: str | None, row_id: str | None = "") -> str:
    """The address of a step, of a row of it, or, for no place, of the summary."""
    if not place or place == "summary":
        return address("filling:summary", draft_id)
    if row_id:
        return address("filling:row", draft_id, place, row_id)
    return address("filling:step", draft_id, place)


@lru_cache(maxsize=2_000)
def address(name: str, *parts: object) -> str:
    """``reverse``, kept: it takes as long as drawing two fields, and one draft is asked for often."""
    return reverse(name, args=parts)
