"""The same document as a Word file."""

import io
import shutil
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PIL import Image

from guildhall.foundation.documents import Document, Look, Section, services
from guildhall.foundation.documents.word_file import clean

from .test_pdf import HOSTILE, a_document

pytestmark = pytest.mark.django_db
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def a_logo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (90, 30), "navy").save(out, "JPEG")
    return out.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    """Every part of the file, each of which must be whole and well-formed."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert file.testzip() is None
        parts = {name: file.read(name) for name in file.namelist()}
    for name, part in parts.items():
        if name.endswith((".xml", ".rels")):
            ElementTree.fromstring(part)
    return parts


def words_of(content: bytes) -> list[str]:
    """The paragraphs of the body in their order, those in tables too."""
    body = ElementTree.fromstring(parts_of(content)["word/document.xml"])
    return [_said(paragraph) for paragraph in body.iter(f"{W}p")]


def _said(paragraph: ElementTree.Element) -> str:
    breaks = {f"{W}br": "\n", f"{W}cr": "\n", f"{W}tab": "\t"}
    return "".join(
        node.text or "" if node.tag == f"{W}t" else breaks.get(node.tag, "") for node in paragraph.iter()
    )


def read(document: Document) -> "docx.document.Document":
    return docx.Document(io.BytesIO(services.word(document)))


def test_a_document_says_everything_in_order():
    found = words_of(services.word(a_document(guidance="Read this first")))

    said = [words for words in found if words]
    assert said == [
        "Request for an EHC needs assessment",
        "Question",
        "Answer",
        "Sent",
        "1 June 2026",
        "Read this first",
        "About the child",
        "Question",
        "Answer",
        "Name",
        "Siân Llŷr Ŵyn",
        "Needs",
        "Speech",
        "Hearing",
    ]


def test_the_head_and_foot_name_the_authority_the_reference_and_the_page():
    parts = parts_of(services.word(a_document()))
    every = b" ".join(part for name, part in parts.items() if "header" in name or "footer" in name).decode()

    for said in ("Guildhall demonstration council", "SND-2606-1234ABCD", "Keep this for your records."):
        assert said in every
    assert 'w:instr="PAGE"' in every and 'w:instr="NUMPAGES"' in every


def test_the_number_of_the_page_stands_at_the_right_below_a_footer_of_any_length():
    """A check number fills a line and more: a tab after it left the page number in the middle."""
    foot = read(a_document(footer=f"Check number (SHA-256): {'09fe' * 16}")).sections[0].footer.paragraphs
    assert [paragraph.text.startswith("Check number") for paragraph in foot] == [True, False]
    assert foot[1]._p.find(f"{W}fldSimple") is not None
    assert foot[1].alignment == WD_ALIGN_PARAGRAPH.RIGHT
    [alone] = read(a_document(footer="")).sections[0].footer.paragraphs
    assert alone.alignment == WD_ALIGN_PARAGRAPH.RIGHT


def test_the_number_of_the_page_is_as_small_and_grey_as_the_words_around_it():
    parts = parts_of(services.word(a_document()))
    for name in (name for name in parts if "header" in name or "footer" in name):
        for run in (
            run for run in ElementTree.fromstring(parts[name]).iter(f"{W}r") if run.find(f"{W}t") is not None
        ):
            assert run.find(f"{W}rPr/{W}sz").get(f"{W}val") == "18"
            assert run.find(f"{W}rPr/{W}color").get(f"{W}val") == "505A5F"


def test_the_columns_are_as_wide_as_their_cells_for_programs_that_ask_the_columns():
    [table, *_] = read(a_document()).tables

    columns = [column.width for column in table.columns]
    assert columns == [cell.width for cell in table.rows[0].cells]
    assert columns[1] > columns[0]
    assert table._tbl.tblPr.find(f"{W}tblCellMar/{W}top") is not None


@pytest.mark.parametrize(("language", "locale"), [("en", "en-GB"), ("cy", "cy-GB")])
def test_the_language_is_told_of_the_file_and_of_every_run(language: str, locale: str):
    content = services.word(a_document(language=language))
    body = ElementTree.fromstring(parts_of(content)["word/document.xml"])

    runs = [run for run in body.iter(f"{W}r") if run.find(f"{W}t") is not None]
    assert runs
    for run in runs:
        assert run.find(f"{W}rPr/{W}lang").get(f"{W}val") == locale
    assert docx.Document(io.BytesIO(content)).core_properties.language == locale


def test_title_headings_and_table_headers_are_told_to_a_screen_reader():
    found = read(a_document())

    assert found.core_properties.title == "Request for an EHC needs assessment"
    styles = [paragraph.style.name for paragraph in found.paragraphs if paragraph.text]
    assert styles == ["Heading 1", "Heading 2"]
    for table in found.tables:
        assert table.rows[0]._tr.find(f"{W}trPr/{W}tblHeader") is not None


def test_a_short_answer_stays_on_one_page_with_its_question():
    sections = [Section("1. Panel", [("Short", ["Yes"]), ("Long", ["Much to say. " * 80])])]
    *_, header, short, long = read(a_document(sections=sections)).tables[-1].rows
    kept = [bool(row._tr.findall(f".//{W}cantSplit")) for row in (header, short, long)]
    assert kept == [False, True, False]


def test_a_part_of_a_panel_is_a_heading_below_and_guidance_is_in_italics():
    sections = [
        Section("1. People", guidance="Name everybody\nYourself too", note="Nobody was added"),
        Section("Carer 1", [("Name", ["Ann"])], level=3, starts_page=True),
    ]
    by_words = {each.text: each for each in read(a_document(sections=sections)).paragraphs}

    said = [words for words in by_words if words][-5:]
    assert said == ["1. People", "Name everybody", "Yourself too", "Nobody was added", "Carer 1"]

    assert by_words["Carer 1"].style.name == "Heading 3"
    assert by_words["Carer 1"].paragraph_format.page_break_before
    assert not by_words["1. People"].paragraph_format.page_break_before
    assert all(run.italic for run in by_words["Name everybody"].runs)


@pytest.mark.req("SP-233")
def test_the_fonts_the_sizes_and_the_logo_are_those_of_the_authority():
    look = Look("serif", 18, "mono", 9, a_logo())
    parts = parts_of(services.word(a_document(), look=look))
    found = docx.Document(io.BytesIO(services.word(a_document(), look=look)))

    panel, sub = found.styles["Heading 2"].font, found.styles["Heading 3"].font
    assert (panel.name, panel.size.pt) == ("Times New Roman", 18)
    assert (sub.name, sub.size.pt) == ("Courier New", 9)
    assert any(part == look.logo for part in parts.values())
    assert b'descr="Logo"' in parts["word/document.xml"]


@pytest.mark.heavy
@pytest.mark.both
@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_looks_like_markup_comes_out_letter_for_letter(hostile: str):
    document = a_document(
        title=hostile,
        reference=hostile[:40],
        front=[(hostile, hostile)],
        sections=[Section(hostile, [(hostile, [hostile])], note=hostile, guidance=hostile)],
    )

    found = words_of(services.word(document))
    assert "\n".join(found).count(hostile) == 8


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Ŵyn Łódź", "Ŵyn Łódź"),
        ("a\x00b\x07c\x1b", "abc"),
        ("😀 日本", "😀 日本"),
        ("half \ud800 letter\uffff", "half  letter"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("Sia\u0302n", "Siân"),
    ],
)
def test_a_word_file_keeps_every_letter_that_it_can_hold(typed: str, kept: str):
    assert clean(typed) == kept
    assert kept in words_of(services.word(a_document(sections=[Section("A", [("B", [typed])])])))


def test_what_is_written_from_right_to_left_is_set_so():
    found = read(a_document(sections=[Section("A", [("B", ["محمد", "Mali"])])]))

    arabic, latin = found.tables[-1].rows[1].cells[1].paragraphs
    assert arabic.runs[0].font.rtl and arabic._p.find(f"{W}pPr/{W}bidi") is not None
    assert not latin.runs[0].font.rtl


def test_two_hundred_questions_come_in_order_in_both_kinds_of_file():
    rows = [(f"Question {number}", [f"Answer number {number};"]) for number in range(200)]
    document = a_document(sections=[Section("All", rows)])

    found = " ".join(words_of(services.word(document)))
    places = [found.index(f"Answer number {number};") for number in range(200)]
    assert places == sorted(places)
    assert services.pdf(document).startswith(b"%PDF")


@pytest.mark.heavy
@pytest.mark.both
@hypothesis_settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.lists(st.text(max_size=60), max_size=3), max_size=6))
def test_any_answers_are_all_there_once_and_in_order(typed: list[list[str]]):
    rows = [(f"Q{number}", [f"<{number}.{count}>{line}" for count, line in enumerate(lines)])
            for number, lines in enumerate(typed)]  # fmt: skip
    found = [clean(words) for words in words_of(services.word(a_document(sections=[Section("A", rows)])))]

    expected = [clean(line) for _label, lines in rows for line in lines]
    assert [words for words in found if words.startswith("<")] == expected


@pytest.mark.heavy
@pytest.mark.both
def test_the_file_opens_in_libreoffice(tmp_path: Path):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("COULD NOT TEST THAT WORD FILES OPEN: there is no soffice (LibreOffice Writer)")
    source = tmp_path / "form.docx"
    sections = [Section("1. Panel", [("Question", ["Ŵyn"])], starts_page=True)]
    source.write_bytes(services.word(a_document(sections=sections), look=Look(logo=a_logo())))

    home = f"-env:UserInstallation=file://{tmp_path}/home"
    done = subprocess.run(
        [office, home, "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", tmp_path, source],
        capture_output=True,
        timeout=180,
    )
    assert done.returncode == 0, done.stderr
    assert "Ŵyn" in (tmp_path / "form.txt").read_text(encoding="utf-8")
