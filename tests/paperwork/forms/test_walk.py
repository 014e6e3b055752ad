import pytest
from django.utils import translation

from guildhall.paperwork.forms.definition import Definition

from .made import a_group, a_question, parsed, walk, words

pytestmark = pytest.mark.django_db

PEOPLE = {"least": 1, "most": 2, "item": words("person")}


def a_branching_form() -> Definition:
    return parsed(
        a_group("first", a_question("SCHOOL", "yes_no", mandatory=True)),
        a_group(
            "school",
            a_question("NAME", mandatory=True),
            a_question("MOVED", "yes_no"),
            a_question("WHERE", when={"question": "MOVED", "is": "yes"}, mandatory=True),
            when={"question": "SCHOOL", "is": "yes"},
        ),
        a_group("moves", a_question("WHY"), when={"question": "WHERE", "answered": True}),
        a_group("last", a_question("NOTES", "memo")),
    )


def a_repeating_form(**more: object) -> Definition:
    return parsed(
        a_group("first", a_question("ANY", "yes_no")),
        a_group(
            "people",
            a_question("WHO", mandatory=True),
            a_question("LIVES", "yes_no"),
            a_question(
                "ADDRESS", when={"question": "LIVES", "is": "no"}, mandatory={"question": "ANY", "is": "yes"}
            ),
            repeats=PEOPLE,
            **more,
        ),
    )


def test_the_steps_are_the_groups_in_order():
    way = walk(a_branching_form(), {"SCHOOL": "yes"})

    assert [(step.place, step.title.en, step.state) for step in way.steps] == [
        ("first", "First", "done"),
        ("school", "School", "empty"),
        ("last", "Last", "empty"),
    ]


@pytest.mark.req("GH-022")
def test_a_step_whose_condition_is_not_met_is_skipped_both_ways():
    way = walk(a_branching_form(), {"SCHOOL": "no"})

    assert way.next_place("first") == "last"
    assert way.previous_place("last") == "first"
    assert way.next_place("last") is None
    assert way.previous_place("first") is None
    assert way.previous_place("summary") == "last"


@pytest.mark.req("GH-022")
def test_the_answer_to_a_hidden_question_counts_as_not_given_all_the_way_down():
    answers = {
        "SCHOOL": "no",
        "NAME": "Bryn",
        "MOVED": "yes",
        "WHERE": "Elsewhere",
        "WHY": "Because",
        "NOTES": "N",
    }
    form = a_branching_form()

    assert [step.place for step in walk(form, answers).steps] == ["first", "last"]
    assert walk(form, answers | {"SCHOOL": "yes"}).next_place("school") == "moves"


@pytest.mark.req("GH-022")
def test_hidden_answers_are_not_sealed():
    answers = {
        "SCHOOL": "yes",
        "NAME": "Bryn",
        "MOVED": "no",
        "WHERE": "Elsewhere",
        "WHY": "Because",
        "NOTES": "N",
    }

    assert walk(a_branching_form(), answers).sealed_answers() == {
        "SCHOOL": "yes",
        "NAME": "Bryn",
        "MOVED": "no",
        "NOTES": "N",
    }


@pytest.mark.req("SP-080", "SP-149")
def test_a_mandatory_answer_that_is_missing_is_a_gap_that_leads_to_its_field():
    way = walk(a_branching_form(), {"SCHOOL": "yes", "MOVED": "yes"})

    assert [(gap.place, gap.code, gap.field_id) for gap in way.gaps] == [
        ("school", "NAME", "q-name"),
        ("school", "WHERE", "q-where"),
    ]
    assert way.gaps[0].message == "Answer the question “Your name”"


def test_a_gap_speaks_the_language_of_the_request():
    with translation.override("cy"):
        [gap] = walk(a_branching_form(), {"SCHOOL": "yes"}).gaps

    assert gap.message == "Atebwch y cwestiwn “Your name (yn Gymraeg)”"


def test_a_question_can_have_its_own_words_for_being_missing():
    form = parsed(
        a_group("first", a_question("NAME", mandatory=True, missing=words("Enter the child’s name")))
    )

    assert walk(form).gaps[0].message == "Enter the child’s name"


def test_what_was_typed_and_cannot_be_taken_is_a_gap_and_counts_as_no_answer():
    form = parsed(
        a_group(
            "first", a_question("BORN", "date"), a_question("B", when={"question": "BORN", "answered": True})
        )
    )
    way = walk(form, {"BORN": {"typed": {"day": "31", "month": "2", "year": "2020"}}, "B": "x"})

    assert way.steps[0].state == "problem"
    assert "must be a real date" in way.gaps[0].message
    assert way.sealed_answers() == {}


def test_what_could_not_be_taken_then_and_can_be_now_is_taken():
    form = parsed(a_group("first", a_question("BORN", "date", past=True)))
    way = walk(form, {"BORN": {"typed": {"day": "1", "month": "6", "year": "2026"}}})

    assert way.gaps == ()
    assert way.sealed_answers() == {"BORN": "2026-06-01"}


def test_an_answer_that_no_longer_fits_its_question_is_a_gap():
    form = parsed(a_group("first", a_question("COLOUR", "choose_one")))

    assert "Choose one of the answers" in walk(form, {"COLOUR": "pink"}).gaps[0].message


def test_a_step_says_how_far_it_is():
    form = a_branching_form()

    def state(**answers: object) -> str:
        return walk(form, {"SCHOOL": "yes", **answers}).steps[1].state

    assert state() == "empty"
    assert state(MOVED="no") == "started"
    assert state(NAME="Bryn") == "done"
    assert state(NAME={"typed": "x" * 300}) == "problem"


def test_progress_counts_what_must_be_answered():
    form = a_branching_form()

    assert walk(form).percent == 0
    assert walk(form, {"SCHOOL": "yes"}).percent == 50
    assert walk(form, {"SCHOOL": "no"}).percent == 100
    assert walk(a_repeating_form()).percent == 0
    assert walk(a_repeating_form(), {"people": [{"_id": "a", "WHO": "Dilys"}]}).percent == 100


@pytest.mark.req("GH-022")
def test_a_condition_in_a_repeating_group_asks_its_own_row():
    rows = [
        {"_id": "a", "WHO": "A", "LIVES": "yes", "ADDRESS": "x"},
        {"_id": "b", "WHO": "B", "LIVES": "no", "ADDRESS": "y"},
    ]
    way = walk(a_repeating_form(), {"people": rows})

    assert way.sealed_answers() == {
        "people": [
            {"_id": "a", "WHO": "A", "LIVES": "yes"},
            {"_id": "b", "WHO": "B", "LIVES": "no", "ADDRESS": "y"},
        ]
    }
    group = way.groups[1]
    assert [question.code for question in way.visible(group, rows[0])] == ["WHO", "LIVES"]


def test_whether_an_answer_is_mandatory_can_depend_on_another():
    rows = [{"_id": "a", "WHO": "A", "LIVES": "no"}]

    assert walk(a_repeating_form(), {"ANY": "no", "people": rows}).gaps == ()
    [gap] = walk(a_repeating_form(), {"ANY": "yes", "people": rows}).gaps
    assert (gap.place, gap.row_id, gap.code) == ("people", "a", "ADDRESS")


@pytest.mark.req("SP-164")
def test_a_repeating_group_needs_its_least_rows_and_takes_no_more_than_its_most():
    form = a_repeating_form()
    rows = [{"_id": str(number), "WHO": "Somebody"} for number in range(3)]

    [few] = walk(form, {"people": [{"_id": "empty"}]}).gaps
    [many] = walk(form, {"people": rows}).gaps

    assert (few.place, few.row_id, few.field_id) == ("people", None, "group-people")
    assert few.message == "Add at least 1 to “People”"
    assert many.message == "“People” can have 2 at most, and has 3"
    assert walk(form, {"people": rows[:2]}).gaps == ()


def test_a_row_left_empty_is_no_row():
    way = walk(
        a_repeating_form(), {"people": [{"_id": "a"}, {"_id": "b", "WHO": "B"}, {"_id": "c", "WHO": " "}]}
    )

    assert way.gaps == ()
    assert way.sealed_answers() == {"people": [{"_id": "b", "WHO": "B"}]}


def test_a_step_that_only_informs_is_done():
    form = parsed(
        a_group("first", a_question("READ", "information")), a_group("second", guidance=words("Read this"))
    )

    assert [step.state for step in walk(form).steps] == ["done", "done"]
    assert walk(form).percent == 100


@pytest.mark.req("CP-018")
def test_a_list_that_nobody_has_added_to_is_not_said_to_be_done():
    form = parsed(a_group("people", a_question("WHO"), repeats={"most": 2, "item": words("person")}))

    assert [step.state for step in walk(form).steps] == ["empty"]
    assert [step.state for step in walk(form, {"people": [{"_id": "a", "WHO": "A"}]}).steps] == ["done"]


def test_the_subject_is_built_from_the_identity_questions_that_are_shown():
    form = parsed(
        a_group(
            "first",
            a_question("FORENAME", identity="forename"),
            a_question("BORN", "date", identity="born_on"),
            a_question("SEX", "choose_one", identity="gender"),
            a_question("HOME", "address", identity="address"),
            a_question("PLACE", "establishment", identity="school"),
            a_question("OLD", identity="former_surname", when={"question": "FORENAME", "is": "Nobody"}),
        )
    )
    answers = {
        "FORENAME": "Siân",
        "BORN": "2015-03-27",
        "SEX": "red",
        "HOME": {
            "lines": ["1 Stryd Fawr", "Treganna"],
            "town": "Caerdydd",
            "postcode": "CF10 1AA",
            "uprn": "",
        },
        "PLACE": {"urn": "100001", "name": "Ysgol y Bryn"},
        "OLD": "Hidden",
    }

    assert walk(form, answers).subject() == {
        "forename": "Siân",
        "born_on": "2015-03-27",
        "gender": "",
        "address_lines": ["1 Stryd Fawr", "Treganna", "Caerdydd"],
        "postcode": "CF10 1AA",
        "school": "Ysgol y Bryn",
    }


@pytest.mark.parametrize("rows", [None, "text", 5, {}, [None, 3, "x"]])
def test_rows_that_are_no_rows_count_as_none(rows: object):
    assert len(walk(a_repeating_form(), {"people": rows}).gaps) == 1
