"""Text files."""

import re

from .objection import Objection

_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_A_PAGE_OR_PROGRAM = re.compile(
    r"\s*(<(!doctype|html|head|body|script|svg|iframe|\?php|\?xml)|#!)", re.IGNORECASE
)


def inspect(content: bytes) -> None:
    """Raise Objection unless ``content`` is text in UTF-8, UTF-16 with its mark, or Windows-1252."""
    words = _decoded(content)
    if words is None or _CONTROL.search(words) or _A_PAGE_OR_PROGRAM.match(words.lstrip("\ufeff")):
        raise Objection("Content")


def _decoded(content: bytes) -> str | None:
    encodings = [_MARKS[content[:2]]] if content[:2] in _MARKS else ["utf-8", "cp1252"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
