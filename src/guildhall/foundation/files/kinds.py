"""The kinds of file that the portal takes (spec/README.md), and how each is served."""

from collections.abc import Iterable

MEDIA_TYPES = {
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "bmp": "image/bmp",
    "gif": "image/gif",
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odt": "application/vnd.oasis.opendocument.text",
}
ALL = frozenset(MEDIA_TYPES)
# Kinds that no form takes, only a room that reads them itself and says so by name.
READ_BY_ROOMS = {"xml": "application/xml"}
PICTURES = frozenset({"png", "jpg", "jpeg", "bmp", "gif"})


def extension_of(name: str) -> str:
    """What follows the last dot of ``name``, in lower case, without the dot; "" when there is none."""
    stem, dot, extension = name.rpartition(".")
    return extension.lower() if dot and stem else ""


def accepted(only: Iterable[str] | None) -> frozenset[str]:
    """The kinds that are taken: ``only`` (with or without dots) as far as the portal takes them."""
    if only is None:
        return ALL
    return (ALL | READ_BY_ROOMS.keys()) & {kind.lower().lstrip(".") for kind in only}


def media_type(kind: str) -> str:
    """What a file of a kind is served as."""
    return MEDIA_TYPES.get(kind) or READ_BY_ROOMS[kind]


def spoken(kinds: Iterable[str]) -> str:
    """Kinds for a person to read: ".doc, .docx, .pdf"."""
    return ", ".join(f".{kind}" for kind in (*MEDIA_TYPES, *READ_BY_ROOMS) if kind in set(kinds))
