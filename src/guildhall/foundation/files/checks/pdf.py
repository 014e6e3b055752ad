"""PDF files: whole, open to read, and without anything that acts by itself.

Only what lies outside streams, and inside object streams, is structure; the rest is pages and pictures,
where the same bytes mean nothing.
"""

import re
import zlib
from collections.abc import Iterator

from .objection import Objection

_BODY = re.compile(rb"(?<=>>)\s*stream\r?\n")
_HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
_END = rb"(?=[\s/<>\[\]()%]|$)"
_ACTS = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia)" + _END)
_ENCRYPTS = re.compile(rb"/Encrypt" + _END)
_OBJECTS = re.compile(rb"/ObjStm" + _END)
MOST_UNPACKED = 32 * 1024 * 1024


def inspect(content: bytes) -> None:
    """Raise Objection for a file that is no PDF, is cut short, encrypted, or holds scripts or files."""
    if not content.startswith(b"%PDF-"):
        raise Objection("Content")
    if b"%%EOF" not in content[-2048:]:
        raise Objection("Damaged")
    for structure in _structures(content):
        plain = _HEX.sub(lambda match: bytes([int(match[1], 16)]), structure)
        if _ENCRYPTS.search(plain):
            raise Objection("Encrypted")
        if _ACTS.search(plain):
            raise Objection("Script")


def _structures(content: bytes) -> Iterator[bytes]:
    position, budget = 0, MOST_UNPACKED
    while body := _BODY.search(content, position):
        outside = content[position : body.start()]
        yield outside
        end = content.find(b"endstream", body.end())
        end = len(content) if end < 0 else end
        if _OBJECTS.search(_HEX.sub(lambda match: bytes([int(match[1], 16)]), outside[-2048:])):
            unpacked = _unpacked(content[body.end() : end], budget)
            budget -= len(unpacked)
            yield unpacked
        position = end
    yield content[position:]


def _unpacked(body: bytes, budget: int) -> bytes:
    reader = zlib.decompressobj()
    try:
        unpacked = reader.decompress(body, budget + 1)
    except zlib.error:
        return body
    if len(unpacked) > budget:
        raise Objection("Bomb")
    return unpacked
