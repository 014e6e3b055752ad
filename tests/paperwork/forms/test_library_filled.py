"""Every form of the library can be filled in to its end, whatever is chosen on the way."""

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guildhall.paperwork.forms.definition import Definition, Question, parse
from guildhall.paperwork.forms.library_files import library_paths, read_definition
from guildhall.paperwork.forms.walk import Walk

TODAY = date(2026, 6, 1)
FORMS = {path.stem: parse(read_definition(path)) for path in library_paths()}
PLAIN: dict[str, Any] = {
    "text": "Words",
    "memo": "Words",
    "email": "anwen@example.org",
    "telephone": "01632960001",
    "postcode": "LL57 1AA",
    "upn": "A801200001001",
    "nhs_number": "9434765919",
    "time": "09:15",
    "address": {"lines": ["4 Stryd y Bont"], "town": "Bangor", "postcode": "LL57 1AA", "uprn": ""},
    "person": {"name": "Dilys Puw", "role": "Nurse", "telephone": "", "email": ""},
    "establishment": {"urn": "", "name": "Ysgol y Garn"},
    "signature": {"name": "Dilys Puw", "on": "2026-06-01"},
    "file": ["0f8fad5b-d9cb-469f-a165-70867728950e"],
    "image": ["0f8fad5b-d9cb-469f-a165-70867728950e"],
}


def answer(question: Question, data: st.DataObject) -> Any:
    """An answer of the question's kind that keeps to its bounds."""
    if question.kind in ("choose_one", "drop_down"):
        return data.draw(st.sampled_from([option.id for option in question.options]))
    if question.kind == "choose_several":
        alone = [[option.id] for option in question.options]
        together = [option.id for option in question.options if not option.exclusive]
        return data.draw(st.sampled_from([*alone, together]))
    if question.kind == "yes_no":
        return data.draw(st.sampled_from(["yes", "no"]))
    if question.kind in ("integer", "decimal", "money"):
        number = int(question.minimum or question.maximum or 1)  # type: ignore[arg-type]
        return number if question.kind == "integer" else f"{number:.{question.decimals}f}"
    if question.kind in ("date", "date_range"):
        return _day(question)
    value = PLAIN[question.kind]
    return value[: question.max_length] if question.kind in ("text", "memo") else value


def _day(question: Question) -> Any:
    bounds = [one.on(TODAY) for one in (question.minimum, question.maximum) if one is not None]  # type: ignore[union-attr]
    day = (bounds[0] if bounds else TODAY).isoformat()
    return day if question.kind == "date" else {"from": day, "to": day}


def _add_row(answers: dict[str, Any], definition: Definition, place: str, data: st.DataObject) -> None:
    """One more row, with its first answer: a row without any is none."""
    rows = answers.setdefault(place, [])
    first = next(one for one in definition.group_by_key[place].questions if one.kind != "information")
    rows.append({"_id": f"row{len(rows)}", first.code: answer(first, data)})


def filled(definition: Definition, data: st.DataObject) -> Walk:
    """The form answered gap by gap until none is left, or until that stops helping."""
    answers: dict[str, Any] = {}
    for _ in range(60):
        walk = Walk(definition, answers, TODAY)
        if not walk.gaps:
            return walk
        for gap in walk.gaps:
            if not gap.code:
                _add_row(answers, definition, gap.place, data)
                continue
            question = definition.question_by_code[gap.code]
            rows = [row for row in answers.get(gap.place, []) if gap.row_id and row["_id"] == gap.row_id]
            (rows[0] if rows else answers)[gap.code] = answer(question, data)
    return Walk(definition, answers, TODAY)


@pytest.mark.req("GH-024")
@pytest.mark.django_db
@pytest.mark.parametrize("stem", sorted(FORMS))
@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_every_form_can_be_filled_in_to_its_end(stem: str, data: st.DataObject) -> None:
    walk = filled(FORMS[stem], data)
    assert walk.gaps == ()
    assert walk.sealed_answers()


@pytest.mark.parametrize("stem", sorted(FORMS))
def test_no_group_takes_the_place_of_the_summary(stem: str) -> None:
    assert "summary" not in FORMS[stem].group_by_key
