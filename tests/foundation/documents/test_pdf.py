import io
from pathlib import Path

import pdfua
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from guildhall.foundation.documents import Document, Look, Section, fonts, services
from guildhall.foundation.documents.glyphs import printable

pytestmark = pytest.mark.django_db
HOSTILE = [
    '#strong[x] #import("a") #sys.inputs $a^2$ <label> @ref *b* _i_ `raw` \\u{41} // no /* no */ ~ -- ...',
    "\"quotes\" 'single' ${x} {{ y }} %s {0.__class__} {page} {pages}",
    "= not a heading\n- not a list\n+ nor this\n/ term: nor this",
    "<script>alert(1)</script> & <b>",
    "#" * 400,
    "[[[[((((}}}}",
]


def a_document(**more: object) -> Document:
    parts = {
        "title": "Request for an EHC needs assessment",
        "reference": "SND-2606-1234ABCD",
        "language": "en",
        "front": [("Sent", "1 June 2026")],
        "sections": [
            Section("About the child", [("Name", ["Siân Llŷr Ŵyn"]), ("Needs", ["Speech", "Hearing"])])
        ],
        "footer": "Keep this for your records.",
    }
    return Document(**(parts | more))


def read(document: Document) -> PdfReader:
    return PdfReader(io.BytesIO(services.pdf(document)))


def words_of(reader: PdfReader) -> str:
    return " ".join("\n".join(page.extract_text() for page in reader.pages).replace("\u200b", "").split())


def test_a_document_says_everything_it_was_given():
    words = words_of(read(a_document()))

    for said in (
        "Request for an EHC needs assessment",
        "SND-2606-1234ABCD",
        "Sent",
        "1 June 2026",
        "About the child",
    ):
        assert said in words
    for said in ("Siân Llŷr Ŵyn", "Speech", "Hearing", "Keep this for your records.", "1 of 1"):
        assert said in words
    assert "Guildhall demonstration council" in words


def test_a_document_in_welsh_is_welsh_all_through():
    reader = read(a_document(language="cy", title="Cais am asesiad anghenion"))

    words = words_of(reader)
    assert "Cyngor arddangos Guildhall" in words
    assert "1 o 1" in words
    assert "Cwestiwn" in words
    assert reader.trailer["/Root"]["/Lang"].startswith("cy")


def test_a_document_is_tagged_titled_and_says_that_it_keeps_to_the_standard():
    reader = read(a_document())
    root = reader.trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"].value is True
    assert root["/StructTreeRoot"]
    assert root["/Lang"].startswith("en")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Request for an EHC needs assessment"
    assert b"pdfuaid:part" in root["/Metadata"].get_data()


def test_headings_and_tables_are_told_to_a_screen_reader():
    reader = read(a_document())
    kinds = _kinds(reader.trailer["/Root"]["/StructTreeRoot"])

    assert {"/H1", "/H2", "/Table", "/TR", "/TH", "/TD"} <= kinds


def _kinds(node: object) -> set[str]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return set().union(*(_kinds(child) for child in node))
    if not isinstance(node, dict):
        return set()
    return {str(node.get("/S", ""))} | _kinds(node.get("/K", []))


def test_pages_are_numbered_to_the_end_and_each_carries_the_reference():
    sections = [
        Section(f"Part {n}", [(f"Question {m}", ["An answer"] * 5) for m in range(6)]) for n in range(9)
    ]
    reader = read(a_document(sections=sections))

    count = len(reader.pages)
    assert count > 3
    for number, page in enumerate(reader.pages, start=1):
        assert f"{number} of {count}" in page.extract_text()
        assert "SND-2606-1234ABCD" in page.extract_text()


@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_looks_like_a_program_comes_out_letter_for_letter(hostile: str):
    document = a_document(
        title=hostile,
        reference=hostile[:40],
        footer=hostile[:40],
        front=[(hostile, hostile)],
        sections=[Section(hostile, [(hostile, [hostile])], note=hostile)],
    )

    assert " ".join(hostile.split()).replace(" ", "") in words_of(read(document)).replace(" ", "")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Ŵyn Łódź Šárka Đorđe", "Ŵyn Łódź Šárka Đorđe"),
        ("a\x00b\x07c\x1b", "abc"),
        ("x\u202ey\u200dz\ufe0f", "xyz"),
        ("😀 ok", "[grinning face] ok"),
        ("日本", "[U+65E5][U+672C]"),
        ("half \ud800 letter", "half  letter"),
        ("tab\there", "tab here"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("Sia\u0302n", "Siân"),
        ("محمد", "محمد"),
    ],
)
def test_every_character_is_shown_as_itself_or_named(typed: str, shown: str):
    assert printable(typed) == shown


def test_a_very_long_word_breaks_rather_than_run_off_the_page():
    reader = read(a_document(sections=[Section("Long", [("Word", ["w" * 3_000])])]))

    assert words_of(reader).count("w") >= 3_000
    assert len(reader.pages) <= 3


def test_an_answer_longer_than_a_page_goes_on_on_the_next():
    answer = "\n".join(f"line {number}" for number in range(300))

    words = words_of(read(a_document(sections=[Section("Long", [("Story", [answer])])])))

    assert "line 0" in words
    assert "line 299" in words


def test_a_document_with_nothing_in_it_is_still_a_document():
    reader = read(
        a_document(sections=[Section("Empty", [("No answer", []), ("", [""])]), Section("Bare")], front=[])
    )

    assert "Empty" in words_of(reader)


def test_the_same_document_gives_the_same_bytes():
    assert services.pdf(a_document()) == services.pdf(a_document())


@pytest.mark.heavy
@pytest.mark.both
@hypothesis_settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(max_size=200))
def test_no_text_ever_stops_a_document(typed: str):
    assert services.pdf(a_document(title=typed or "x", sections=[Section(typed, [(typed, [typed])])]))


def test_the_fonts_know_welsh():
    assert {ord(letter) for letter in "âêîôûŵŷÂÊÎÔÛŴŶáéíóúẃýàèìòùẁỳäëïöüẅÿ"} <= fonts.covered()


def _pictured() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (90, 30), "navy").save(out, "JPEG")
    return out.getvalue()


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("look", [Look(), Look("serif", 20, "mono", 9, _pictured())])
def test_a_checker_of_the_standard_finds_nothing(tmp_path: Path, language: str, look: Look):
    sections = [
        Section("1. Dates", [("Sent", ["1 June 2026"])], note="A note"),
        Section("2. People", guidance="Name everybody"),
        Section("Carer 1", [("Name", ["Siân"])], level=3),
        Section("Notes: People", starts_page=True),
        Section("3. More", [("Why", ["Because"])], starts_page=True),
    ]
    path = tmp_path / "form.pdf"
    path.write_bytes(services.pdf(a_document(language=language, sections=sections, guidance="G"), look=look))

    report = pdfua.validate(str(path))

    assert [(each.rule_id, each.message) for each in report.findings] == []


def test_what_starts_a_page_does_and_a_page_for_notes_is_otherwise_empty():
    sections = [
        Section("1. People", [("Name", ["Siân"])]),
        Section("Notes: People", starts_page=True),
        Section("2. More", [("Why", ["Because"])], starts_page=True),
    ]
    pages = [page.extract_text() for page in read(a_document(sections=sections)).pages]

    assert len(pages) == 3
    assert "Notes: People" in pages[1] and "Because" not in pages[1]
    assert "Because" in pages[2]


@pytest.mark.req("SP-233")
def test_panels_and_their_parts_have_the_fonts_of_the_authority():
    sections = [Section("Panel", [("Name", ["x"])]), Section("Part", [("Name", ["x"])], level=3)]
    content = services.pdf(a_document(sections=sections), look=Look("serif", 20, "mono", 9, _pictured()))
    fonts_used = {
        str(font.get_object()["/BaseFont"]).partition("+")[2]
        for page in PdfReader(io.BytesIO(content)).pages
        for font in page["/Resources"]["/Font"].values()
    }

    assert any("Libertinus" in name for name in fonts_used)
    assert any("DejaVu" in name for name in fonts_used)


@hypothesis_settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.text(alphabet="abcŵŷâéABC 0123456789#$*_<>&", max_size=40), max_size=8))
def test_any_answers_are_all_there_once_and_in_order(typed: list[str]):
    rows = [(f"Q{number}", [f"[{number}]{line}[/]"]) for number, line in enumerate(typed)]
    found = words_of(read(a_document(sections=[Section("A", rows)]))).replace(" ", "")

    told = [f"[{number}]{line}[/]".replace(" ", "") for number, line in enumerate(typed)]
    places = [found.find(each) for each in told]
    assert -1 not in places
    assert places == sorted(places)
    assert all(found.count(each) == 1 for each in told)
