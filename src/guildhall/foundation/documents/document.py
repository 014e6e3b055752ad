"""What a document says, as plain data."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """A heading with rows of a label and the lines of its value; ``note`` stands under the heading."""

    heading: str
    rows: Sequence[tuple[str, Sequence[str]]] = ()
    note: str = ""


@dataclass(frozen=True)
class Document:
    """A document of the authority. All words are plain text, in ``language`` ("en" or "cy").

    ``front`` are label and value pairs below the title. ``reference`` and the authority's name stand at
    the top of every page, ``footer`` and the number of the page at its foot.
    """

    title: str
    reference: str
    language: str
    sections: Sequence[Section]
    front: Sequence[tuple[str, str]] = ()
    footer: str = ""
