"""What is written comes back: a form through its file, answers through storage, summary and documents."""

import io
import json
import re
from typing import Any

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

from .made import TODAY, a_form, a_group, a_question
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


@st.composite
def answered(draw: Any) -> tuple[dict[str, Any], list[tuple[str, Any]]]:
    """A form of a few questions with good answers, and what each answer is in words."""
    kinds = draw(st.lists(st.sampled_from(list(GOOD)), min_size=1, max_size=6, unique=True))
    asked = [a_question(f"Q{number}", kind) for number, kind in enumerate(kinds)]
    picked = [draw(GOOD[kind]) for kind in kinds]
    return a_form(a_group("first", *asked)), picked


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
}


def bare(said: str) -> str:
    return re.sub(r"\s", "", said)


def come_back_everywhere(plain: dict[str, Any], picked: list[tuple[Any, str]]) -> None:
    """Stored, the answers are themselves; said in words, they are on the summary, the PDF and in Word."""
    form = definition.parse(plain)
    answers = {f"Q{number}": value for number, (value, _) in enumerate(picked)}
    held = keep(form, plain, answers).answers
    assert held == answers
    walk = Walk(form, held, TODAY)
    assert walk.sealed_answers() == answers
    said = [bare(words) for _, words in picked]
    [part] = spoken.sections(form, held, "en", today=TODAY)
    assert [bare(" ".join(pair.lines)) for pair in part.pairs] == said

    document = document_of(walk, "en")
    pages = pypdf.PdfReader(io.BytesIO(documents.pdf(document))).pages
    on_paper = bare(" ".join(page.extract_text() for page in pages))
    file = docx.Document(io.BytesIO(documents.word(document)))
    in_word = bare(" ".join(cell.text for table in file.tables for row in table.rows for cell in row.cells))
    assert [words for words in said if words not in on_paper] == []
    assert [words for words in said if words not in in_word] == []


@few(3)
@given(answered())
def test_answers_come_back_from_storage_summary_pdf_and_word(case: tuple[Any, Any]):
    come_back_everywhere(*case)


@pytest.mark.slow
@few(40)
@given(answered())
def test_many_answers_come_back_from_storage_summary_pdf_and_word(case: tuple[Any, Any]):
    come_back_everywhere(*case)


@few(10)
@given(filled())
def test_answers_good_and_bad_are_stored_as_they_are_and_take_the_same_route(case: tuple[Definition, Any]):
    form, answers = case
    held = json.loads(json.dumps(answers))
    walk = Walk(form, held, TODAY)
    route, sealed = expected(form, answers)
    assert [step.place for step in walk.steps] == route
    assert json.loads(json.dumps(walk.sealed_answers())) == sealed
