"""Addresses of the pages of a draft, and the language they are in."""

from functools import lru_cache
from uuid import UUID

from django.urls import reverse

from guildhall.paperwork.forms.models import FormVersion
from guildhall.work.intake.destinations import destination_of, is_on


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


def forms_page(version: FormVersion, *, child_id: UUID | None, otherwise: str = "filling:submitted") -> str:
    """The page on which people choose this form, with its history (SP-088); ``otherwise`` where it is on
    the page of no service.
    """
    if version.portal == "professional":
        return reverse("professionals:home")
    if version.portal == "school":
        return reverse("schools:cases")
    panel = destination_of(version.destination).panel
    if not panel or not is_on(version.destination, portal=version.portal):
        return reverse(otherwise)
    if panel != "send":
        return reverse("families:service", args=[panel])
    return reverse("families:forms", args=[child_id]) if child_id else reverse("families:own-forms")
