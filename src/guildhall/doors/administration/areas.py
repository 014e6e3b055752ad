"""The areas of general administration, as one table: each is a tile of its first page."""

from dataclasses import dataclass

from guildhall.foundation.access.permissions import Permission


@dataclass(frozen=True)
class Area:
    """Where an area begins, its name and a line about it (texts), and who may enter."""

    url: str
    heading: str
    words: str
    permission: Permission


AREAS: tuple[Area, ...] = ()
