"""Pictures: whole, of a size that a reader's machine can show, and without where they were taken.

Location data goes by dropping the parts of the file that hold it; the pixels stay as they are.
"""

import io
import struct
from collections.abc import Iterator

from PIL import Image, UnidentifiedImageError

from .objection import Objection

MOST_PIXELS = 80_000_000
_FORMATS = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "gif": "GIF", "bmp": "BMP"}
_ORIENTATION = 0x0112
_PNG_START = b"\x89PNG\r\n\x1a\n"
_PNG_DROPPED = {b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"}
_GIF_COMMENT, _GIF_PROGRAM = 0xFE, 0xFF
_GIF_KEPT = (b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012")  # how often it repeats, and its colours


def inspect(content: bytes, kind: str) -> bytes:
    """The picture without location data. Raises Objection."""
    orientation = _verified(content, _FORMATS[kind])
    if _FORMATS[kind] == "JPEG":
        return b"".join(_jpeg_parts(content, orientation))
    if _FORMATS[kind] == "PNG":
        return _PNG_START + b"".join(_png_chunks(content))
    if _FORMATS[kind] == "GIF":
        return b"".join(_gif_blocks(content))
    return content


def _verified(content: bytes, wanted: str) -> int:
    """Check size and form; the orientation that the file asks for (1 is upright)."""
    try:
        with Image.open(io.BytesIO(content), formats=tuple(sorted(set(_FORMATS.values())))) as picture:
            if picture.format != wanted:
                raise Objection("Content")
            if picture.width * picture.height > MOST_PIXELS:
                raise Objection("Pixels")
            orientation = int(picture.getexif().get(_ORIENTATION, 1)) if wanted == "JPEG" else 1
            picture.verify()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Objection("Pixels") from error
    except UnidentifiedImageError as error:
        raise Objection("Content") from error
    except (OSError, SyntaxError, ValueError, TypeError, struct.error, EOFError) as error:
        raise Objection("Damaged") from error
    _long_enough(content, wanted)
    return orientation


def _long_enough(content: bytes, wanted: str) -> None:
    if wanted == "GIF" and not content.rstrip(b"\0").endswith(b";"):
        raise Objection("Damaged")
    if wanted == "BMP" and len(content) < struct.unpack_from("<I", content, 10)[0] + _bmp_pixels(content):
        raise Objection("Damaged")


def _bmp_pixels(content: bytes) -> int:
    """How many bytes an uncompressed bitmap's pixels take; 0 for a compressed one."""
    header, compression = struct.unpack_from("<I12xI", content, 14)
    if header < 40 or compression not in {0, 3}:
        return 0
    width, height = struct.unpack_from("<ii", content, 18)
    bits = struct.unpack_from("<H", content, 28)[0]
    return (width * bits + 31) // 32 * 4 * abs(height)


def _jpeg_parts(content: bytes, orientation: int) -> Iterator[bytes]:
    """The start, the orientation, then every part that shows the picture, up to its end mark."""
    yield content[:2]
    if 2 <= orientation <= 8:
        yield _orientation_part(orientation)
    position = 2
    while True:
        marker, end = _jpeg_part(content, position)
        if marker == 0xD9:
            yield content[position:end]
            return
        if marker == 0xDA:
            end = _end_of_scan(content, end)
        if _shows_picture(marker, content[position + 4 : position + 16]):
            yield content[position:end]
        position = end


def _orientation_part(orientation: int) -> bytes:
    exif = Image.Exif()
    exif[_ORIENTATION] = orientation
    body = exif.tobytes()
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _jpeg_part(content: bytes, position: int) -> tuple[int, int]:
    """The marker of the part at ``position`` and where the part ends."""
    while content[position : position + 2] == b"\xff\xff":
        position += 1
    if position + 2 > len(content) or content[position] != 0xFF:
        raise Objection("Damaged")
    marker = content[position + 1]
    if marker == 0xD9 or 0xD0 <= marker <= 0xD7 or marker == 0x01:
        return marker, position + 2
    if position + 4 > len(content):
        raise Objection("Damaged")
    return marker, position + 2 + struct.unpack_from(">H", content, position + 2)[0]


def _end_of_scan(content: bytes, position: int) -> int:
    """Where the packed pixels that start at ``position`` end: at the next marker."""
    while (position := content.find(b"\xff", position)) >= 0 and position + 1 < len(content):
        following = content[position + 1]
        if following != 0 and following != 0xFF and not 0xD0 <= following <= 0xD7:
            return position
        position += 1 if following == 0xFF else 2
    raise Objection("Damaged")


def _shows_picture(marker: int, start: bytes) -> bool:
    if marker == 0xE2:
        return start.startswith(b"ICC_PROFILE")
    return not (0xE1 <= marker <= 0xED or marker == 0xEF or marker == 0xFE)


def _png_chunks(content: bytes) -> Iterator[bytes]:
    position = len(_PNG_START)
    while position + 12 <= len(content):
        length, name = struct.unpack_from(">I4s", content, position)
        end = position + 12 + length
        if name not in _PNG_DROPPED:
            yield content[position:end]
        if name == b"IEND":
            return
        position = end
    raise Objection("Damaged")


def _gif_blocks(content: bytes) -> Iterator[bytes]:
    """The start, then every block that shows the picture, up to its end mark."""
    position = 13 + _gif_colours(content[10])
    yield content[:position]
    while (mark := content[position : position + 1]) != b";":
        if mark == b"!":
            end = _end_of_gif_block(content, position + 2)
        elif mark == b",":
            end = _end_of_gif_block(content, position + 11 + _gif_colours(content[position + 9]))
        else:
            raise Objection("Damaged")
        if mark == b"," or _gif_shows(content[position + 1], content[position + 3 : position + 14]):
            yield content[position:end]
        position = end
    yield b";"


def _gif_colours(flags: int) -> int:
    """How many bytes the table of colours takes."""
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _end_of_gif_block(content: bytes, position: int) -> int:
    """Where the pieces that start at ``position`` end: after one of no length."""
    while position < len(content) and (length := content[position]):
        position += length + 1
    if position >= len(content):
        raise Objection("Damaged")
    return position + 1


def _gif_shows(label: int, program: bytes) -> bool:
    return label != _GIF_COMMENT and (label != _GIF_PROGRAM or program in _GIF_KEPT)
