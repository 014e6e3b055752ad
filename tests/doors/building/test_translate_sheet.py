"""The translator's spreadsheet: out with every text, back in row by row, overwriting nobody."""

import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from guildhall.paperwork.forms import queries, services
from guildhall.paperwork.forms.problems import texts_of
from tests.definitions import every_kind, group, question, words
from tests.standing import NOON, a_parent, an_administrator, come_in

pytestmark = [pytest.mark.django_db, pytest.mark.req("GH-041")]
CODE = "EVERY-KIND"


@pytest.fixture
def owen(client: Client) -> Client:
    return come_in(client, an_administrator())


def built(**changes):
    return services.start_working(CODE, content=every_kind(**changes), by=None, now=NOON)


def sent_out(client: Client, **query: str) -> Workbook:
    answer = client.get(reverse("building:translate-export", args=[CODE]), query)
    assert answer.status_code == 200
    return load_workbook(io.BytesIO(answer.content))


def translate(book: Workbook, changes: dict[tuple[str, str, str], tuple[str | None, str | None]]) -> None:
    """Type in the rows of these places: (English, Welsh), None for as it is."""
    for row in book["texts"].iter_rows(min_row=2):
        place = tuple(str(cell.value or "") for cell in row[:3])
        for cell, typed in zip(row[4:6], changes.get(place, (None, None)), strict=True):
            cell.value = cell.value if typed is None else typed


def bring_back(client: Client, book: Workbook | bytes):
    if isinstance(book, Workbook):
        kept = io.BytesIO()
        book.save(kept)
        book = kept.getvalue()
    file = SimpleUploadedFile("texts.xlsx", book)
    return client.post(reverse("building:translate-import", args=[CODE]), {"file": file})


def keep(client: Client, page: str):
    proposed = re.search(r'name="proposed" value="([^"]+)"', page)
    assert proposed, page
    return client.post(reverse("building:translate-import", args=[CODE]), {"proposed": proposed[1]})


HINT = ("child", "CHILD_SURNAME", "text")
TITLE = ("", "", "title")


def test_every_text_goes_out_with_where_it_is_and_what_is_behind(owen: Client):
    live = services.publish(every_kind(), by=None, now=NOON)
    working = services.work_on(live.form, by=None, now=NOON)
    title = {"en": "Ask for help", "cy": every_kind()["title"]["cy"]}
    changed = every_kind(title=title, subtitle={"en": "Only English"})
    services.change_working(working, content=changed, revision=0, by=None, now=NOON)

    rows = [[cell or "" for cell in row] for row in sent_out(owen)["texts"].iter_rows(values_only=True)]

    assert rows[0] == ["Group", "Question code", "Part", "Where it is used", "English", "Welsh", "State"]
    assert [tuple(row[:3]) for row in rows[1:]] == [place for place, _ in texts_of(changed)]
    by_place = {tuple(row[:3]): row[3:] for row in rows[1:]}
    assert by_place[HINT][0] == "Child – CHILD_SURNAME – question text"
    assert by_place[("needs", "AREAS", "option speech text")][:2] == [
        "Needs – AREAS – speech – answer to choose",
        "Speech",
    ]
    assert by_place[TITLE][1:] == ["Ask for help", title["cy"], "English changed"]
    assert by_place[("", "", "subtitle")][1:] == ["Only English", "", "Missing"]


def test_a_published_version_goes_out_as_it_is(owen: Client):
    services.publish(every_kind(title=words("The first")), by=None, now=NOON)
    services.publish(every_kind(title=words("The second")), by=None, now=NOON)
    assert sent_out(owen, version="1")["texts"]["E2"].value == "The first"
    assert sent_out(owen)["texts"]["E2"].value == "The second"
    wrong = owen.get(reverse("building:translate-export", args=[CODE]), {"version": "9"})
    assert wrong.status_code == 404


def test_what_comes_back_is_shown_first_and_then_changes_those_texts_alone(owen: Client):
    built()
    book = sent_out(owen)
    translate(book, {HINT: (None, "Cyfenw eich plentyn"), ("child", "", "guidance"): ("Who is it?", None)})
    page = bring_back(owen, book)
    assert page.status_code == 200
    assert "Cyfenw eich plentyn" in page.text
    assert queries.working_form(CODE).content == every_kind()

    assert keep(owen, page.text).url == reverse("building:translate", args=[CODE])

    expected = every_kind()
    expected["groups"][0]["questions"][1]["text"]["cy"] = "Cyfenw eich plentyn"
    expected["groups"][0]["guidance"]["en"] = "Who is it?"
    assert queries.working_form(CODE).content == expected


def test_a_form_that_nobody_builds_is_begun_from_what_was_published(owen: Client):
    services.publish(every_kind(), by=None, now=NOON)
    book = sent_out(owen)
    translate(book, {HINT: (None, "Cyfenw")})
    page = bring_back(owen, book)
    assert queries.working_form(CODE) is None
    keep(owen, page.text)
    assert dict(texts_of(queries.working_form(CODE).content))[HINT]["cy"] == "Cyfenw"
    assert queries.live_version(CODE).definition == every_kind()


def test_words_that_somebody_typed_meanwhile_stay_and_the_row_says_so(owen: Client):
    working = built()
    book = sent_out(owen)
    title = {"en": "Ask", "cy": "Geiriau rhywun arall"}
    services.change_working(working, content=every_kind(title=title), revision=0, by=None, now=NOON)
    translate(book, {TITLE: (None, "Fy ngeiriau"), HINT: (None, "Cyfenw")})

    page = bring_back(owen, book)
    assert "Somebody changed these words since the spreadsheet was made" in page.text
    keep(owen, page.text)

    now = queries.working_form(CODE).content
    assert now["title"] == title  # what the translator did not touch in English stays too
    assert dict(texts_of(now))[HINT]["cy"] == "Cyfenw"


def test_welsh_for_english_that_changed_meanwhile_is_pointed_out(owen: Client):
    working = built()
    book = sent_out(owen)
    title = {"en": "Ask", "cy": every_kind()["title"]["cy"]}
    services.change_working(working, content=every_kind(title=title), revision=0, by=None, now=NOON)
    translate(book, {TITLE: (None, "Fy ngeiriau")})
    assert "The English changed since the spreadsheet was made" in bring_back(owen, book).text


def test_a_form_that_changed_while_somebody_looked_is_not_overwritten(owen: Client):
    working = built()
    book = sent_out(owen)
    translate(book, {HINT: (None, "Cyfenw")})
    page = bring_back(owen, book).text
    mine = every_kind(style="tabs")
    services.change_working(working, content=mine, revision=0, by=None, now=NOON)
    assert keep(owen, page).status_code == 409
    assert queries.working_form(CODE).content == mine


def test_unsaved_edits_of_a_builder_stay_unsaved(owen: Client):
    working = built()
    services.edit_working(working, content=every_kind(style="tabs"), revision=0, by=None, now=NOON)
    book = sent_out(owen)
    translate(book, {HINT: (None, "Cyfenw")})
    keep(owen, bring_back(owen, book).text)
    now = queries.working_form(CODE)
    assert now.content == every_kind()
    assert now.shown["style"] == "tabs"
    assert dict(texts_of(now.shown))[HINT]["cy"] == "Cyfenw"


def test_each_row_that_cannot_be_kept_says_why_and_the_others_are_kept(owen: Client):
    built()
    book = sent_out(owen)
    translate(book, {TITLE: (None, "x" * 301), HINT: (None, "Cyfenw")})
    book["texts"].append(["nowhere", "", "title", "", "New", "Newydd"])
    book["texts"].append([*HINT, "", "Again", "Eto"])
    page = bring_back(owen, book).text
    assert "Shorten it to 300 characters or fewer" in page
    assert page.count("The form has no such text now, or the row is there twice") == 4
    assert "Keep 1 changes" in page
    keep(owen, page)
    assert dict(texts_of(queries.working_form(CODE).content))[HINT]["cy"] == "Cyfenw"


def test_nothing_changed_is_nothing_to_keep_and_words_like_a_formula_stay_words(owen: Client):
    built(groups=[group("one", 2, question("A", hint={"en": "=1+1", "cy": "-dim"}))])
    book = sent_out(owen)
    assert {cell.data_type for row in book["texts"].iter_rows() for cell in row} <= {"s", "n"}
    assert "Nothing in this spreadsheet can be kept" in bring_back(owen, book).text


ODD: list[Any] = [b"", b"PK\x03\x04", b"group,question\n", b"x" * 3_000_001]


@pytest.mark.parametrize("file", ODD, ids=["empty", "broken", "csv", "large"])
def test_a_file_that_is_no_such_spreadsheet_is_refused_in_words(owen: Client, file: bytes):
    built()
    assert bring_back(owen, file).status_code == 422


def test_a_workbook_of_others_or_nothing_chosen_is_refused(owen: Client):
    built()
    assert bring_back(owen, Workbook()).status_code == 422
    assert owen.post(reverse("building:translate-import", args=[CODE])).status_code == 422
    assert owen.post(reverse("building:translate-import", args=[CODE]), {"proposed": "x"}).status_code == 422


def test_others_may_not_and_what_is_not_there_is_not_found(owen: Client):
    for name in ("translate-export", "translate-import"):
        assert owen.get(reverse(f"building:{name}", args=["NO-SUCH"])).status_code == 404
    built()
    parent = come_in(Client(), a_parent())
    for name in ("translate-export", "translate-import"):
        assert parent.get(reverse(f"building:{name}", args=[CODE])).status_code in (403, 404)
    assert "Translate in a spreadsheet" in owen.get(reverse("building:translate", args=[CODE])).text
