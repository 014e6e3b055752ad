"""A document as a Word file. The words are put in as text, so that none of them can be markup."""

import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt, RGBColor
from docx.text.run import Run

from . import fonts
from .document import Document, Look, Section

WORDS = ("Page", "Label", "Value", "Logo")
_LOCALES = {"en": "en-GB", "cy": "cy-GB"}
_BODY = ("Arial", 10.5)
_GREY = RGBColor(0x50, 0x5A, 0x5F)
_ONE_DAY = datetime(2020, 1, 1, tzinfo=UTC)
_NOT_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# An answer of fewer letters stays on one page with its question.
_SHORT = 600
# Guidance of fewer letters stays on one page with what it explains.
_LONG = 1500
_WIDTHS = (Cm(6.4), Cm(10.6))
_UPRIGHT = {"left", "right", "insideV"}


def compose(document: Document, look: Look, authority: str, words: Mapping[str, str]) -> bytes:
    """The .docx of ``document``. ``authority`` is the name at its head, ``words`` those of ``WORDS``."""
    return _Composer(document, look, words).write(authority)


def clean(words: str) -> str:
    """``words`` without what a Word file cannot hold: control characters and halves of letters."""
    words = words.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _NOT_XML.sub("", words))


class _Composer:
    def __init__(self, document: Document, look: Look, words: Mapping[str, str]) -> None:
        self.document, self.look, self.words = document, look, words
        self.locale = _LOCALES[document.language]
        self.file = docx.Document()

    def write(self, authority: str) -> bytes:
        title = clean(self.document.title).strip() or clean(self.document.reference).strip() or "–"
        self._describe(title, authority)
        self._style()
        self._frame(authority)
        self._logo()
        self._paragraph(title, "Heading 1")
        if self.document.front:
            self._table([(label, [value]) for label, value in self.document.front])
        self._italics(self.document.guidance, then_rows=False)
        for section in self.document.sections:
            self._section(section)
        out = io.BytesIO()
        self.file.save(out)
        return out.getvalue()

    def _describe(self, title: str, authority: str) -> None:
        about = self.file.core_properties
        about.title, about.author, about.language = title[:255], clean(authority)[:255], self.locale
        about.comments = ""
        about.created = about.modified = _ONE_DAY

    def _style(self) -> None:
        panel, sub = fonts.FAMILIES[self.look.panel_font], fonts.FAMILIES[self.look.sub_font]
        self._font("Normal", *_BODY)
        self._font("Heading 1", _BODY[0], 20)
        self._font("Heading 2", panel.word, self.look.panel_size)
        self._font("Heading 3", sub.word, self.look.sub_size)

    def _font(self, style: str, name: str, size: float) -> None:
        made: Any = self.file.styles[style]
        made.font.name, made.font.size = name, Pt(size)
        if style != "Normal":
            made.font.color.rgb, made.font.bold = RGBColor(0, 0, 0), True
        properties = made.element.get_or_add_rPr()
        faces = properties.find(qn("w:rFonts"))
        for theme in [key for key in faces.attrib if key.endswith("Theme")]:
            del faces.attrib[theme]
        for face in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            faces.set(qn(face), name)
        properties.append(self._language())

    def _language(self) -> Any:
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), self.locale)
        return language

    def _frame(self, authority: str) -> None:
        section = self.file.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2)
        head = section.header.paragraphs[0]
        self._run(head, f"{authority}\t\t{self.document.reference}")
        feet = [section.footer.paragraphs[0]]
        if self.document.footer:
            self._run(feet[0], self.document.footer)
            feet.append(section.footer.add_paragraph())
        foot = feet[-1]
        foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        for part in re.split(r"(\{pages?\})", self.words["Page"]):
            self._field(foot, part) if part in {"{page}", "{pages}"} else self._run(foot, part)
        for paragraph in (head, *feet):
            for words in paragraph._p.iter(qn("w:r")):
                font = Run(words, paragraph).font
                font.size, font.color.rgb = Pt(9), _GREY

    def _field(self, paragraph: Any, name: str) -> None:
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), "PAGE" if name == "{page}" else "NUMPAGES")
        field.append(self._run(paragraph, "1")._r)
        paragraph._p.append(field)

    def _logo(self) -> None:
        if not self.look.logo:
            return
        picture = self.file.add_paragraph().add_run().add_picture(io.BytesIO(self.look.logo), height=Cm(1.6))
        if picture.width > Cm(17):
            picture.width, picture.height = Cm(17), Length(picture.height * Cm(17) // picture.width)
        about = picture._inline.docPr
        about.set("descr", self.words["Logo"])
        about.set("title", self.words["Logo"])

    def _section(self, section: Section) -> None:
        heading = clean(section.heading).strip()
        first = [*self._headed(section, heading)]
        if section.starts_page:
            start = first[0] if first else self.file.add_paragraph()
            start.paragraph_format.page_break_before = True
        if section.rows:
            self._table(section.rows)

    def _headed(self, section: Section, heading: str) -> Iterator[Any]:
        if heading:
            yield self._paragraph(heading, f"Heading {section.level}")
        yield from self._italics(section.guidance, then_rows=bool(section.rows))
        if section.note:
            yield self._paragraph(section.note)

    def _italics(self, words: str, *, then_rows: bool) -> list[Any]:
        """The lines of ``words``, each a paragraph; what is not long stays on the page of its rows."""
        paragraphs = [self._paragraph(line) for line in clean(words).split("\n") if line.strip()]
        for paragraph in paragraphs:
            paragraph.paragraph_format.keep_with_next = then_rows and len(words) < _LONG
            for run in paragraph.runs:
                run.italic = True
        return paragraphs

    def _paragraph(self, words: str, style: str = "Normal") -> Any:
        paragraph = self.file.add_paragraph(style=style)
        self._run(paragraph, words)
        return paragraph

    def _run(self, paragraph: Any, words: str, *, bold: bool = False) -> Any:
        words = clean(words)
        run = paragraph.add_run(words)
        if bold:
            run.bold = True
        properties = run._r.get_or_add_rPr()
        if _leads_right_to_left(words):
            run.font.rtl = True
            paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
        properties.append(self._language())
        return run

    def _table(self, rows: Sequence[tuple[str, Sequence[str]]]) -> None:
        table = self.file.add_table(rows=1, cols=2, style="Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
        for column, width in zip(table.columns, _WIDTHS, strict=True):
            column.width = width  # LibreOffice asks the columns, Word the cells
        _set_out(table)
        self._fill(table.rows[0], self.words["Label"], [self.words["Value"]])
        _mark(table.rows[0], "w:tblHeader")
        for label, lines in rows:
            row = table.add_row()
            self._fill(row, label, lines)
            if sum(len(line) for line in lines) < _SHORT:
                _mark(row, "w:cantSplit")
        self.file.add_paragraph().paragraph_format.space_after = Pt(0)

    def _fill(self, row: Any, label: str, lines: Sequence[str]) -> None:
        cells = row.cells
        for cell, width in zip(cells, _WIDTHS, strict=True):
            cell.width = width
        self._run(cells[0].paragraphs[0], label, bold=True)
        for count, line in enumerate(lines):
            self._run(cells[1].add_paragraph() if count else cells[1].paragraphs[0], line)


def _set_out(table: Any) -> None:
    """Grey lines between the rows, and room above and below their words."""
    properties = table._tbl.tblPr
    borders, margins = OxmlElement("w:tblBorders"), OxmlElement("w:tblCellMar")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        line.set(qn("w:val"), "nil" if side in _UPRIGHT else "single")
        if side not in _UPRIGHT:
            line.set(qn("w:sz"), "4")
            line.set(qn("w:color"), str(_GREY))
        borders.append(line)
    for side in ("top", "bottom"):
        room = OxmlElement(f"w:{side}")
        room.set(qn("w:w"), "50")
        room.set(qn("w:type"), "dxa")
        margins.append(room)
    layout = properties.find(qn("w:tblLayout"))
    layout.addprevious(borders)
    layout.addnext(margins)


def _mark(row: Any, property_name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(property_name))


def _leads_right_to_left(words: str) -> bool:
    """Whether the first letter that has a direction is Arabic, Hebrew or the like."""
    strong = (unicodedata.bidirectional(letter) for letter in words)
    return next((kind in {"R", "AL"} for kind in strong if kind in {"L", "R", "AL"}), False)
