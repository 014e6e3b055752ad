"""Two versions compared in words."""

from dataclasses import fields

import pytest

from guildhall.foundation.texts.queries import say
from guildhall.paperwork.forms.comparing import differences
from guildhall.paperwork.forms.definition import Definition, Question, parse
from guildhall.paperwork.forms.library_files import library_paths, read_definition

from .made import a_form, a_group, a_question, an_option, words

pytestmark = pytest.mark.django_db


def told(old, new, language="en") -> list[tuple[str, str]]:
    found = differences(parse(a_form(*old)), parse(a_form(*new)), language)
    return [(one.question, one.sentence) for one in found]


def sentences(*questions, old=()) -> list[str]:
    return [sentence for _, sentence in told([a_group("first", *old)], [a_group("first", *questions)])]


NAME, AGE = a_question("NAME"), a_question("AGE", "integer")


@pytest.mark.heavy
@pytest.mark.both
@pytest.mark.parametrize("path", library_paths(), ids=lambda path: path.stem)
def test_a_form_does_not_differ_from_itself(path):
    definition = parse(read_definition(path))
    assert differences(definition, definition, "en") == []


def test_added_deleted_and_moved_questions_are_said():
    assert told([a_group("first", NAME)], [a_group("first", NAME, AGE)]) == [
        ("Your age", "The question was added")
    ]
    assert told([a_group("first", NAME, AGE)], [a_group("first", NAME)]) == [
        ("Your age", "The question was deleted")
    ]
    third = a_question("THIRD")
    assert told([a_group("first", NAME, AGE, third)], [a_group("first", third, NAME, AGE)]) == [
        ("Your third", "The question was moved within its group")
    ]
    rest = a_group("second", third)
    assert told(
        [a_group("first", NAME, AGE), rest], [a_group("first", NAME), a_group("second", third, AGE)]
    ) == [("Your age", "The question was moved here from “First”")]


def test_a_reworded_text_has_both_wordings_in_its_language():
    old, new = a_question("NAME"), a_question("NAME", text=words("Full name"))
    found = differences(parse(a_form(a_group("first", old))), parse(a_form(a_group("first", new))), "en")
    assert [(one.before, one.after, one.language) for one in found] == [
        ("Your name", "Full name", "en"),
        ("Your name (yn Gymraeg)", "Full name (yn Gymraeg)", "cy"),
    ]
    assert found[0].sentence == "The English question text was reworded"


def test_what_must_be_answered_is_said():
    assert sentences(a_question("NAME", mandatory=True), old=[NAME]) == [
        "The question must now always be answered"
    ]
    assert sentences(NAME, old=[a_question("NAME", mandatory=True)]) == ["The question may now be left out"]
    rule = {"question": "NAME", "answered": True}
    assert sentences(NAME, a_question("AGE", "integer", mandatory=rule), old=[NAME, AGE]) == [
        "The question must now be answered if “Your name” is answered"
    ]


def test_a_condition_is_said_as_a_sentence_with_the_words_of_its_answers():
    asked = a_question("COLOUR", "choose_one")
    rule = {
        "any": [
            {"question": "COLOUR", "any_of": ["red", "blue"]},
            {"not": {"question": "COLOUR", "answered": True}},
        ]
    }
    assert sentences(asked, a_question("NAME", when=rule), old=[asked, NAME]) == [
        "Now asked only if the answer to “Your colour” is “Red” or “Blue” or "
        "it is not so that “Your colour” is answered"
    ]
    assert sentences(asked, NAME, old=[asked, a_question("NAME", when=rule["any"][0])]) == [
        "Now always asked. Before, only if the answer to “Your colour” is “Red” or “Blue”"
    ]


def test_answers_to_choose_are_added_retired_and_reordered():
    before = a_question("COLOUR", "choose_one", options=[an_option("red"), an_option("green")])
    after = a_question("COLOUR", "choose_one", options=[an_option("green"), an_option("blue")])
    assert sentences(after, old=[before]) == [
        "The answer “Blue” was added",
        "The answer “Red” cannot be chosen now",
    ]
    turned = a_question("COLOUR", "choose_one", options=[an_option("green"), an_option("red")])
    assert sentences(turned, old=[before]) == ["The answers are in another order"]


def test_groups_are_added_deleted_and_moved():
    one, two, three = a_group("one", NAME), a_group("two", AGE), a_group("three", a_question("THIRD"))
    assert [said for _, said in told([one, two], [one, two, three])] == [
        "The group “Three” was added",
        "The question was added",
    ]
    assert [said for _, said in told([one, two, three], [three, one, two])] == ["The group “Three” was moved"]
    assert "The group “Two” was deleted" in [said for _, said in told([one, two], [one])]


def test_other_settings_are_said_in_both_languages():
    old, new = [a_question("NAME", max_length=10)], [a_question("NAME", max_length=20)]
    assert sentences(*new, old=old) == ["most characters: now 20, before 10"]
    welsh = told([a_group("first", *old)], [a_group("first", *new)], "cy")
    assert welsh == [("Your name (yn Gymraeg)", "uchafswm nodau: 20 nawr, 10 cyn hyn")]


def test_a_kind_without_a_longest_answer_has_none_and_not_nothing_at_all():
    old, new = [a_question("NAME", "memo")], [a_question("NAME", "integer")]
    assert sentences(*new, old=old)[1] == "most characters: now none, before 10000"


def test_every_part_of_a_form_has_a_name():
    for part in (*fields(Definition), *fields(Question)):
        if part.name not in ("when", "mandatory", "options"):
            assert say(f"send.Part_{part.name}", "cy")


def test_a_setting_is_told_by_the_name_that_the_builder_gives_it():
    old, new = [a_question("NAME", reuse="fill")], [a_question("NAME", "memo")]
    assert sentences(*new, old=old) == [
        "type of answer: now Memo, before Text",
        "most characters: now 10000, before 250",
        "use of earlier answers: now Ask again, before Fill in the earlier answer",
    ]
    before = parse(a_form(a_group("first", NAME)))
    after = parse(a_form(a_group("first", NAME), audience="young-person"))
    assert [one.sentence for one in differences(before, after, "cy")] == [
        "cynulleidfa: Person Ifanc nawr, Rhiant/Gofalwr cyn hyn"
    ]


@pytest.mark.req("GH-019")
@pytest.mark.parametrize(
    ("limit", "words_en", "words_cy"),
    [
        ({"minimum": "-26y"}, "26 years before today", "26 o flynyddoedd cyn heddiw"),
        ({"minimum": "-1m"}, "1 month before today", "1 mis cyn heddiw"),
        ({"minimum": "+2w"}, "2 weeks after today", "2 wythnos ar ôl heddiw"),
        ({"minimum": "+3d"}, "3 days after today", "3 diwrnod ar ôl heddiw"),
        ({"minimum": "2026-09-01"}, "1 September 2026", "1 Medi 2026"),
        ({"minimum": "today"}, "today", "heddiw"),
    ],
)
def test_a_limit_is_said_as_people_say_dates(limit, words_en, words_cy):
    old, new = [a_group("first", a_question("DAY", "date"))], a_question("DAY", "date", **limit)
    assert told(old, [a_group("first", new)]) == [
        ("Your day", f"smallest or earliest: now {words_en}, before none")
    ]
    assert told(old, [a_group("first", new)], "cy")[0][1].startswith(f"lleiaf neu gynharaf: {words_cy} nawr")


def test_what_one_item_is_called_is_reworded_like_any_other_words():
    old, new = ({"least": 0, "most": 3, "item": words(item)} for item in ("thing", "object"))
    found = told([a_group("first", NAME, repeats=old)], [a_group("first", NAME, repeats=new)])
    assert [sentence for _, sentence in found] == [
        "The English name of one item was reworded",
        "The Welsh name of one item was reworded",
    ]


def test_a_rule_is_not_another_because_its_question_was_reworded():
    rule = {"question": "NAME", "answered": True}
    old, new = a_question("NAME"), a_question("NAME", text=words("Full name"))
    asked = a_question("Q", mandatory=rule)
    assert all("must" not in sentence for sentence in sentences(new, asked, old=[old, asked]))
