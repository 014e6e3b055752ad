"""Composing documents."""

import json
from pathlib import Path
from typing import Any

import typst

from guildhall.foundation.authority import queries as authority
from guildhall.foundation.texts import queries as texts

from . import fonts
from .document import Document, Section
from .glyphs import printable

_COMPOSER = Path(__file__).parent / "composer"


def pdf(document: Document) -> bytes:
    """``document`` as a tagged PDF that keeps to PDF/UA-1: title, language, headings, tables.

    The words travel as data, never as a program for the composer. The same document gives the same bytes.
    """
    return typst.compile(
        str(_COMPOSER / "document.typ"),
        root=str(_COMPOSER),
        font_paths=[str(fonts.folder())],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"document": json.dumps(_data(document))},
        pdf_standards=["ua-1"],
        timestamp=0,
    )


def _data(document: Document) -> dict[str, Any]:
    language = document.language

    def say(key: str) -> str:
        return printable(texts.say(f"shared.{key}", language))

    return {
        "title": printable(document.title).strip() or printable(document.reference).strip() or "–",
        "reference": printable(document.reference),
        "language": language,
        "authority": printable(authority.name_of_authority(language)),
        "front": [[printable(label), printable(value)] for label, value in document.front],
        "sections": [_section(section) for section in document.sections],
        "footer": printable(document.footer),
        "words": {
            "page": say("Document_Page"),
            "label": say("Document_Label"),
            "value": say("Document_Value"),
        },
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "heading": printable(section.heading).strip(),
        "note": printable(section.note),
        "rows": [[printable(label), [printable(line) for line in lines]] for label, lines in section.rows],
    }
