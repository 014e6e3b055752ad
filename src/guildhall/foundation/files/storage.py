"""Where the bytes lie: ``<files>/<two letters>/<random key>``, outside everything that is served.

A file is written whole under another name, forced to disk and renamed before the row that names it is
committed, so that no committed row is ever without its bytes. Bytes without a row are swept later.
"""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from guildhall.foundation.kit.faults import fault_point

_PART = ".part"
_PARTS = "arriving"


class NoRoom(Exception):
    """The disk takes nothing more: full, or not to be written to. Nothing was kept."""


def path_of(key: str) -> Path:
    return Path(settings.FILES_ROOT) / key


def keep(content: bytes) -> str:
    """Put ``content`` safely on disk; the key under which it lies. Raises NoRoom."""
    name = secrets.token_hex(16)
    key = f"{name[:2]}/{name}"
    path = path_of(key)
    try:
        _make_folder(path.parent)
        _write(path, content)
        _sync(path.parent)
    except OSError as error:
        raise NoRoom(str(error)) from error
    fault_point("files.after_rename")
    return key


def _write(path: Path, content: bytes) -> None:
    """Write the file whole or not at all."""
    half = path.with_suffix(_PART)
    try:
        with half.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fault_point("files.before_rename")
        half.replace(path)
    except OSError:
        with suppress(OSError):
            half.unlink(missing_ok=True)
        raise


def copy(key: str) -> str:
    """Keep the same bytes under a second key."""
    return keep(path_of(key).read_bytes())


def forget(key: str) -> None:
    """Remove the bytes, if they are still there."""
    path_of(key).unlink(missing_ok=True)


def sound(key: str, digest: str) -> bool:
    """Whether the bytes are there and still those that were kept. ``digest`` is their SHA-256."""
    try:
        with path_of(key).open("rb") as file:
            return _digest(file) == digest
    except FileNotFoundError:
        return False


def new_part() -> str:
    """A key for a file that arrives in parts, which nobody can guess. There are no bytes yet."""
    return secrets.token_hex(16)


def part_path(key: str) -> Path:
    return Path(settings.FILES_ROOT) / _PARTS / key


def part_length(key: str) -> int:
    """How many bytes of it are on disk."""
    try:
        return part_path(key).stat().st_size
    except FileNotFoundError:
        return 0


def grow(key: str, *, at: int, content: bytes) -> None:
    """Write ``content`` from the byte ``at`` on, and nothing after it, forced to disk. Raises NoRoom."""
    path = part_path(key)
    try:
        _make_folder(path.parent)
        with path.open("r+b" if path.exists() else "xb") as file:
            file.truncate(at)
            file.seek(at)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _sync(path.parent)
    except OSError as error:
        raise NoRoom(str(error)) from error
    fault_point("files.part_written")


def forget_part(key: str) -> None:
    """Remove what arrived, if it is still there."""
    part_path(key).unlink(missing_ok=True)


def all_parts(*, older_than: float) -> Iterator[str]:
    """The key of everything that arrived in parts and was last written before ``older_than``."""
    for path in (Path(settings.FILES_ROOT) / _PARTS).glob("*"):
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < older_than:
                yield path.name


def all_keys(*, older_than: float) -> Iterator[str]:
    """The key of everything on disk last written before ``older_than`` (seconds of the epoch)."""
    for path in Path(settings.FILES_ROOT).glob("??/*"):
        try:
            if path.stat().st_mtime < older_than:
                yield f"{path.parent.name}/{path.name}"
        except FileNotFoundError:
            continue


def free_bytes() -> int:
    """How much room the disk of the files has."""
    folder = Path(settings.FILES_ROOT)
    return shutil.disk_usage(folder if folder.exists() else folder.parent).free


def _digest(file: BinaryIO) -> str:
    summed = sha256()
    while piece := file.read(1024 * 1024):
        summed.update(piece)
    return summed.hexdigest()


def _make_folder(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _sync(folder.parent)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
