"""Office files that are archives: Word, Excel and OpenDocument."""

import io
import stat
import struct
import zipfile
import zlib

from .objection import Objection

MOST_ENTRIES = 2_000
MOST_UNPACKED = 100 * 1024 * 1024
MOST_RATIO = 100
_RATIO_COUNTS_FROM = 1024 * 1024
_LONGEST_DIRECTORY = 1024 * 1024
_END_RECORD = struct.Struct("<4s4H2LH")
_ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", b"Rar!\x1a", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08", b"\xfd7zXZ")
_ARCHIVE_NAMES = (".zip", ".7z", ".rar", ".gz", ".tar", ".bz2", ".xz", ".jar", ".exe", ".dll", ".js", ".vbs")
_CONTENT = {
    "docx": b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xlsx": b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    "odt": b"application/vnd.oasis.opendocument.text",
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
}
_MACRO_PARTS = frozenset({"vbaproject.bin", "vbadata.xml"})
_MACRO_FOLDERS = ("xl/macrosheets/", "basic/", "scripts/")
_OBJECT_PARTS = ("/embeddings/oleobject", "/embeddings/package")


def ends_as_archive(content: bytes) -> bool:
    """Whether a reader of archives would find one at the end of ``content``."""
    return _end_record(content) is not None


def inspect(content: bytes, kind: str) -> None:
    """Raise Objection unless ``content`` is a sound document of ``kind`` (docx, xlsx, odt, ods)."""
    record = _end_record(content)
    if record is None or not content.startswith(b"PK\x03\x04"):
        raise Objection("Damaged" if content.startswith(b"PK\x03\x04") else "Content")
    entries, directory = record
    if entries > MOST_ENTRIES or directory > _LONGEST_DIRECTORY:
        raise Objection("Bomb")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_entries(archive)
            _check_kind(archive, kind)
            _unpack(archive)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        ValueError,
        LookupError,
        struct.error,
    ) as error:
        raise Objection("Damaged") from error
    except NotImplementedError as error:
        raise Objection("Content") from error
    except RuntimeError as error:
        raise Objection("Encrypted") from error


def _end_record(content: bytes) -> tuple[int, int] | None:
    """How many entries the archive says it has, and how long its directory is; None for no archive."""
    tail = content[-(_END_RECORD.size + 65_535) :]
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or at + _END_RECORD.size > len(tail):
        return None
    found = _END_RECORD.unpack_from(tail, at)
    return found[4], found[5]


def _check_entries(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise Objection("Bomb")
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise Objection("Encrypted")
        if (
            stat.S_ISLNK(entry.external_attr >> 16)
            or ".." in entry.filename.split("/")
            or entry.filename[:1] == "/"
        ):
            raise Objection("Content")
    _check_sizes(entries)
    _check_overlap(entries, archive.start_dir)


def _check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise Objection("Bomb")
    for entry in entries:
        if entry.file_size > _RATIO_COUNTS_FROM and entry.file_size > MOST_RATIO * max(
            entry.compress_size, 1
        ):
            raise Objection("Bomb")


def _check_overlap(entries: list[zipfile.ZipInfo], end: int) -> None:
    """Entries that share bytes are how a small archive unpacks to a huge one."""
    for entry in sorted(entries, key=lambda entry: entry.header_offset, reverse=True):
        if entry.header_offset + 30 + entry.compress_size > end:
            raise Objection("Bomb")
        end = entry.header_offset


def _check_kind(archive: zipfile.ZipFile, kind: str) -> None:
    names = [name.lower() for name in archive.namelist()]
    if any(_is_macro(name) for name in names):
        raise Objection("Macros")
    if any(part in f"/{name}" for name in names for part in _OBJECT_PARTS):
        raise Objection("Nested")
    says = _first(archive, "mimetype" if kind in {"odt", "ods"} else "[Content_Types].xml")
    if b"macroEnabled" in says:
        raise Objection("Macros")
    if kind in {"odt", "ods"}:
        if says.strip() != _CONTENT[kind]:
            raise Objection("Content")
        if b"encryption-data" in _first(archive, "META-INF/manifest.xml"):
            raise Objection("Encrypted")
    elif _CONTENT[kind] not in says:
        raise Objection("Content")


def _is_macro(name: str) -> bool:
    return name.startswith(_MACRO_FOLDERS) or name.rpartition("/")[2] in _MACRO_PARTS or "/activex/" in name


def _first(archive: zipfile.ZipFile, name: str) -> bytes:
    """The first megabyte of one entry; empty when there is none."""
    if name not in archive.namelist():
        return b""
    with archive.open(name) as part:
        return part.read(1024 * 1024)


def _unpack(archive: zipfile.ZipFile) -> None:
    """Read everything once: sizes may lie, sums may be wrong, archives may hide inside."""
    left = MOST_UNPACKED
    for entry in archive.infolist():
        if entry.is_dir():
            continue
        with archive.open(entry) as part:
            start = part.read(64 * 1024)
            if start.startswith(_ARCHIVES) or entry.filename.lower().endswith(_ARCHIVE_NAMES):
                raise Objection("Nested")
            left -= len(start)
            while piece := part.read(64 * 1024):
                left -= len(piece)
                if left < 0:
                    raise Objection("Bomb")
