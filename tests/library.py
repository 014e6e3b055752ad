"""The forms of the portal's library, as every authority has them."""

from functools import cache
from typing import Any

from guildhall.paperwork.forms import services as forms
from guildhall.paperwork.forms.library_files import library_paths, read_definition

from .standing import NOON


@cache
def _definitions() -> dict[str, dict[str, Any]]:
    """Code → definition, read from the files once."""
    return {found["code"]: found for found in map(read_definition, library_paths())}


def publish_library(*codes: str) -> None:
    """Publish the forms called ``codes``, or, without one, all."""
    for code in codes or _definitions():
        forms.publish(_definitions()[code], by=None, now=NOON)
