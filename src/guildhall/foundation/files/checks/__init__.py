"""Whether a file is what its name says, and harmless as far as its own format can tell.

``inspect`` is the way in. One module per family of formats raises ``Objection``, whose reason is the
end of a text's name: ``shared.Error_File_<reason>``.
"""

import filetype

from guildhall.foundation.files.kinds import PICTURES

from . import markup, ole, pdf, pictures, plain, zips
from .objection import Objection

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OFFICE = frozenset({"docx", "xlsx", "odt", "ods"})

__all__ = ["Objection", "inspect"]


def inspect(content: bytes, kind: str) -> bytes:
    """The bytes to keep for a file called ``….<kind>``: pictures lose their location data.

    Raises Objection when the content does not agree with ``kind`` or may not be taken.
    """
    if not content:
        raise Objection("Empty")
    kept = content
    if kind in PICTURES:
        kept = pictures.inspect(content, kind)
    elif kind in _OFFICE:
        if content.startswith(_OLE):
            raise Objection("Encrypted" if ole.is_encrypted_package(content) else "Content")
        zips.inspect(content, kind)
    elif kind in {"doc", "xls"}:
        ole.inspect(content, kind)
    elif kind == "pdf":
        pdf.inspect(content)
    elif kind == "xml":
        markup.inspect(content)
    else:
        _no_known_format(content)
        plain.inspect(content)
    if kind not in _OFFICE and zips.ends_as_archive(content):
        raise Objection("Content")
    return kept


def _no_known_format(content: bytes) -> None:
    if filetype.guess(content[:8192]) is not None:
        raise Objection("Content")
