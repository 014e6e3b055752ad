"""Reading definitions: what is refused, where, and with which advice."""

from datetime import date
from typing import Any

import pytest

from guildhall.paperwork.forms import definition
from guildhall.paperwork.forms.bounds import read_bound
from guildhall.paperwork.forms.definition import DefinitionError
from guildhall.paperwork.forms.kinds.table import KINDS

from .made import a_form, a_group, a_question, an_option, parsed, words


def flaws(plain: Any) -> list[str]:
    with pytest.raises(DefinitionError) as refused:
        definition.parse(plain)
    return [str(flaw) for flaw in refused.value.problems]


def flaws_of_question(**more: Any) -> list[str]:
    return flaws(a_form(a_group("first", a_question(**more))))


def test_a_good_definition_is_read_in_the_order_of_the_group_numbers():
    plain = a_form(a_group("first", a_question("A")), a_group("second", a_question("B")))
    plain["groups"][0]["number"] = 9

    form = definition.parse(plain)

    assert [group.key for group in form.groups] == ["second", "first"]
    assert form.question_by_code["A"].field_id == "q-a"
    assert form.title.in_("cy") == "Test form (yn Gymraeg)"


def test_every_flaw_is_listed_with_its_place():
    plain = a_form(
        a_group("first", a_question("ZED"), a_question("AGE", "integr"), title={"en": "Only English"}),
        a_group("second", a_question("OK", maximum=3), a_question("ok")),
        colour="red",
    )

    assert flaws(plain) == [
        "unknown key 'colour'",
        "group first: title has no Welsh (cy)",
        "group first, question ZED: code starts with Z; those codes are reserved",
        "group first, question AGE: kind 'integr' is not one of text, memo, integer, decimal, money, yes_no, "
        "choose_one, choose_several, drop_down, date, date_range, time, email, telephone, postcode, upn, "
        "nhs_number, uln, address, person, establishment, signature, image, file, information; "
        "did you mean 'integer'?",
        "group second, question OK: a question of kind text has no maximum",
        "the code OK is used 2 times",
    ]


@pytest.mark.req("SP-135")
def test_a_code_cannot_start_with_z_in_either_case():
    assert "starts with Z" in flaws_of_question(code="zebra")[0]


@pytest.mark.req("SP-166")
def test_a_question_is_used_once_on_a_form_and_letter_case_does_not_matter():
    plain = a_form(a_group("first", a_question("Name")), a_group("second", a_question("NAME")))

    assert flaws(plain) == ["the code NAME is used 2 times"]


@pytest.mark.req("SP-160")
def test_a_group_name_has_up_to_300_characters():
    assert parsed(a_group("first", a_question(), title=words("x" * 285)))
    assert (
        "301 characters long; at most 300"
        in flaws(a_form(a_group("first", a_question(), title={"en": "x" * 301, "cy": "x"})))[0]
    )


@pytest.mark.req("SP-154")
def test_an_inherit_multiple_question_in_a_repeating_group_is_refused_naming_both():
    repeats = {"least": 0, "most": 3, "item": words("person")}
    plain = a_form(a_group("people", a_question("ADVICE", inherit_multiple=True), repeats=repeats))

    assert flaws(plain) == [
        "group people, question ADVICE: inherit_multiple cannot be used in the repeating group people"
    ]


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"mandatry": True}, "unknown key 'mandatry'; did you mean 'mandatory'?"),
        ({"text": "English only"}, "text must be {en: …, cy: …}"),
        ({"hint": {"en": "Hint", "cy": " "}}, "hint has no Welsh (cy)"),
        ({"text": {"en": "A", "cy": "B", "fr": "C"}}, "text has an unknown language 'fr'"),
        ({"text": {"en": "A\x00", "cy": "B"}}, "text (en) has a control character"),
        ({"code": "WITH SPACE"}, "must match"),
        ({"code": ""}, "code is missing"),
        ({"code": "X" * 61}, "61 characters long; at most 60"),
        ({"mandatory": "yes"}, "mandatory must be true or false"),
        ({"max_length": 0}, "max_length must be a whole number from 1"),
        ({"max_length": True}, "max_length must be a whole number"),
        ({"kind": "choose_one", "options": [an_option("only")]}, "at least two answers"),
        (
            {"kind": "choose_one", "options": [an_option("a"), an_option("a")]},
            "option id 'a' is used more than once",
        ),
        (
            {
                "kind": "choose_one",
                "options": [an_option("a"), an_option("b") | {"text": an_option("a")["text"]}],
            },
            "is used more than once",
        ),
        (
            {"kind": "choose_one", "options": [an_option("A B"), an_option("c")]},
            "option 1: id 'A B' must match",
        ),
        ({"kind": "choose_one", "options": "abc"}, "options must be a list"),
        (
            {"kind": "yes_no", "options": [an_option("a"), an_option("b")]},
            "a question of kind yes_no has no options",
        ),
        ({"kind": "information", "mandatory": True}, "a question of kind information has no mandatory"),
        ({"kind": "integer", "minimum": "ten"}, "minimum must be a number"),
        ({"kind": "integer", "minimum": float("nan")}, "minimum must be a number"),
        ({"kind": "integer", "maximum": float("inf")}, "maximum must be a number"),
        ({"kind": "date", "minimum": "soon"}, "minimum 'soon' must be today, a distance"),
        ({"kind": "file", "most": 3}, "most is more than 1, but multiple is not true"),
        ({"kind": "file", "multiple": True, "most": 21}, "most must be a whole number from 1 to 20"),
        ({"kind": "signature", "reuse": "fill"}, "a signature or consent is given anew"),
        ({"reuse": "always"}, "reuse 'always' is not one of ask, suggest, fill"),
        ({"identity": "name"}, "identity 'name' is not one of"),
        ({"identity": "born_on"}, "identity born_on needs a question of kind date"),
        ({"when": {"question": "NOWHERE", "is": "x"}}, "NOWHERE, which is not on the form"),
        ({"when": {"question": "NAME", "is": "x"}}, "round in a circle: NAME → NAME"),
        ({"when": {"question": "NAME"}}, "a condition has exactly one of"),
        ({"when": {"question": "NAME", "is": "x", "is_not": "y"}}, "a condition has exactly one of"),
        ({"when": {"all": [], "question": "NAME"}}, "all stands alone"),
        ({"when": {"any": []}}, "any lists no conditions"),
        ({"when": "always"}, "must be a mapping"),
        ({"when": {"question": "NAME", "is": [1]}}, "must be compared with words"),
        ({"when": {"question": "NAME", "is": "\ud800"}}, "must be compared with words"),
    ],
)
def test_a_flawed_question_is_refused(more: dict[str, Any], message: str):
    assert message in "\n".join(flaws_of_question(**more))


@pytest.mark.parametrize(
    ("asked", "condition", "message"),
    [
        (a_question("A", "yes_no"), {"is": "maybe"}, "A has no option 'maybe'; it has yes, no"),
        (
            a_question("A", "choose_one"),
            {"any_of": ["red", "pink"]},
            "A has no option 'pink'; it has red, green, blue",
        ),
        (
            a_question("A", "choose_one"),
            {"includes": "red"},
            "includes cannot be asked of A, a question of kind choose_one",
        ),
        (a_question("A", "choose_several"), {"is": "red"}, "is cannot be asked of A"),
        (a_question("A", "text"), {"more_than": 1}, "more_than cannot be asked of A"),
        (a_question("A", "text"), {"is": 5}, "put quotation marks around"),
        (a_question("A", "integer"), {"is": "five"}, "compare it with whole numbers"),
        (a_question("A", "information"), {"answered": True}, "answered cannot be asked of A"),
        (a_question("A", "integer"), {"older_than": 1}, "older_than cannot be asked of A"),
    ],
)
def test_a_condition_must_suit_the_question_it_asks(
    asked: dict[str, Any], condition: dict[str, Any], message: str
):
    plain = a_form(a_group("first", asked, a_question("B", when={"question": "A", **condition})))

    assert message in flaws(plain)[0]


@pytest.mark.req("GH-022")
def test_a_loop_of_conditions_cannot_be_written():
    plain = a_form(
        a_group(
            "first",
            a_question("A", "yes_no", when={"question": "B", "is": "yes"}),
            a_question("B", "yes_no", when={"question": "A", "is": "yes"}),
        )
    )

    assert flaws(plain) == ["group first, question A: the condition goes round in a circle: A → B → A"]


def test_a_condition_cannot_ask_about_rows_of_another_group():
    repeats = {"least": 0, "most": 3, "item": words("person")}
    plain = a_form(
        a_group("people", a_question("A", "yes_no"), repeats=repeats),
        a_group("later", a_question("B", when={"question": "A", "is": "yes"})),
    )

    assert "A, which is answered several times in group people" in flaws(plain)[0]


@pytest.mark.parametrize(
    ("rules", "place"),
    [
        ([{"all": [{"question": "A", "is": "yes"}, {"question": "A", "is": "no"}]}], "question B"),
        (
            [
                {"question": "A", "is": "yes"},
                {"all": [{"question": "A", "is": "no"}, {"question": "B", "answered": True}]},
            ],
            "C",
        ),
        ([{"all": [{"question": "N", "more_than": 5}, {"question": "N", "less_than": 5}]}], "question B"),
        (
            [{"all": [{"question": "D", "older_than": 16}, {"question": "D", "younger_than": 16}]}],
            "question B",
        ),
    ],
)
def test_a_question_that_no_answers_can_open_is_refused(rules: list[dict[str, Any]], place: str):
    later = [a_question(code, "text", when=rule) for code, rule in zip("BC", rules, strict=False)]
    plain = a_form(
        a_group(
            "first", a_question("A", "yes_no"), a_question("N", "integer"), a_question("D", "date"), *later
        )
    )

    [flaw] = flaws(plain)
    assert place in flaw and "no answers can ever open this question" in flaw


def test_a_question_that_some_answers_open_is_accepted():
    rule = {"all": [{"question": "N", "more_than": 5}, {"question": "N", "less_than": 7}]}

    assert parsed(a_group("first", a_question("N", "integer"), a_question("B", when=rule)))


@pytest.mark.parametrize(
    "plain",
    [
        None,
        [],
        "text",
        5,
        {},
        {"groups": [None, 3, "x", {"questions": [None, 4]}]},
        {"groups": {"a": 1}},
        {1: 2, None: 3},
    ],
)
def test_nonsense_is_refused_and_never_breaks(plain: Any):
    assert flaws(plain)


def test_conditions_nested_too_deeply_are_refused():
    rule: dict[str, Any] = {"question": "A", "answered": True}
    for _ in range(2000):
        rule = {"not": rule}

    assert "nested too deeply" in "\n".join(
        flaws(a_form(a_group("first", a_question("A"), a_question("B", when=rule))))
    )


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("today", date(2026, 3, 31)),
        ("-26y", date(2000, 3, 31)),
        ("-1m", date(2026, 2, 28)),
        ("+2w", date(2026, 4, 14)),
        ("-10d", date(2026, 3, 21)),
        ("2019-09-01", date(2019, 9, 1)),
    ],
)
def test_a_date_bound_is_worked_out_from_today(written: str, day: date):
    assert read_bound(written).on(date(2026, 3, 31)) == day


def test_an_old_version_opens_even_if_later_rules_would_refuse_it():
    plain = a_form(a_group("first", a_question("A"), a_question("A2", mandatry=True)), colour="red")

    assert definition.compiled(plain).question_by_code.keys() == {"A", "A2"}


@pytest.mark.req("GH-022")
@pytest.mark.parametrize("kind", sorted(kind for kind in KINDS if KINDS[kind].answerable))
@pytest.mark.parametrize("answered", [True, False])
def test_whether_a_question_of_any_kind_is_answered_can_open_another(kind: str, answered: bool):
    asked = a_question("ASKED", kind)
    opened = a_question("OPENED", when={"question": "ASKED", "answered": answered})
    assert parsed(a_group("first", asked, opened)).question_by_code["OPENED"].when
