"""All files of one thing as one archive, sent while it is being made, however large it gets."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog
from django.http import StreamingHttpResponse
from django.utils import timezone

from guildhall.foundation.texts import queries as texts

from . import queries, services, storage
from .models import StoredFile

log = structlog.get_logger(__name__)

_PIECE = 256 * 1024


@dataclass(frozen=True)
class Sorted:
    """Which files go into an archive, and which do not, each with the reason in words."""

    kept: list[StoredFile]
    left_out: list[tuple[StoredFile, str]]


def sort_out(files: Sequence[StoredFile], *, now: datetime) -> Sorted:
    """Only files that may be served go in, and those are scanned again as for any download."""
    kept: list[StoredFile] = []
    left_out: list[tuple[StoredFile, str]] = []
    for file in files:
        reason = _reason_against(file, now=now)
        if reason:
            left_out.append((file, reason))
        else:
            kept.append(file)
    return Sorted(kept, left_out)


def _reason_against(file: StoredFile, *, now: datetime) -> str:
    if queries.may_be_served(file) and not storage.sound(file.storage_key, file.sha256):
        log.error("files.bytes_damaged", file=str(file.pk))
        return texts.say("shared.Archive_Damaged")
    try:
        now_is = services.check_again(file, now=now)
    except services.CannotCheckAgain as refusal:
        return refusal.message
    return "" if queries.may_be_served(now_is) else queries.state_words(now_is)


def serve_archive(sorted_out: Sorted, *, name: str) -> StreamingHttpResponse:
    """``<name>.zip`` as a download: the files in a folder called ``name``, and a list of all of them.

    The view records in the audit who looked.
    """
    listing = (f"{name}/{texts.say('shared.Archive_Listing')}", _listing(sorted_out, name))
    response = StreamingHttpResponse(_stream(sorted_out, name, listing), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store, private"
    return response


def _listing(sorted_out: Sorted, name: str) -> str:
    lines = [texts.say("shared.Archive_Title", reference=name), "", texts.say("shared.Archive_Kept")]
    lines += [f"  {_inside(number, file)}" for number, file in enumerate(sorted_out.kept, 1)]
    if not sorted_out.kept:
        lines.append(f"  {texts.say('shared.Archive_None')}")
    lines += ["", texts.say("shared.Archive_LeftOut")]
    lines += [f"  {file.name}: {reason}" for file, reason in sorted_out.left_out]
    if not sorted_out.left_out:
        lines.append(f"  {texts.say('shared.Archive_None')}")
    return "\r\n".join([*lines, ""])


class _Pipe(io.RawIOBase):
    """What the archive writes, until it is taken on."""

    def __init__(self) -> None:
        self.held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, piece: object) -> int:
        content = bytes(piece)  # type: ignore[call-overload]
        self.held += content
        return len(content)

    def take(self) -> bytes:
        content = bytes(self.held)
        self.held.clear()
        return content


def _stream(sorted_out: Sorted, name: str, listing: tuple[str, str]) -> Iterator[bytes]:
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(listing[0], "\ufeff" + listing[1])
        for number, file in enumerate(sorted_out.kept, 1):
            yield from _member(archive, pipe, f"{name}/{_inside(number, file)}", file)
    yield pipe.take()


def _member(archive: zipfile.ZipFile, pipe: _Pipe, path: str, file: StoredFile) -> Iterator[bytes]:
    at = timezone.localtime(file.uploaded_at)
    entry = zipfile.ZipInfo(path, date_time=(at.year, at.month, at.day, at.hour, at.minute, at.second))
    entry.file_size = file.bytes
    with storage.path_of(file.storage_key).open("rb") as content, archive.open(entry, "w") as member:
        while piece := content.read(_PIECE):
            member.write(piece)
            yield pipe.take()


def _inside(number: int, file: StoredFile) -> str:
    """Numbered, because two files may have the same name."""
    return f"{number:02d} {file.name}"
