"""The document store: a folder that another system takes documents from, such as a mounted share.

Another kind of store is another class with ``put``.
"""

import json
import os
import re
from pathlib import Path
from typing import Any, Protocol

from guildhall.foundation.outbox.failures import FarSideDown

_UNSAFE = re.compile(r"[^\w.\- ]+")
_LONGEST_STEM, _LONGEST_ENDING = 160, 20  # bytes: disks take 255, and more is put before and after


class Store(Protocol):
    """Where documents go."""

    def put(self, place: tuple[str, ...], name: str, content: bytes, about: dict[str, Any]) -> None:
        """Keep ``content`` whole or not at all, with ``about`` beside it; again replaces it.

        Raises FarSideDown.
        """


class Folder:
    """A folder on a disk. It must be there: a share that is not mounted is not made anew."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, place: tuple[str, ...], name: str, content: bytes, about: dict[str, Any]) -> None:
        if not self._root.is_dir():
            raise FarSideDown(f"There is no folder {self._root}.")
        try:
            folder = self._root.joinpath(*map(safe, place))
            folder.mkdir(parents=True, exist_ok=True)
            _write(folder / safe(name), content)
            beside = json.dumps(about, ensure_ascii=False, indent=2, sort_keys=True)
            _write(folder / f"{safe(name)}.json", beside.encode())
        except OSError as error:
            raise FarSideDown(f"{type(error).__name__}: {error.strerror}") from error


def safe(name: str) -> str:
    """``name`` as one that leads nowhere else and that every system takes; its ending stays."""
    stem, dot, ending = _UNSAFE.sub("_", name).strip(" .").rpartition(".")
    short = f"{_cut(stem, _LONGEST_STEM)}{dot}{_cut(ending, _LONGEST_ENDING if dot else _LONGEST_STEM)}"
    return short or "file"


def _cut(name: str, most: int) -> str:
    return name.encode()[:most].decode(errors="ignore")


def _write(path: Path, content: bytes) -> None:
    half = path.with_name(f".{path.name}.part")
    with half.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)
