"""The forms of the portal's library, as every authority has them."""

from functools import cache
from typing import Any
from unittest import mock

from guildhall.paperwork.forms import services as forms
from guildhall.paperwork.forms.definition import Definition, parse
from guildhall.paperwork.forms.library_files import library_paths, read_definition
from guildhall.paperwork.forms.services import publishing

from .standing import NOON


@cache
def _definitions() -> dict[str, dict[str, Any]]:
    """Code → definition, read from the files once."""
    return {found["code"]: found for found in map(read_definition, library_paths())}


@cache
def _parsed(code: str) -> Definition:
    return parse(_definitions()[code])


def publish_library(*codes: str) -> None:
    """Publish the forms called ``codes``, or, without one, all. Each is judged once a process."""
    with mock.patch.object(publishing, "parse", lambda plain: _parsed(plain["code"])):
        for code in codes or _definitions():
            forms.publish(_definitions()[code], by=None, now=NOON)
