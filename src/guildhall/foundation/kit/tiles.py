"""The panels of a home page, drawn by ``kit/tiles.html``."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Tile:
    """A panel: its name, what it says, and where it leads; without an address it is shown as off.

    ``tag`` stands beside the name, in ``colour``. ``more``, below, is a second link: its text and address.
    """

    title: str
    words: str
    href: str = ""
    tag: str = ""
    colour: str = "blue"
    more: tuple[str, str] | None = None
