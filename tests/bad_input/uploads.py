"""The corpus of uploads: good files as several programs make them, and bad ones of every kind, generated.

It builds on the samples of the files' own tests and multiplies them.
"""

import io
import itertools
import struct
from collections.abc import Callable, Iterator

from docx import Document as WordDocument
from docx.shared import Mm
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from PIL import Image, ImageCms, PngImagePlugin
from pypdf import PdfWriter

from guildhall.foundation.documents import Document, Section
from guildhall.foundation.documents import services as documents
from guildhall.foundation.kit import spreadsheets

from ..foundation.files import corpus
from ..foundation.files.corpus import ODS, ODT, Sample

WELSH = "Llŷr ŵyn â ŷd"
LANGUAGES = {
    "welsh": WELSH,
    "polish": "Zażółć gęślą jaźń",
    "urdu": "آپ کیسے ہیں",
    "chinese": "你好，学校",
    "emoji": "👩‍👧 family",
    "long": "word " * 40_000,
    "one letter": "a",
    "marks": "é e\u0301 ñ n\u0303",
    "apostrophes": "O'Neil O’Neil Oʼneil",
}
_TEXTS = {
    "utf-8": LANGUAGES,
    "utf-8-sig": {"welsh": WELSH, "chinese": LANGUAGES["chinese"]},
    "utf-16": {"welsh": WELSH, "urdu": LANGUAGES["urdu"]},
    "cp1252": {"pounds": "£5 – “yes” café", "french": "à bientôt, œuvre"},
    "ascii": {"plain": "Nothing more than words."},
}


def good() -> Iterator[Sample]:
    """At least 150 files that people send every day."""
    yield from corpus.good()
    yield from _pictures()
    yield from _pdfs()
    yield from _letters()
    yield from _workbooks()
    yield from _texts()


def bad() -> Iterator[Sample]:
    """At least 250 files that may not come in, each with the reason."""
    yield from (sample for sample in corpus.bad() if sample.refused != "Kind")
    yield from _under_another_name()
    yield from _cut_short()
    yield from _two_in_one()
    yield from _floods()
    yield from _closed_or_acting_pdfs()
    yield from _disguised_text()


def _saved(image: Image.Image, form: str, **options: object) -> bytes:
    target = io.BytesIO()
    image.save(target, form, **options)
    return target.getvalue()


def _shades(mode: str, size: tuple[int, int] = (24, 18)) -> Image.Image:
    return Image.effect_noise(size, 60).convert(mode)


def _pictures() -> Iterator[Sample]:
    for mode, (about, options) in itertools.product(("L", "RGB", "CMYK"), _JPEG.items()):
        yield Sample("a.jpg", _saved(_shades(mode), "JPEG", **options), about=f"{mode} {about}")
    for side in range(1, 9):
        turned = _saved(_shades("RGB"), "JPEG", exif=corpus.located_exif(side))
        yield Sample("a.jpeg", turned, about=f"taken on side {side}")
    for mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16"):
        image = _shades("L").convert("I").convert("I;16") if mode == "I;16" else _shades(mode)
        for about, options in {
            "plain": {},
            "small": {"optimize": True},
            "dense": {"dpi": (300, 300)},
        }.items():
            yield Sample("a.png", _saved(image, "PNG", **options), about=f"{mode} {about}")
    words = PngImagePlugin.PngInfo()
    words.add_itxt("Comment", WELSH)
    yield Sample("a.png", _saved(_shades("RGB"), "PNG", pnginfo=words), about="with words")
    frames = [_shades("L") for _ in range(4)]
    for name, form in (("a.gif", "GIF"), ("a.png", "PNG")):
        moving = _saved(frames[0], form, save_all=True, append_images=frames[1:], duration=80, loop=0)
        yield Sample(name, moving, about="it moves")
    for about, options in {"interlaced": {"interlace": 1}, "clear": {"transparency": 0}}.items():
        yield Sample("a.gif", _saved(_shades("P"), "GIF", **options), about=about)
    for mode in ("1", "L", "P", "RGB", "RGBA"):
        yield Sample("a.bmp", _saved(_shades(mode), "BMP"), about=mode)
    for name, size in itertools.product(("a.jpg", "a.png", "a.gif", "a.bmp"), ((1, 1), (1, 900), (900, 1))):
        form = {"jpg": "JPEG"}.get(name[2:], name[2:].upper())
        yield Sample(name, _saved(_shades("L", size), form), about=f"{size[0]} by {size[1]}")


_PNG: dict[str, dict[str, object]] = {"plain": {}, "small": {"optimize": True}, "dense": {"dpi": (300, 300)}}
_PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
_JPEG: dict[str, dict[str, object]] = {
    "baseline": {},
    "progressive": {"progressive": True},
    "poor": {"quality": 8},
    "fine": {"quality": 96, "subsampling": 0},
    "optimised": {"optimize": True},
    "with a comment": {"comment": b"Taken at school"},
    "with colours named": {"icc_profile": _PROFILE},
    "restarting": {"restart_marker_rows": 1},
}


def _pdfs() -> Iterator[Sample]:
    for pages in (2, 10):
        yield Sample("a.pdf", corpus.pdf(lambda w, n=pages: [w.add_blank_page(200, 200) for _ in range(n)]))
    changes: dict[str, Callable[[PdfWriter], object]] = {
        "bookmarks": lambda w: w.add_outline_item(title="Siân", page_number=0),
        "about itself": lambda w: w.add_metadata({"/Title": WELSH, "/Author": "Ysgol"}),
        "turned": lambda w: w.pages[0].rotate(90),
        "packed": lambda w: w.compress_identical_objects(),
        "opens wide": lambda w: setattr(w, "page_layout", "/TwoColumnLeft"),
    }
    for about, change in changes.items():
        yield Sample("a.pdf", corpus.pdf(change), about=about)
    for mode in ("1", "L", "RGB", "CMYK"):
        yield Sample("a.pdf", _saved(_shades(mode), "PDF"), about=f"a scan, {mode}")
    scans = [_shades("L") for _ in range(3)]
    yield Sample("a.pdf", _saved(scans[0], "PDF", save_all=True, append_images=scans[1:]), about="many scans")
    for language in ("en", "cy"):
        yield Sample("a.pdf", documents.pdf(_paper(language)), about=f"our own paper, {language}")


def _paper(language: str) -> Document:
    sections = [Section("1. One", rows=[("Name", [WELSH])]), Section("2. Two", note="Words")]
    return Document(title="A form", reference="SND-1", language=language, sections=sections, footer="End")


def _letters() -> Iterator[Sample]:
    for about, write in _WRITTEN.items():
        letter, target = WordDocument(), io.BytesIO()
        write(letter)
        letter.save(target)
        yield Sample("a.docx", target.getvalue(), about=about)
    for language in ("en", "cy"):
        yield Sample("a.docx", documents.word(_paper(language)), about=f"our own paper, {language}")
    for count in (1, 20):
        pictures = {f"Pictures/{n}.png": corpus.picture("PNG") for n in range(count)}
        yield Sample("a.odt", corpus.opendocument(ODT, pictures), about=f"{count} pictures")
        yield Sample("a.ods", corpus.opendocument(ODS, pictures), about=f"{count} pictures")
    for size in (1, 5_000, 200_000):
        yield Sample("a.doc", corpus.doc(more={"Data": b"d" * size}), about=f"{size} bytes of data")
        yield Sample("a.xls", corpus.xls(more={"Data": b"d" * size}), about=f"{size} bytes of data")


_WRITTEN: dict[str, Callable[..., object]] = {
    "nothing": lambda letter: None,
    "words": lambda letter: letter.add_paragraph(WELSH),
    "headings": lambda letter: [letter.add_heading(WELSH, level) for level in range(5)],
    "a table": lambda letter: letter.add_table(30, 6),
    "a picture": lambda letter: letter.add_picture(io.BytesIO(corpus.picture("PNG")), Mm(30)),
    "a list": lambda letter: letter.add_paragraph("one", style="List Bullet"),
    "two pages": lambda letter: letter.add_page_break(),
    "a header": lambda letter: letter.sections[0].header.add_paragraph(WELSH),
    "sections": lambda letter: letter.add_section(),
    "many words": lambda letter: [letter.add_paragraph(f"{WELSH} {n}") for n in range(400)],
}


def _workbooks() -> Iterator[Sample]:
    for about, write in _FIGURES.items():
        book, target = Workbook(), io.BytesIO()
        write(book)
        book.save(target)
        yield Sample("a.xlsx", target.getvalue(), about=about)
    book = Workbook()
    spreadsheets.put(book.worksheets[0], 1, ["=1+1", WELSH])
    yield Sample("a.xlsx", spreadsheets.finished(book, widths=(10, 20), freeze="A2"), about="our own list")


def _chart(book: Workbook) -> None:
    sheet = book.worksheets[0]
    for number in range(1, 9):
        sheet.append([number, number**2])
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=8))
    sheet.add_chart(chart, "D2")


_FIGURES: dict[str, Callable[[Workbook], object]] = {
    "nothing": lambda book: None,
    "words": lambda book: book.worksheets[0].append([WELSH, "2"]),
    "sums": lambda book: book.worksheets[0].append([1, 2, "=A1+B1"]),
    "sheets": lambda book: [book.create_sheet(f"Term {n}") for n in range(12)],
    "a chart": _chart,
    "merged": lambda book: book.worksheets[0].merge_cells("A1:C3"),
    "a remark": lambda book: setattr(book.worksheets[0]["A1"], "comment", Comment(WELSH, "Nia")),
    "many rows": lambda book: [book.worksheets[0].append([n, WELSH]) for n in range(2_000)],
    "frozen": lambda book: setattr(book.worksheets[0], "freeze_panes", "B2"),
    "a link": lambda book: setattr(book.worksheets[0]["A1"], "hyperlink", "https://example.org/"),
}


def _texts() -> Iterator[Sample]:
    for encoding, samples in _TEXTS.items():
        for about, words in samples.items():
            yield Sample("a.txt", words.encode(encoding), about=f"{about}, {encoding}")
            listed = f'name;words\r\nNia;"{words}"\r\n'
            yield Sample("a.csv", listed.encode(encoding), about=f"{about}, {encoding}")


def _first_of_each_kind() -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for sample in corpus.good():
        found.setdefault(sample.name.rpartition(".")[2].lower(), sample.content)
    return found


_SAME = ({"jpg", "jpeg"}, {"txt", "csv"})


def _under_another_name() -> Iterator[Sample]:
    """Every kind under the name of every other."""
    known = _first_of_each_kind()
    for (kind, content), other in itertools.product(known.items(), known):
        if kind != other and {kind, other} not in _SAME:
            yield Sample(f"a.{other}", content, "Content", f"really a .{kind}")


def _cut_short() -> Iterator[Sample]:
    for kind, content in _first_of_each_kind().items():
        if kind in {"txt", "csv"}:
            continue
        for part in (0.3, 0.6, 0.9):
            # Of this GIF so little is left that nothing says any more that it is one.
            reason = "Content" if (kind, part) == ("gif", 0.3) else "Damaged"
            yield Sample(f"a.{kind}", content[: int(len(content) * part)], reason, f"{part:.0%} of it")


def _two_in_one() -> Iterator[Sample]:
    """A file that another reader takes for an archive."""
    hidden = corpus.zipped({"run.exe": b"MZ"})
    for kind, content in _first_of_each_kind().items():
        if kind not in {"docx", "xlsx", "odt", "ods", "jpg", "jpeg", "png"}:
            reason = "Damaged" if kind == "gif" else "Content"
            yield Sample(f"a.{kind}", content + hidden, reason, "an archive behind it")
    for kind, make in (("docx", corpus.docx), ("xlsx", corpus.xlsx)):
        for inner in ("zip", "7z", "rar", "gz", "jar", "exe", "dll", "js", "vbs"):
            yield Sample(f"a.{kind}", make({f"x/a.{inner}": b"x"}), "Nested", f".{inner} inside")


def _floods() -> Iterator[Sample]:
    side = struct.pack("<H", 60_000)
    gif = bytearray(corpus.picture("GIF"))
    gif[6:10] = side * 2
    bmp = bytearray(corpus.picture("BMP"))
    bmp[18:26] = struct.pack("<ii", 60_000, 60_000)
    jpeg = bytearray(corpus.picture("JPEG"))
    at = jpeg.index(b"\xff\xc0")
    jpeg[at + 5 : at + 9] = struct.pack(">HH", 60_000, 60_000)
    for name, content in (("a.gif", gif), ("a.bmp", bmp), ("a.jpg", jpeg)):
        yield Sample(name, bytes(content), "Pixels", "60,000 by 60,000")
    for width, height in ((60_000, 2_000), (2_000, 60_000), (2**31 - 1, 1)):
        yield Sample("a.png", corpus.flood_png(width, height), "Pixels", f"{width} by {height}")
    for make, name in ((corpus.docx, "a.docx"), (corpus.xlsx, "a.xlsx")):
        yield Sample(name, make({"x": b"\0" * 30_000_000}), "Bomb", "a thousandfold")
        yield Sample(name, make({f"x/{n}": b"x" for n in range(3_000)}), "Bomb", "3,000 entries")


def _closed_or_acting_pdfs() -> Iterator[Sample]:
    for how in ("RC4-40", "RC4-128", "AES-128", "AES-256"):
        closed = corpus.pdf(lambda w, how=how: w.encrypt("secret", algorithm=how))
        yield Sample("a.pdf", closed, "Encrypted", how)
    acts = ("/JavaScript", "/JS", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/RichMedia", "/Java#53cript")
    for act, frame in itertools.product(acts, (b"<< /S %b >>", b"<</AA<</O<</S%b>>>>>>", b"[ %b ]")):
        body = b"%PDF-1.7\n1 0 obj\n" + frame % act.encode() + b"\nendobj\n%%EOF\n"
        yield Sample("a.pdf", body, "Script", f"{act} in {frame.decode()}")


_PAGES = (
    "<!DOCTYPE html>",
    "<html>",
    "<HEAD>",
    "<body onload=x>",
    "<script>",
    "<svg onload=x>",
    "<?php x",
    "<?xml version='1.0'?>",
    "#!/bin/sh",
)


def _disguised_text() -> Iterator[Sample]:
    pages = (
        "<!DOCTYPE html>",
        "<html>",
        "<HEAD>",
        "<body onload=x>",
        "<script>",
        "<svg onload=x>",
        "<?php x",
    )
    for page, kind in itertools.product((*pages, "<?xml version='1.0'?>", "#!/bin/sh"), ("txt", "csv")):
        yield Sample(f"a.{kind}", f"\n  {page}".encode(), "Content", page)
    for code in (0, 1, 7, 8, 0x1B, 0x7F):
        yield Sample("a.txt", b"words" + bytes([code]), "Content", f"control character {code}")
