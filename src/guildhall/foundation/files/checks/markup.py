"""XML files."""

from xml.parsers import expat

from .objection import Objection


def inspect(content: bytes) -> None:
    """Raise Objection unless ``content`` is well formed, and declares no document type and no entity."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise Objection("Content") from error


def _refuse(*_told: object) -> None:
    raise Objection("Content")
