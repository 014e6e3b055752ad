"""Printing a form from the chronology and from Form Details: what is chosen is what is printed."""

import io
import re
from typing import Any

import docx
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pypdf import PdfReader

from guildhall.doors.council.printing_choice import Choice
from guildhall.doors.council.printing_document import document_of
from guildhall.doors.council.printing_panels import Answer, Form, Panel, Part
from guildhall.foundation.audit.models import Entry as Audited
from guildhall.foundation.documents import services as documents
from guildhall.records.children.models import Child
from guildhall.records.chronology.models import Entry
from guildhall.work.cases import services as cases
from guildhall.work.cases.models import Case
from tests.standing import (
    NOON,
    AskedClient,
    a_parent,
    a_safeguarding_officer,
    an_administrator,
    an_officer,
    come_in,
)
from tests.work.cases.scene import LATER, LETTER, a_case, a_form, an_open_case

pytestmark = pytest.mark.django_db
SIX = [
    {
        "key": f"part-{number}",
        "number": number,
        "title": {"en": f"Part {number}", "cy": f"Rhan {number}"},
        "guidance": {"en": f"Advice for part {number}", "cy": f"Cyngor ar ran {number}"},
        "questions": [
            {
                "code": f"{letter}{number}",
                "kind": "text",
                "text": {"en": f"Question {letter}{number}", "cy": f"Cwestiwn {letter}{number}"},
                **({"identity": "surname"} if (letter, number) == ("A", 2) else {}),
            }
            for letter in "AB"
        ],
    }
    for number in range(2, 8)
]
ANSWERS = {f"{letter}{number}": f"Answer {letter}{number}" for letter in "AB" for number in range(2, 8)}
ALL = ["000", "001", *(f"{number:03}" for number in range(2, 8))]


def a_long_form(**changes: Any):
    usual = {"title": {"en": "Assessment / Form", "cy": "Ffurflen Asesu"}, "groups": SIX}
    return a_form(code="LONG", **(usual | changes))


@pytest.fixture
def entry() -> Entry:
    return an_entry(guidance={"en": "## First\n\nRead the **whole**\nform", "cy": "Darllenwch y ffurflen"})


def an_entry(**form: Any) -> Entry:
    case = an_open_case(matched="added", version=a_long_form(**form), answers=ANSWERS)
    cases.approve(case, LETTER, by=an_officer(), now=LATER)
    return Entry.objects.get(source_id=str(case.submission_id))


def address(entry: Entry) -> str:
    return reverse("council:entry-print", args=[entry.pk])


def printed(client: Client, entry: Entry, **chosen: Any):
    """What Print gives for the chosen boxes; "was" as the page draws it first."""
    data = {"panel": ALL, "was": ALL, "kind": "normal", "format": "docx", "print": "yes"} | chosen
    return client.post(address(entry), data)


def said(answer: Any) -> list[str]:
    """Every line of a Word file, in order."""
    assert answer.status_code == 200, answer
    found = docx.Document(io.BytesIO(answer.content))
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    lines = ["".join(t.text or "" for t in p.iter(f"{w}t")) for p in found.element.body.iter(f"{w}p")]
    return [line for line in lines if line]


def headings(answer: Any, level: int = 2) -> list[str]:
    found = docx.Document(io.BytesIO(answer.content))
    return [each.text for each in found.paragraphs if each.style.name == f"Heading {level}"]


def pages(answer: Any) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages]


@pytest.mark.req("SP-224", "SP-231", "SP-235")
def test_a_form_is_printed_as_word_unless_pdf_is_chosen(officer: Client, entry: Entry):
    page = officer.get(address(entry))
    assert page.context["chosen"].format == "docx"

    word = printed(officer, entry)
    assert said(word)[0] == "Assessment / Form"
    for words in ("Answer A2", "Answer B7", "1 June 2026, 1pm"):
        assert words in said(word)
    reference = Case.objects.get().reference
    assert word["Content-Disposition"] == f'attachment; filename="Assessment - Form {reference}.docx"'

    pdf = printed(officer, entry, format="pdf")
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf["Content-Disposition"] == f'inline; filename="Assessment - Form {reference}.pdf"'
    assert "Answer B7" in " ".join(pages(pdf))


@pytest.mark.req("SP-226")
def test_print_leads_to_the_options_which_can_be_cancelled(officer: Client, entry: Entry):
    form = reverse("council:entry", args=[entry.pk])
    assert f'href="{address(entry)}"' in officer.get(form).text

    options = officer.get(address(entry)).text
    assert f'<a class="govuk-link" href="{form}">Cancel</a>' in options


@pytest.mark.req("SP-225")
def test_every_panel_has_a_box_and_the_subject_is_in_until_it_is_taken_out(officer: Client, entry: Entry):
    page = officer.get(address(entry))
    assert [panel["key"] for panel in page.context["panels"]] == ALL
    assert all(panel["ticked"] for panel in page.context["panels"])
    assert page.content.decode().count('name="panel"') == len(ALL)
    assert "2. Subject Details" in headings(printed(officer, entry))

    without = printed(officer, entry, panel=[key for key in ALL if key != "001"])
    assert not any("Subject Details" in heading for heading in headings(without))
    assert "Angharad" not in " ".join(said(without))


@pytest.mark.req("SP-227")
def test_headings_are_numbered_in_sequence_and_not_by_panel(officer: Client, entry: Entry):
    answer = printed(officer, entry, panel=["001", "004", "007"], was=ALL)

    assert headings(answer) == ["1. Subject Details", "2. Part 4", "3. Part 7"]


@pytest.mark.req("SP-228")
def test_a_question_is_left_out_and_checking_one_checks_its_panel(officer: Client, entry: Entry):
    some = printed(officer, entry, panel=["003"], question=["003:B3"])
    assert headings(some) == ["1. Part 3"]
    assert "Answer B3" in said(some) and "Answer A3" not in said(some)

    by_question = printed(officer, entry, panel=[], was=[], question=["005:A5"])
    assert headings(by_question) == ["1. Part 5"]
    assert "Answer A5" in said(by_question) and "Answer B5" not in said(by_question)


def test_a_panel_that_is_unticked_is_out_though_its_questions_are_still_ticked(officer: Client, entry: Entry):
    answer = printed(officer, entry, panel=["003"], question=["002:A2", "003:A3", "003:B3"])

    assert headings(answer) == ["1. Part 3"]


@pytest.mark.req("SP-228")
def test_select_all_and_deselect_all_work_on_all_panels_and_keep_the_rest(officer: Client, entry: Entry):
    kept = {"kind": "notes", "format": "pdf", "breaks": "yes"}

    none = officer.post(address(entry), {"select": "none"} | kept)
    assert not any(panel["ticked"] or panel["values"] for panel in none.context["panels"])
    every = officer.post(address(entry), {"select": "all"} | kept)
    assert all(panel["ticked"] and len(panel["values"]) for panel in every.context["panels"])
    for answer in (none, every):
        chosen = answer.context["chosen"]
        assert (chosen.kind, chosen.format, chosen.breaks) == ("notes", "pdf", True)


@pytest.mark.req("SP-229")
def test_notes_adds_a_blank_page_named_after_each_panel(officer: Client, entry: Entry):
    found = pages(printed(officer, entry, panel=["002", "003"], kind="notes", format="pdf"))

    assert len(found) == 4
    assert "Answer A2" in found[0] and "Answer A3" in found[2]
    for number, page in ((2, found[1]), (3, found[3])):
        assert f"Notes: Part {number}" in page
        assert "Answer" not in page
    assert officer.get(address(entry)).context["chosen"].kind == "normal"
    assert "Notes:" not in " ".join(pages(printed(officer, entry, format="pdf")))


@pytest.mark.req("SP-230", "SP-121")
def test_guidance_prints_the_notes_in_italics_above_the_panel(officer: Client, entry: Entry):
    answer = printed(officer, entry, panel=["002", "003"], kind="guidance")

    found = said(answer)
    assert found.index("1. Part 2") < found.index("Advice for part 2") < found.index("Answer A2")
    assert "Read the whole form" in found
    paragraphs = docx.Document(io.BytesIO(answer.content)).paragraphs
    italic = [each.text for each in paragraphs if each.runs and all(run.italic for run in each.runs)]
    assert italic == ["First", "Read the whole form", "Advice for part 2", "Advice for part 3"]
    assert "Advice for part 2" not in said(printed(officer, entry))


@pytest.mark.req("SP-230")
def test_guidance_is_not_to_be_had_of_a_form_without_notes(officer: Client):
    entry = an_entry()

    assert 'value="guidance"' not in officer.get(address(entry)).text
    refused = printed(officer, entry, kind="guidance")
    assert refused.status_code == 422
    assert "Choose a document type from the list" in refused.text


@pytest.mark.req("SP-231")
def test_page_break_begins_each_panel_on_a_page_of_its_own(officer: Client, entry: Entry):
    chosen = {"panel": ["002", "003", "004"], "format": "pdf"}

    assert len(pages(printed(officer, entry, **chosen))) == 1
    found = pages(printed(officer, entry, **chosen, breaks="yes"))
    assert ["Answer A2" in found[0], "Answer A3" in found[1], "Answer A4" in found[2]] == [True] * 3
    assert len(found) == 3


@pytest.mark.req("SP-232")
def test_the_options_are_these_and_neither_case_notes_nor_bookmarks(officer: Client, entry: Entry):
    page = officer.get(address(entry)).text

    form = page[page.index('<form method="post" novalidate data-choose') :]
    form = form.partition("</form>")[0]
    names = set(re.findall(r'<(?:input|button|select|textarea)[^>]* name="([^"]+)"', form))
    plain = {"csrfmiddlewaretoken", "was", "select", "panel", "question"}
    assert names - plain == {"kind", "format", "breaks", "print"}


def test_nothing_chosen_is_said_at_the_panels_and_nothing_is_printed(officer: Client, entry: Entry):
    answer = printed(officer, entry, panel=[], question=[])

    assert answer.status_code == 422
    assert 'href="#panels"' in answer.text
    assert "Choose at least one panel to print" in answer.text


@pytest.mark.heavy
@pytest.mark.both
@pytest.mark.parametrize(
    "junk", [{"panel": ["999", "<x>"]}, {"kind": "%00"}, {"format": "exe"}, {"panel": ["\x00"], "was": []}]
)
def test_whatever_is_sent_there_is_a_page(officer: Client, entry: Entry, junk: dict[str, Any]):
    assert printed(officer, entry, **junk).status_code == 422


def test_a_printout_is_in_the_language_of_the_page(officer: Client, entry: Entry):
    officer.post(reverse("account:language"), {"language": "cy", "next": "/"})

    found = said(printed(officer, entry, kind="notes"))
    assert found[0] == "Ffurflen Asesu"
    assert "Nodiadau: Rhan 2" in found


@pytest.mark.req("SP-224")
def test_form_details_prints_too_before_any_decision(officer: Client):
    case = a_case(matched="waiting", version=a_long_form(), answers=ANSWERS)
    href = reverse("council:case-print", args=[case.reference])
    assert href in officer.get(reverse("council:case", args=[case.reference])).text

    chosen = {"panel": ALL, "was": ALL, "kind": "normal", "format": "docx", "print": "yes"}
    answer = officer.post(href, chosen)
    assert "Answer B7" in said(answer)


def test_where_a_restricted_child_lives_is_not_printed(officer: Client, entry: Entry):
    Child.objects.update(restricted=True)

    found = " ".join(said(printed(officer, entry)))
    assert "Mill Lane" not in found and "GU1" not in found
    other = come_in(AskedClient(), a_safeguarding_officer())
    assert "GU1" in " ".join(said(printed(other, entry)))


def test_printing_is_recorded_as_looking_at_the_child(officer: Client, entry: Entry):
    printed(officer, entry)

    look = Audited.objects.filter(verb="child.viewed", detail__surface="print").latest("pk")
    assert look.child_id == entry.mention.child_id


def test_who_may_not_read_a_form_may_not_print_it(officer: Client):
    case = an_open_case("safeguarding", matched="added")
    cases.approve(case, LETTER, by=a_safeguarding_officer(), now=LATER)
    hidden = Entry.objects.get(source_id=str(case.submission_id))
    waiting = Entry.objects.get(source_id=str(a_case().submission_id))
    details = reverse("council:case-print", args=[case.reference])

    for client in (officer, come_in(Client(), an_administrator()), come_in(Client(), a_parent())):
        for href in (address(hidden), details):
            assert client.get(href).status_code in {403, 404}
            assert client.post(href, {"panel": ALL}).status_code in {403, 404}
    assert officer.get(address(waiting)).status_code == 404
    assert Client().get(address(hidden)).status_code == 302


def test_the_page_asks_as_much_of_the_database_for_many_questions_as_for_few(officer: Client):
    counts = []
    for groups in (SIX[:1], SIX):
        entry = an_entry(groups=groups)
        officer.get(address(entry))
        with CaptureQueriesContext(connection) as asked:
            assert officer.get(address(entry)).status_code == 200
        counts.append(len(asked))

    assert counts[0] == counts[1]


@pytest.mark.heavy
@pytest.mark.both
@hypothesis_settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(st.lists(st.booleans(), min_size=1, max_size=4), min_size=1, max_size=5),
    st.sampled_from(["normal", "notes", "guidance"]),
    st.booleans(),
)
def test_the_chosen_answers_and_no_others_are_printed_once_and_in_order(
    ticked: list[list[bool]], kind: str, breaks: bool
):
    panels = [_panel(number, len(row)) for number, row in enumerate(ticked)]
    picked = {f"{n:03}:{q}" for n, row in enumerate(ticked) for q, on in enumerate(row) if on}
    chosen = Choice({key[:3] for key in picked}, picked, kind, breaks=breaks)
    document = document_of(Form("T", "R", "en", panels, ["G"]), chosen, who="A", now=NOON)
    expected = [f"[{int(key[:3])}.{key[4:]}]" for key in sorted(picked)]

    class Reply:
        status_code, content = 200, documents.word(document)

    found = [line.partition(" ")[0] for line in said(Reply) if line.startswith("[")]
    assert found == expected
    Reply.content = documents.pdf(document)
    words = " ".join(pages(Reply))
    places = [words.index(each) for each in expected]
    assert places == sorted(places)
    assert words.count("&amp;") == len(expected)


def _panel(number: int, questions: int) -> Panel:
    key = f"{number:03}"
    answers = [Answer(f"{key}:{q}", f"Q{q}", [f"[{number}.{q}] &amp; ŷ"]) for q in range(questions)]
    return Panel(key, f"Ŵ <{number}>", [Part("", answers)])
