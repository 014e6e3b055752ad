"""Files made for the tests: good ones of every kind, and bad ones with the reason why each is refused.

Everything is generated here; nothing comes from a person.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from .compound import compound

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"


@dataclass(frozen=True)
class Sample:
    """A file with its name; ``refused`` is the reason, "" for a good file."""

    name: str
    content: bytes
    refused: str = ""
    about: str = ""

    def __str__(self) -> str:
        return f"{self.name}: {self.about or self.refused or 'good'}"


def zipped(entries: dict[str, bytes], *, stored: tuple[str, ...] = (), level: int = 6) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, content in entries.items():
            how = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(name, content, compress_type=how)
    return target.getvalue()


def docx(extra: dict[str, bytes] | None = None, *, main: str = f"{DOCX}.main+xml") -> bytes:
    types = f'<Types><Override PartName="/word/document.xml" ContentType="{main}"/></Types>'.encode()
    return zipped({"[Content_Types].xml": types, "word/document.xml": b"<w:document/>"} | (extra or {}))


def xlsx(extra: dict[str, bytes] | None = None, *, main: str = f"{XLSX}.main+xml") -> bytes:
    types = f'<Types><Override PartName="/xl/workbook.xml" ContentType="{main}"/></Types>'.encode()
    return zipped({"[Content_Types].xml": types, "xl/workbook.xml": b"<workbook/>"} | (extra or {}))


def opendocument(kind: str, extra: dict[str, bytes] | None = None, *, manifest: bytes = b"<m/>") -> bytes:
    entries = {"mimetype": kind.encode(), "content.xml": b"<c/>", "META-INF/manifest.xml": manifest}
    return zipped(entries | (extra or {}), stored=("mimetype",))


def doc(*, flags: int = 0, more: dict[str, bytes] | None = None) -> bytes:
    start = struct.pack("<HHHHHH", 0xA5EC, 0xC1, 0, 0x809, 0, flags).ljust(5000, b"\0")
    return compound({"WordDocument": start, "1Table": b"t" * 100} | (more or {}))


def xls(*, password: bool = False, macro_sheet: bool = False, more: dict[str, bytes] | None = None) -> bytes:
    def record(number: int, body: bytes) -> bytes:
        return struct.pack("<HH", number, len(body)) + body

    book = record(0x809, struct.pack("<HHHH", 0x600, 5, 0, 0).ljust(16, b"\0"))
    if password:
        book += record(0x2F, b"\0" * 54)
    book += record(0x85, struct.pack("<IBBBB", 0, 0, int(macro_sheet), 4, 0) + b"Data")
    book += record(0x0A, b"")
    return compound({"Workbook": book} | (more or {}))


def pdf(change: Callable[[PdfWriter], object] | None = None) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    if change:
        change(writer)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def pdf_with_hidden_script() -> bytes:
    """The script's dictionary is packed into an object stream, its name partly in hexadecimal."""
    packed = zlib.compress(b"1 0 << /S /Java#53cript /J#53 (app.alert(1)) >>")
    return (
        b"%PDF-1.7\n2 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length "
        + str(len(packed)).encode()
        + b" >>\nstream\n"
        + packed
        + b"\nendstream\nendobj\n%%EOF\n"
    )


def pdf_with_innocent_bytes() -> bytes:
    """Packed pixels may contain anything, also what elsewhere would name a script."""
    body = b"\x01\x02/JavaScript /Launch /Encrypt \xff"
    return (
        b"%PDF-1.4\n1 0 obj\n<< /Length 33 >>\nstream\n"
        + body
        + b"\nendstream\nendobj\ntrailer\n<<>>\n%%EOF\n"
    )


def launch(writer: PdfWriter) -> None:
    action = {NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("cmd.exe")}
    writer._root_object[NameObject("/OpenAction")] = DictionaryObject(action)


def run_script(writer: PdfWriter) -> None:
    action = {
        NameObject("/S"): NameObject("/JavaScript"),
        NameObject("/JS"): TextStringObject("app.alert(1)"),
    }
    writer._root_object[NameObject("/OpenAction")] = DictionaryObject(action)


def picture(form: str, size: tuple[int, int] = (40, 30), **options: object) -> bytes:
    target = io.BytesIO()
    image = Image.effect_noise(size, 60).convert("P" if form == "GIF" else "RGB")
    image.save(target, form, **options)
    return target.getvalue()


def located_exif(orientation: int = 6) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "A camera"
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 26.0), 3: "W", 4: (3.0, 10.0, 44.0)})
    return exif


def flood_png(width: int = 60_000, height: int = 60_000) -> bytes:
    """A picture that says it is enormous."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")


def symlinked() -> bytes:
    target = io.BytesIO(docx())
    with zipfile.ZipFile(target, "a") as archive:
        link = zipfile.ZipInfo("word/link")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return target.getvalue()


def overlapping() -> bytes:
    """Two entries of the directory that share one body."""
    content = docx({"a": b"x" * 1000, "b": b"x" * 1000})
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        first, second = archive.getinfo("a").header_offset, archive.getinfo("b").header_offset
    return content.replace(struct.pack("<I", second) + b"b", struct.pack("<I", first) + b"b")


def marked_encrypted() -> bytes:
    content = bytearray(docx())
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    return bytes(content)


def lying_about_size() -> bytes:
    """The directory says that an entry is short."""
    content = bytearray(docx({"word/big.xml": b"a" * 500_000}))
    at = content.rindex(struct.pack("<I", 500_000), 0, content.index(b"PK\x05\x06"))
    content[at : at + 4] = struct.pack("<I", 10)
    return bytes(content)


def good() -> Iterator[Sample]:
    yield Sample("letter.doc", doc())
    yield Sample("letter.docx", docx())
    yield Sample("chart.docx", docx({"word/media/image1.png": picture("PNG")}), about="with a picture")
    yield Sample("sheet.xls", xls())
    yield Sample("sheet.xlsx", xlsx())
    yield Sample("letter.odt", opendocument(ODT))
    yield Sample("sheet.ods", opendocument(ODS))
    yield Sample("report.pdf", pdf())
    yield Sample("scan.pdf", picture("PDF"), about="a scanned picture")
    yield Sample("innocent.pdf", pdf_with_innocent_bytes(), about="words inside packed pixels")
    for name, form in (
        ("a.jpg", "JPEG"),
        ("a.jpeg", "JPEG"),
        ("a.png", "PNG"),
        ("a.gif", "GIF"),
        ("a.bmp", "BMP"),
    ):
        yield Sample(name, picture(form))
    yield Sample("progressive.jpg", picture("JPEG", progressive=True))
    yield Sample("UPPER.JPG", picture("JPEG"))
    yield Sample("note.txt", "Nodyn am Siân Llŷr\r\n".encode())
    yield Sample("old.txt", "café £5 – “yes”".encode("cp1252"), about="Windows-1252")
    yield Sample("wide.txt", "Ŵyn".encode("utf-16"), about="UTF-16")
    yield Sample("list.csv", b"\xef\xbb\xbfname,age\nNia,7\n", about="with a mark")


def bad() -> Iterator[Sample]:
    yield from _wrong_kinds()
    yield from _bad_archives()
    yield from _bad_pdfs()
    yield from _bad_pictures()
    yield from _bad_compounds()


def _wrong_kinds() -> Iterator[Sample]:
    program = b"MZ\x90\0\x03" + b"\0" * 200
    yield Sample("program.exe", program, "Kind")
    yield Sample("page.html", b"<html></html>", "Kind")
    yield Sample("photo.svg", b"<svg/>", "Kind")
    yield Sample("noextension", b"words", "Kind")
    yield Sample("report.pdf.exe", program, "Kind")
    yield Sample("letter.docm", docx(), "Kind")
    yield Sample("photo.heic", b"\0\0\0\x18ftypheic", "Kind")
    for name in (
        "a.txt",
        "a.pdf",
        "a.docx",
        "a.doc",
        "a.png",
        "a.xls",
        "a.ods",
        "a.jpg",
        "a.gif",
        "a.bmp",
        "a.csv",
    ):
        yield Sample(name, program, "Content", "a program")
        yield Sample(name, b"", "Empty")
    yield Sample("a.txt", b"<html><script>alert(1)</script>", "Content", "a page")
    yield Sample("a.csv", b"\xff\xfe\0", "Content", "half a letter")
    yield Sample("a.txt", pdf(), "Content", "a PDF")
    yield Sample("a.jpg", picture("PNG"), "Content", "another kind of picture")
    yield Sample("a.docx", xlsx(), "Content", "a spreadsheet")
    yield Sample("a.xlsx", docx(), "Content", "a letter")
    yield Sample("a.odt", opendocument(ODS), "Content", "a spreadsheet")
    yield Sample("a.doc", xls(), "Content", "a spreadsheet")
    yield Sample("a.xls", doc(), "Content", "a letter")
    yield Sample("a.docx", zipped({"a.txt": b"x"}), "Content", "a plain archive")
    yield Sample("a.pdf", pdf() + zipped({"a.exe": b"MZ"}), "Content", "an archive behind it")
    yield Sample("a.pdf", pdf() + zipped({"a": b"M"}) + b"%%EOF", "Content", "an archive inside it")
    yield Sample("a.gif", picture("GIF") + zipped({"a.exe": b"MZ"}) + b";", "Content", "an archive behind it")


def _bad_archives() -> Iterator[Sample]:
    yield Sample("a.docx", docx({"word/vbaProject.bin": b"x"}), "Macros")
    yield Sample("a.docx", docx(main="application/vnd.ms-word.document.macroEnabled.main+xml"), "Macros")
    yield Sample("a.xlsx", xlsx({"xl/macrosheets/sheet1.xml": b"x"}), "Macros", "old macros")
    yield Sample("a.docx", docx({"word/activeX/activeX1.bin": b"x"}), "Macros", "a control")
    yield Sample("a.odt", opendocument(ODT, {"Basic/Standard/Module1.xml": b"x"}), "Macros")
    yield Sample("a.ods", opendocument(ODS, {"Scripts/python/a.py": b"x"}), "Macros")
    yield Sample("a.odt", opendocument(ODT, manifest=b"<manifest:encryption-data/>"), "Encrypted")
    yield Sample("a.docx", marked_encrypted(), "Encrypted")
    yield Sample("a.docx", compound({"EncryptedPackage": b"x" * 5000}), "Encrypted", "a closed container")
    yield Sample("a.docx", docx({"word/embeddings/oleObject1.bin": b"x"}), "Nested")
    yield Sample("a.docx", docx({"word/x.bin": zipped({"b": b"x"})}), "Nested", "an archive inside")
    yield Sample("a.docx", docx({"word/x.7z": b"x"}), "Nested", "an archive by name")
    yield Sample("a.docx", docx({f"word/{n}": b"" for n in range(2_001)}), "Bomb", "2,001 entries more")
    yield Sample("a.docx", docx({"word/x.xml": b"\0" * 20_000_000}), "Bomb", "a thousandfold")
    yield Sample("a.docx", overlapping(), "Bomb", "overlapping entries")
    yield Sample("a.docx", symlinked(), "Content", "a link")
    yield Sample("a.docx", docx({"../../etc/passwd": b"x"}), "Content", "a way out")
    yield Sample("a.docx", lying_about_size(), "Damaged", "a false size")
    yield Sample("a.docx", docx()[:-30], "Damaged", "cut short")
    yield Sample("a.docx", docx({"~": b"x"}).replace(b"~", b"\0"), "Damaged", "an entry without a name")
    yield Sample("a.docx", docx().replace(b"PK\x03\x04", b"PK\x03\x05"), "Content", "a broken start")


def _bad_pdfs() -> Iterator[Sample]:
    yield Sample("a.pdf", pdf(run_script), "Script", "JavaScript")
    yield Sample("a.pdf", pdf(launch), "Script", "starts a program")
    yield Sample(
        "a.pdf", pdf(lambda writer: writer.add_attachment("a.exe", b"MZ")), "Script", "a file inside"
    )
    yield Sample("a.pdf", pdf(lambda writer: writer.encrypt("secret", algorithm="RC4-128")), "Encrypted")
    yield Sample("a.pdf", pdf_with_hidden_script(), "Script", "JavaScript in a packed object")
    yield Sample("a.pdf", pdf()[:200], "Damaged", "cut short")
    yield Sample("a.pdf", b"junk" + pdf(), "Content", "junk before the start")


def _bad_pictures() -> Iterator[Sample]:
    yield Sample("a.png", flood_png(), "Pixels")
    yield Sample("a.jpg", picture("JPEG")[:-20], "Damaged", "cut short")
    yield Sample("a.png", picture("PNG")[:-20], "Damaged", "cut short")
    yield Sample("a.bmp", picture("BMP")[:-20], "Damaged", "cut short")
    yield Sample("a.gif", picture("GIF")[:-20], "Damaged", "cut short")


def _bad_compounds() -> Iterator[Sample]:
    yield Sample("a.doc", doc(more={"Macros": b"x"}), "Macros")
    yield Sample("a.xls", xls(more={"_VBA_PROJECT_CUR": b"x"}), "Macros")
    yield Sample("a.xls", xls(macro_sheet=True), "Macros", "old macros")
    yield Sample("a.xls", xls(password=True), "Encrypted")
    yield Sample("a.doc", doc(flags=0x0100), "Encrypted")
    yield Sample("a.doc", doc(more={"\x01Ole10Native": b"x"}), "Nested")
    yield Sample("a.doc", doc()[:700], "Damaged", "cut short")
