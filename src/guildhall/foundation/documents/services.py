"""Composing documents."""

import json
from pathlib import Path
from typing import Any

import typst

from guildhall.foundation.authority import queries as authority
from guildhall.foundation.texts import queries as texts

from . import fonts, word_file
from .document import Document, Look, Section
from .glyphs import printable
from .queries import look as look_now

_COMPOSER = Path(__file__).parent / "composer"
_DOTS_AN_INCH = 72


def pdf(document: Document, *, look: Look | None = None) -> bytes:
    """``document`` as a tagged PDF that keeps to PDF/UA-1: title, language, headings, tables.

    The words travel as data, never as a program for the composer. The same document gives the same bytes.
    ``look``: another one than the authority's own.
    """
    return _compiled(document, look or look_now(), format="pdf", pdf_standards=["ua-1"], timestamp=0)


def picture(document: Document, *, look: Look | None = None) -> bytes:
    """The first page of ``document`` as a PNG."""
    pages = _compiled(document, look or look_now(), format="png", ppi=_DOTS_AN_INCH)
    return pages[0] if isinstance(pages, list) else pages


def word(document: Document, *, look: Look | None = None) -> bytes:
    """``document`` as a Word file (.docx) with the same words in the same order."""
    words = {key: texts.say(f"shared.Document_{key}", document.language) for key in word_file.WORDS}
    name = authority.name_of_authority(document.language)
    return word_file.compose(document, look or look_now(), name, words)


def _compiled(document: Document, look: Look, **more: Any) -> Any:
    return typst.compile(
        str(_COMPOSER / "document.typ"),
        root=str(_COMPOSER),
        font_paths=[str(fonts.folder())],
        ignore_system_fonts=True,
        sys_inputs={"document": json.dumps(_data(document) | {"look": _look(look)})},
        **more,
    )


def _look(look: Look) -> dict[str, Any]:
    return {
        "panel": [fonts.FAMILIES[look.panel_font].pdf, look.panel_size],
        "sub": [fonts.FAMILIES[look.sub_font].pdf, look.sub_size],
        "logo": list(look.logo),
    }


def _data(document: Document) -> dict[str, Any]:
    language = document.language

    def say(key: str) -> str:
        return printable(texts.say(f"shared.Document_{key}", language))

    return {
        "title": printable(document.title).strip() or printable(document.reference).strip() or "–",
        "reference": printable(document.reference),
        "language": language,
        "authority": printable(authority.name_of_authority(language)),
        "front": [[printable(label), printable(value)] for label, value in document.front],
        "guidance": printable(document.guidance),
        "sections": [_section(section) for section in document.sections],
        "footer": printable(document.footer),
        "words": {"page": say("Page"), "label": say("Label"), "value": say("Value"), "logo": say("Logo")},
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "heading": printable(section.heading).strip(),
        "level": section.level,
        "starts_page": section.starts_page,
        "note": printable(section.note),
        "guidance": printable(section.guidance),
        "rows": [[printable(label), [printable(line) for line in lines]] for label, lines in section.rows],
    }
