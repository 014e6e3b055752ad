"""What is written comes back: a form through its file, answers through storage, summary and documents."""

import io
import json
import re
from typing import Any, NamedTuple

import docx
import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guildhall.doors.building.preview_paper import document_of
from guildhall.foundation.documents import services as documents
from guildhall.paperwork.forms import definition, exchange, services, spoken
from guildhall.paperwork.forms.definition import Definition
from guildhall.paperwork.forms.sheet import unstorable
from guildhall.paperwork.forms.walk import Walk
from guildhall.paperwork.submissions import services as submissions
from guildhall.paperwork.submissions.models import Draft
from tests.definitions import every_kind
from tests.standing import NOON, a_parent

from .made import TODAY, a_form, a_group, a_question, words
from .test_any_form import expected, filled, plain_forms

pytestmark = pytest.mark.django_db
QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]
SAID = st.text(min_size=1, max_size=40).filter(lambda said: said.strip() and not unstorable(said))


def few(count: int) -> settings:
    return settings(max_examples=count, deadline=None, suppress_health_check=QUIET)


def back_from_its_file(plain: dict[str, Any]) -> None:
    again = exchange.read(exchange.written(plain).encode())
    assert again == plain
    assert services.digest_of(again) == services.digest_of(plain)
    assert definition.compiled(again) == definition.compiled(plain)


@pytest.mark.req("GH-024")
@few(15)
@given(plain_forms())
def test_a_form_is_the_same_after_export_and_import(plain: dict[str, Any]):
    back_from_its_file(plain)


@pytest.mark.slow
@few(120)
@given(plain_forms())
def test_many_forms_are_the_same_after_export_and_import(plain: dict[str, Any]):
    back_from_its_file(plain)


@pytest.mark.req("GH-024")
@few(20)
@given(SAID, SAID)
def test_whatever_an_author_says_is_the_same_after_export_and_import(english: str, welsh: str):
    said = {"en": english, "cy": welsh}
    back_from_its_file(every_kind(guidance=said) | {"title": said})


def keep(form: Definition, plain: dict[str, Any], answers: dict[str, Any]) -> Draft:
    """The answers in a draft of the database, as they come out of it again."""
    version = services.publish(plain, by=None, now=NOON)
    owner = a_parent()
    draft = submissions.start_draft(
        owner, version=version, family_child=None, language="en", now=NOON, again=True
    )
    by_row = {
        key: {row["_id"]: row for row in value} if key in form.group_by_key else value
        for key, value in answers.items()
    }
    submissions.save_answers(draft, answers=by_row, revision=draft.revision, place="", by=owner, now=NOON)
    return Draft.objects.get(pk=draft.pk)


class Answered(NamedTuple):
    """A form, good answers of it, and what is said of them: a list of words for each step and row."""

    plain: dict[str, Any]
    answers: dict[str, Any]
    said: list[list[str]]


HIDDEN = "What was typed before the question went away"


@st.composite
def answered(draw: Any) -> Answered:
    """A form of a few questions, with rows of a repeating step and an answer that does not count any more."""
    kinds = st.lists(st.sampled_from(list(GOOD)), min_size=1, max_size=6, unique=True)
    first, again = draw(kinds), draw(kinds)
    picked = [draw(GOOD[kind]) for kind in first]
    rows = [[draw(GOOD[kind]) for kind in again] for _ in range(draw(st.integers(1, 2)))]
    answers = {f"Q{number}": value for number, (value, _) in enumerate(picked)} | {"GONE": HIDDEN}
    answers["rows"] = [
        {"_id": f"r{count}"} | {f"R{number}": value for number, (value, _) in enumerate(row)}
        for count, row in enumerate(rows)
    ]
    gone = a_question("GONE", when={"question": "Q0", "answered": False})
    plain = a_form(
        a_group("first", *(a_question(f"Q{number}", kind) for number, kind in enumerate(first)), gone),
        a_group("rows", *(a_question(f"R{number}", kind) for number, kind in enumerate(again)), **REPEATS),
    )
    return Answered(plain, answers, [[words for _, words in one] for one in (picked, *rows)])


REPEATS = {"repeats": {"least": 0, "most": 3, "item": words("row")}}
PLAIN = st.text(alphabet="abcdefghij klmnop", min_size=1, max_size=20).map(str.strip).filter(bool)
LINE = PLAIN.map(lambda said: re.sub(" +", " ", said))
GOOD: dict[str, st.SearchStrategy[tuple[Any, str]]] = {
    "text": LINE.map(lambda said: (said, said)),
    "memo": LINE.map(lambda said: (said, said)),
    "integer": st.integers(0, 999).map(lambda number: (number, str(number))),
    "yes_no": st.sampled_from([("yes", "Yes"), ("no", "No")]),
    "choose_one": st.sampled_from([("red", "Red"), ("green", "Green")]),
    "choose_several": st.just((["red", "blue"], "Red Blue")),
    "drop_down": st.sampled_from([("red", "Red"), ("green", "Green")]),
    "date": st.sampled_from([("2020-01-31", "31 January 2020"), ("2016-02-29", "29 February 2016")]),
    "time": st.sampled_from([("16:30", "4:30pm"), ("09:05", "9:05am")]),
    "money": st.sampled_from([("19.99", "£19.99"), ("0.50", "£0.50")]),
    "email": st.just(("anwen@example.org", "anwen@example.org")),
    "postcode": st.just(("LL57 1AA", "LL57 1AA")),
    "decimal": st.sampled_from([("12.50", "12.50"), ("0.05", "0.05")]),
    "telephone": st.just(("01632960001", "01632960001")),
    "date_range": st.just(({"from": "2026-05-01", "to": "2026-05-09"}, "1 May 2026 to 9 May 2026")),
    "nhs_number": st.just(("9434765919", "943 476 5919")),
    "establishment": LINE.map(lambda said: ({"urn": "", "name": said}, said)),
    "person": LINE.map(lambda said: ({"name": said, "role": "", "telephone": "", "email": ""}, said)),
    "signature": LINE.map(lambda said: ({"name": said, "on": "2026-06-01"}, f"{said} 1 June 2026")),
}


def bare(said: str) -> str:
    return re.sub(r"\s", "", said)


def come_back_everywhere(case: Answered) -> None:
    """Stored, the answers are themselves; said in words, they are on the summary, the PDF and in Word."""
    form = definition.parse(case.plain)
    held = keep(form, case.plain, case.answers).answers
    assert held == case.answers
    walk = Walk(form, held, TODAY)
    assert walk.sealed_answers() == {code: one for code, one in case.answers.items() if code != "GONE"}
    said = [[bare(words) for words in part] for part in case.said]
    parts = spoken.sections(form, held, "en", today=TODAY)
    assert [[bare(" ".join(pair.lines)) for pair in part.pairs] for part in parts] == said

    document = document_of(walk, "en")
    pages = pypdf.PdfReader(io.BytesIO(documents.pdf(document))).pages
    told_once_in_order(said, bare(" ".join(page.extract_text() for page in pages)))
    file = docx.Document(io.BytesIO(documents.word(document)))
    told_once_in_order(
        said, bare(" ".join(cell.text for table in file.tables for row in table.rows for cell in row.cells))
    )


def told_once_in_order(said: list[list[str]], found: str) -> None:
    """Every answer is ``found`` after the one before; what does not count is not."""
    at = 0
    for answer in (one for part in said for one in part):
        assert answer in found[at:], answer
        at = found.index(answer, at) + len(answer)
    assert bare(HIDDEN) not in found


@few(3)
@given(answered())
def test_answers_come_back_from_storage_summary_pdf_and_word(case: Answered):
    come_back_everywhere(case)


@pytest.mark.slow
@few(40)
@given(answered())
def test_many_answers_come_back_from_storage_summary_pdf_and_word(case: Answered):
    come_back_everywhere(case)


@few(10)
@given(filled())
def test_answers_good_and_bad_are_stored_as_they_are_and_take_the_same_route(case: tuple[Definition, Any]):
    form, answers = case
    held = json.loads(json.dumps(answers))
    walk = Walk(form, held, TODAY)
    wanted = expected(form, answers)
    assert [step.place for step in walk.steps] == wanted.route
    assert json.loads(json.dumps(walk.sealed_answers())) == wanted.sealed
