"""What a document says, as plain data, and how the authority has it look."""

from collections.abc import Sequence
from dataclasses import dataclass, field

FONTS = ("sans", "serif", "mono")


@dataclass(frozen=True)
class Section:
    """A heading with rows of a label and the lines of its value.

    ``guidance`` stands under the heading in italics, each of its lines a paragraph, and ``note`` after it.
    ``level`` is 2 for a panel and 3 for a part of one. ``starts_page``: it begins on a page of its own.
    """

    heading: str
    rows: Sequence[tuple[str, Sequence[str]]] = ()
    note: str = ""
    guidance: str = ""
    level: int = 2
    starts_page: bool = False


@dataclass(frozen=True)
class Look:
    """The fonts (of ``FONTS``; sizes in points) of the titles of panels and of their parts, and a logo.

    ``logo`` is a JPEG picture, empty for none.
    """

    panel_font: str = "sans"
    panel_size: int = 14
    sub_font: str = "sans"
    sub_size: int = 12
    logo: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class Document:
    """A document of the authority. All words are plain text, in ``language`` ("en" or "cy").

    ``front`` are label and value pairs below the title, and ``guidance`` words in italics below those.
    ``reference`` and the authority's name stand at the top of every page, ``footer`` and the number of the
    page at its foot.
    """

    title: str
    reference: str
    language: str
    sections: Sequence[Section]
    front: Sequence[tuple[str, str]] = ()
    footer: str = ""
    guidance: str = ""
