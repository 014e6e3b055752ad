"""Taking in the reports of mail systems that somebody puts into a folder, one file each.

The folder is that of a mailbox as most mail programs deliver into it (Maildir: new and cur), or a plain one.
What was read goes to ``done``, what nobody here understands to ``aside``, for a person to look at.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

from . import bounces
from .services import evidence

MOST_FILES = 1_000


@dataclass(frozen=True)
class Taken:
    """How many reports were believed, and how many files were put aside."""

    read: int = 0
    aside: int = 0


def take_in(folder: Path, *, now: datetime) -> Taken:
    """Read up to MOST_FILES files of ``folder`` and keep what they report. Safe to run again or twice."""
    read = aside = 0
    for path in islice(_files(folder), MOST_FILES):
        believed = _take_in(path, now=now)
        _move(path, folder / ("done" if believed else "aside"))
        read, aside = read + believed, aside + (not believed)
    return Taken(read, aside)


def _files(folder: Path) -> Iterator[Path]:
    for place in (folder, folder / "new", folder / "cur"):
        if not place.is_dir() or place.is_symlink():
            continue
        with os.scandir(place) as entries:
            names = [each.name for each in entries if each.is_file(follow_symlinks=False)]
        yield from (place / name for name in sorted(names) if not name.startswith("."))


def _take_in(path: Path, *, now: datetime) -> bool:
    try:
        with path.open("rb") as file:
            report = bounces.read(file.read(bounces.MOST_BYTES + 1))
    except (OSError, bounces.NoReport):
        return False
    if report.action == "delivered":
        return evidence.delivered(report.mark, now=now)
    return evidence.bounced(report.mark, code=report.code, now=now)


def _move(path: Path, folder: Path) -> None:
    """Another worker may have moved it already."""
    folder.mkdir(exist_ok=True)
    try:
        path.replace(folder / path.name)
    except FileNotFoundError:
        return
