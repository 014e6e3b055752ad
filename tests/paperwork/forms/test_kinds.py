"""Each kind of question with good answers and bad ones, and how it speaks."""

from dataclasses import replace
from typing import Any

import pytest

from guildhall.paperwork.forms.kinds.base import Entry, Problem
from guildhall.paperwork.forms.kinds.table import KINDS

from .made import CONTEXT, a_group, a_question, an_option, one, parsed, posted, read

ONE = [an_option("red"), an_option("green"), an_option("none", exclusive=True)]

GOOD: list[tuple[str, dict[str, Any], Any, Any, list[str]]] = [
    ("text", {}, " Siân  O'Brien-Łuczak ", "Siân O'Brien-Łuczak", ["Siân O'Brien-Łuczak"]),
    ("text", {}, "Null", "Null", ["Null"]),
    ("text", {}, "e\u0301", "é", ["é"]),
    ("text", {"max_length": 1}, "e\u0301", "é", ["é"]),
    ("text", {}, "one\r\ntwo", "one two", ["one two"]),
    ("text", {}, "a\x00b\x1b[31m\ud83d", "ab[31m", ["ab[31m"]),
    ("text", {}, "\u202egnirts", "gnirts", ["gnirts"]),
    ("text", {}, "👩‍👩‍👧 محمد", "👩‍👩‍👧 محمد", ["👩‍👩‍👧 محمد"]),
    ("memo", {}, "first\r\n\r\nsecond  \n", "first\n\nsecond", ["first", "", "second"]),
    ("memo", {"max_length": 3}, "a\r\nb", "a\nb", ["a", "b"]),
    ("integer", {}, " 1,234 ", 1234, ["1,234"]),
    ("integer", {}, "-0012", -12, ["-12"]),
    ("integer", {}, "−5", -5, ["-5"]),
    ("decimal", {}, "1,234.50", "1234.50", ["1,234.50"]),
    ("decimal", {}, ".5", "0.5", ["0.5"]),
    ("money", {}, "£12.5", "12.50", ["£12.50"]),
    ("money", {}, "£ 1,200", "1200.00", ["£1,200.00"]),
    ("money", {}, "-3", "-3.00", ["-£3.00"]),
    ("yes_no", {}, "yes", "yes", ["Yes"]),
    ("yes_no", {}, "no", "no", ["No"]),
    ("choose_one", {}, "green", "green", ["Green"]),
    ("drop_down", {}, "blue", "blue", ["Blue"]),
    ("choose_several", {}, ["green", "red"], ["red", "green"], ["Red", "Green"]),
    ("choose_several", {"options": ONE}, ["none"], ["none"], ["None"]),
    ("date", {}, "31/12/2019", "2019-12-31", ["31 December 2019"]),
    ("date", {}, {"day": "31/12/2019", "month": "", "year": ""}, "2019-12-31", ["31 December 2019"]),
    ("date", {}, {"day": "29", "month": "02", "year": "2024"}, "2024-02-29", ["29 February 2024"]),
    ("date", {}, "2019-12-31", "2019-12-31", ["31 December 2019"]),
    ("date", {"past": True}, "1.6.2026", "2026-06-01", ["1 June 2026"]),
    ("date", {"minimum": "-26y"}, "1 6 2000", "2000-06-01", ["1 June 2000"]),
    ("time", {}, "4.30 PM", "16:30", ["4:30pm"]),
    ("time", {}, "12am", "00:00", ["midnight"]),
    ("time", {}, "09:05", "09:05", ["9:05am"]),
    ("time", {}, "3yh", "15:00", ["3pm"]),
    (
        "date_range",
        {},
        {"from": "1/6/2026", "to": "30/6/2026"},
        {"from": "2026-06-01", "to": "2026-06-30"},
        ["1 June 2026 to 30 June 2026"],
    ),
    ("email", {}, " dilys@example.org ", "dilys@example.org", ["dilys@example.org"]),
    ("telephone", {}, "(01632) 960-001", "01632960001", ["01632960001"]),
    ("telephone", {}, "+44 7700 900 982", "+447700900982", ["+447700900982"]),
    ("postcode", {}, "cf101aa", "CF10 1AA", ["CF10 1AA"]),
    ("upn", {}, "h801200001001", "H801200001001", ["H801200001001"]),
    ("nhs_number", {}, "485 777 3457", "4857773457", ["485 777 3457"]),
    ("uln", {}, "123 456 7899", "1234567899", ["1234567899"]),
    (
        "address",
        {},
        {
            "line1": "1 Stryd Fawr",
            "line2": "",
            "line3": "",
            "town": "Caerdydd",
            "postcode": "cf10 1aa",
            "uprn": "",
        },
        {"lines": ["1 Stryd Fawr"], "town": "Caerdydd", "postcode": "CF10 1AA", "uprn": ""},
        ["1 Stryd Fawr", "Caerdydd", "CF10 1AA"],
    ),
    (
        "person",
        {},
        {"name": "Mr Ali", "role": "Teacher", "telephone": "01632 960001", "email": ""},
        {"name": "Mr Ali", "role": "Teacher", "telephone": "01632960001", "email": ""},
        ["Mr Ali", "Teacher", "01632960001"],
    ),
    ("establishment", {}, "Ysgol y Bryn", {"urn": "", "name": "Ysgol y Bryn"}, ["Ysgol y Bryn"]),
    (
        "signature",
        {},
        "Dilys Pritchard",
        {"name": "Dilys Pritchard", "on": "2026-06-01"},
        ["Dilys Pritchard", "1 June 2026"],
    ),
]

BAD: list[tuple[str, dict[str, Any], Any, str]] = [
    ("text", {"max_length": 5}, "123456", "it must be 5 characters or fewer, and it is 1 too long"),
    ("text", {}, "x" * 1_000_000, "only its beginning was kept"),
    ("memo", {"max_length": 5}, "12\r\n456", "it must be 5 characters or fewer"),
    ("memo", {}, "x" * 1_000_000, "only its beginning was kept"),
    ("integer", {}, "12.5", "must be a whole number, such as 12"),
    ("integer", {"minimum": 0, "maximum": 10}, "good", "must be a whole number, such as 10"),
    ("integer", {"minimum": 20}, "good", "must be a whole number, such as 20"),
    ("integer", {}, "1,23", "must be a whole number"),
    ("integer", {}, "٣", "must be a whole number"),
    ("integer", {}, "1e9", "must be a whole number"),
    ("integer", {}, "9" * 400, "must be a whole number"),
    ("integer", {"minimum": 0}, "-1", "must be 0 or more"),
    ("integer", {"maximum": 1500}, "1501", "must be 1,500 or less"),
    ("decimal", {}, "NaN", "must be a number"),
    ("decimal", {}, "Infinity", "must be a number"),
    ("decimal", {}, ".", "must be a number"),
    ("decimal", {"decimals": 1}, "1.25", "can have 1 figures after the point"),
    ("money", {}, "£1.234", "must be an amount in pounds"),
    ("money", {}, "ten pounds", "must be an amount in pounds"),
    ("yes_no", {}, "maybe", "Choose one of the answers listed"),
    ("choose_one", {}, "purple", "Choose one of the answers listed"),
    ("drop_down", {}, "' OR 1=1", "Choose one of the answers listed"),
    ("choose_several", {}, ["red", "purple"], "Choose one of the answers listed"),
    ("choose_several", {"options": ONE}, ["red", "none"], "choose “None” by itself"),
    ("date", {}, "31/2/2020", "must be a real date"),
    ("date", {}, {"day": "1", "month": "6", "year": "20"}, "must have 4 numbers"),
    ("date", {}, {"day": "1", "month": "", "year": "2020"}, "must have a month"),
    ("date", {}, {"day": "", "month": "2", "year": "2020"}, "must have a day"),
    ("date", {}, {"day": "1", "month": "2", "year": ""}, "must have a year"),
    ("date", {}, {"day": "1", "month": "March", "year": "2020"}, "must be a real date in numbers"),
    ("date", {}, {"day": "1", "month": "Mehefin", "year": "2020"}, "must be a real date in numbers"),
    ("date", {}, {"day": "2019-12-31", "month": "", "year": ""}, "must be a real date in numbers"),
    ("date", {}, "3 March 2021", "must be a real date in numbers"),
    ("date", {}, "12/31/2019", "must be a real date in numbers"),
    ("date", {}, {"day": "١", "month": "1", "year": "2020"}, "must be a real date"),
    ("date", {"past": True}, "2/6/2026", "must be today or in the past"),
    ("date", {"minimum": "today"}, "31/5/2026", "must be today or in the future"),
    ("date", {"minimum": "-26y"}, "31/5/2000", "must be 1 June 2000 or after"),
    ("date", {"maximum": "2026-12-31"}, "1/1/2027", "must be 31 December 2026 or before"),
    ("date", {}, "1/1/1066", "must be 1 January 1900 or after"),
    ("time", {}, "25:00", "must be a time"),
    ("time", {}, "13pm", "must be a time"),
    ("time", {}, "7", "must be a time"),
    ("date_range", {}, {"from": "2/6/2026", "to": "1/6/2026"}, "must not be before the first"),
    ("date_range", {}, {"from": "2/6/2026", "to": ""}, "Enter the last day"),
    ("email", {}, "dilys", "Enter an email address"),
    ("email", {}, "a@b.example\nBcc: x@y.example", "Enter an email address"),
    ("email", {}, "x" * 250 + "@example.org", "Enter an email address"),
    ("telephone", {}, "call me", "Enter a telephone number"),
    ("telephone", {}, "٠١٦٣٢٩٦٠٠٠١", "Enter a telephone number"),
    ("postcode", {}, "CF10", "Enter a full UK postcode"),
    ("upn", {}, "A801200001001", "a unique pupil number has a letter and 12 numbers"),
    ("nhs_number", {}, "485 777 3456", "an NHS number has 10 numbers"),
    ("uln", {}, "1234567898", "a unique learner number has 10 numbers"),
    ("nhs_number", {}, "٤٨٥٧٧٧٣٤٥٦", "an NHS number has 10 numbers"),
    ("address", {}, {"line1": "", "town": "Caerdydd", "postcode": "CF10 1AA"}, "Enter the first line"),
    ("address", {}, {"line1": "1 Stryd", "town": "", "postcode": "CF10 1AA"}, "Enter the town or city"),
    (
        "address",
        {},
        {"line1": "1 Stryd", "town": "Tref", "postcode": "nowhere"},
        "Enter a full UK postcode",
    ),
    (
        "address",
        {},
        {"line1": "x" * 101, "town": "Caerdydd", "postcode": "CF10 1AA"},
        "100 characters or fewer",
    ),
    ("person", {}, {"name": "", "email": "a@example.org"}, "Enter the name"),
    ("person", {}, {"name": "Mr Ali", "email": "a@"}, "Enter an email address"),
    ("person", {}, {"name": "Mr Ali", "telephone": "soon"}, "Enter a telephone number"),
    ("establishment", {}, "x" * 201, "200 characters or fewer"),
    ("signature", {}, "X", "Type your full name"),
    ("signature", {}, "....", "Type your full name"),
    ("file", {}, ["a", "b"], "it can have 1 at most"),
    ("file", {"multiple": True, "most": 2}, ["a", "b", "c"], "it can have 2 at most"),
]

HOSTILE = [
    *("", " ", "\x00", "\x00\x01\x02", "\ud800", "\udfff\ud800", "\u202e\u2066", "\ufeff", "\ufffe"),
    *(
        "Null",
        "null",
        "None",
        "undefined",
        "NaN",
        "-1",
        "0",
        "true",
        "O'Brien",
        "Robert'); DROP TABLE students;--",
    ),
    *("👩‍👩‍👧‍👦", "محمد عبد الله", "\u200f\u200e", "Ǆ", "ﬃ", "İstanbul", "Å\u030a", "a" * 200, "ł" * 5000),
    *(
        "<script>alert(1)</script>",
        '" onmouseover="x',
        "{{ 7*7 }}",
        "{name}",
        "%s%n",
        "../../etc/passwd",
        "=1+1",
    ),
    *(
        "1" * 5000,
        "9" * 100_000,
        "31/12/99999",
        "0/0/0000",
        "-1/1/2020",
        "²/¹/2020",
        "1:1:1",
        "£" * 100,
        ",,,,",
    ),
    "x" * 1_000_000,
]
SHAPES: list[Any] = [
    None,
    0,
    -1,
    1.5,
    True,
    [],
    {},
    [[]],
    [None],
    {"typed": "x"},
    {"day": 1},
    {"name": None},
    {"lines": "x"},
]


def speak(kind: str, question: Any, value: Any) -> list[str]:
    return KINDS[kind].speak(value, question, "en")


@pytest.mark.req("SP-141", "GH-023")
@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "more", "raw", "value", "said"), GOOD, ids=lambda one: str(one)[:30])
def test_a_good_answer_is_kept_in_one_form_and_said_in_words(
    kind: str, more: dict[str, Any], raw: Any, value: Any, said: list[str]
):
    question = one(kind, **more)

    assert KINDS[kind].check(raw, question, CONTEXT) == value
    assert speak(kind, question, value) == said
    assert KINDS[kind].check(value, question, CONTEXT) == value


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "more", "raw", "words"), BAD, ids=lambda one: str(one)[:30])
@pytest.mark.req("SP-139", "SP-141", "SP-148", "SP-151")
def test_a_bad_answer_is_refused_with_words_that_name_the_question_and_the_fix(
    kind: str, more: dict[str, Any], raw: Any, words: str
):
    with pytest.raises(Problem) as refused:
        KINDS[kind].check(raw, one(kind, **more), CONTEXT)

    english, welsh = refused.value.say("en"), refused.value.say("cy")
    assert words in english
    assert "Your q" in english or "More than one" in english
    assert "yn Gymraeg" in welsh and "{" not in english + welsh


@pytest.mark.parametrize("kind", KINDS)
def test_no_hostile_input_breaks_a_kind_and_what_it_takes_can_be_stored(kind: str):
    question = one(kind)
    for raw in [*HOSTILE, *SHAPES]:
        try:
            value = KINDS[kind].check(raw, question, CONTEXT)
        except Problem:
            continue
        text = repr(value)
        assert not any(0xD800 <= ord(letter) <= 0xDFFF for letter in text)
        assert "\x00" not in text and len(text) < 25_000


@pytest.mark.heavy
@pytest.mark.both
@pytest.mark.django_db
@pytest.mark.parametrize("kind", [name for name in KINDS if KINDS[name].posted])
def test_hostile_text_posted_in_every_input_is_kept_as_typed_or_taken_and_never_breaks(kind: str):
    form = parsed(a_group("first", a_question("Q", kind)))
    parts = [
        "",
        "-day",
        "-month",
        "-year",
        "-line1",
        "-town",
        "-postcode",
        "-name",
        "-email",
        "-from-day",
        "-to-year",
    ]
    for raw in HOSTILE:
        result = read(form, posted(**{f"q-q{part}": raw for part in parts}))
        kept = repr(result.answers["Q"])

        assert len(kept) < 1_100_000 and "\\x00" not in kept and "\\ud800" not in kept
        assert bool(result.problems) == (
            isinstance(result.answers["Q"], dict) and "typed" in result.answers["Q"]
        )


@pytest.mark.req("SP-140")
@pytest.mark.django_db
def test_yes_or_no_may_be_left_blank():
    form = parsed(a_group("first", a_question("Q", "yes_no")))

    assert read(form, {"shown": "q-q"}).answers == {"Q": None}
    assert read(form, {"q-q": "no"}).answers == {"Q": "no"}


@pytest.mark.req("SP-140")
@pytest.mark.django_db
@pytest.mark.parametrize(("language", "words"), [("en", "Leave blank"), ("cy", "Gadael yn wag")])
def test_an_answer_of_yes_can_go_back_to_blank_unless_it_must_be_given(language, words):
    [question] = parsed(a_group("first", a_question("Q", "yes_no"))).groups[0].questions
    entry = Entry(question, language, value="yes")

    assert words in KINDS["yes_no"].render(entry)
    assert words not in KINDS["yes_no"].render(replace(entry, required=True))


@pytest.mark.req("SP-145", "CP-029")
def test_a_telephone_number_keeps_its_leading_zero_and_plus_and_loses_its_spaces():
    assert KINDS["telephone"].check(" 07700 (900) 982", one("telephone"), CONTEXT) == "07700900982"
    assert KINDS["telephone"].check("+44 7700-900982", one("telephone"), CONTEXT) == "+447700900982"


@pytest.mark.req("SP-080")
@pytest.mark.parametrize("typed", ["\u200b\u200b", " \u200f\u2003\u200e ", "\xad\u2060\u3164"])
@pytest.mark.parametrize("kind", ["text", "memo", "telephone", "drop_down"])
def test_marks_that_nobody_sees_are_no_answer(kind, typed):
    assert KINDS[kind].is_blank(typed)
    assert not KINDS[kind].is_blank(f"{typed}é")


@pytest.mark.django_db
@pytest.mark.req("CP-027")
@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_numbers_that_an_error_shows_are_written_as_the_field_asks(language):
    with pytest.raises(Problem) as refused:
        KINDS["telephone"].check("call me", one("telephone"), CONTEXT)

    assert "01632960001" in refused.value.say(language)
    assert "+447700900982" in refused.value.say(language)


class Place:
    town, postcode = "Porthaven", "PH1 2AB"

    def __init__(self, urn: str, name: str) -> None:
        self.urn, self.name = urn, name


REGISTER = [Place("100001", "Ysgol y Bryn"), Place("100002", "St Mary's"), Place("100003", "St Mary's")]


def found(words: str) -> list[Place]:
    return [one for one in REGISTER if words.casefold() in (*one.name.casefold().split(), one.urn)] or [
        one for one in REGISTER if words.casefold().replace("’", "'") in one.name.casefold()
    ]


def school(data: dict[str, str]) -> Any:
    form = parsed(a_group("first", a_question("Q", "establishment")))
    return read(form, data, establishments=found)


@pytest.mark.django_db
@pytest.mark.req("GH-023")
@pytest.mark.parametrize(
    ("data", "value"),
    [
        ({"q-q": "ysgol Y bryn"}, {"urn": "100001", "name": "Ysgol y Bryn"}),
        ({"q-q": "100003"}, {"urn": "100003", "name": "St Mary's"}),
        ({"q-q": "Home school"}, {"urn": "", "name": "Home school"}),
        ({"q-q": "st mary's", "q-q-choice": "100003"}, {"urn": "100003", "name": "St Mary's"}),
        ({"q-q": "St Mary’s", "q-q-choice": "none"}, {"urn": "", "name": "St Mary’s"}),
        (
            {"q-q": "St Mary's", "q-q-was": "St Mary's", "q-q-urn": "100003"},
            {"urn": "100003", "name": "St Mary's"},
        ),
        ({"q-q": "St Mary's", "q-q-was": "St Mary's", "q-q-urn": ""}, {"urn": "", "name": "St Mary's"}),
        (
            {"q-q": "Home school", "q-q-was": "St Mary's", "q-q-urn": "100003"},
            {"urn": "", "name": "Home school"},
        ),
        ({"q-q": "Home", "q-q-was": "Home", "q-q-urn": "100001"}, {"urn": "", "name": "Home"}),
    ],
    ids=[
        *("by name", "by number", "not in the register", "chosen", "none of them"),
        *("settled before", "settled without", "changed since", "made-up number"),
    ],
)
def test_an_establishment_is_found_by_its_name_or_number(data: dict[str, str], value: dict[str, str]):
    result = school(data)

    assert result.answers == {"Q": value}
    assert result.problems == {}


@pytest.mark.django_db
@pytest.mark.req("GH-023")
@pytest.mark.parametrize("typed", ["st mary's", "bryn"], ids=["the name of two", "a part of one"])
def test_a_name_that_may_mean_several_establishments_is_asked_about(typed: str):
    result = school({"q-q": typed})

    assert list(result.problems) == ["q-q-choice"]
    assert result.answers == {"Q": {"typed": typed}}


@pytest.mark.django_db
def test_a_choice_that_was_not_offered_is_asked_about_again():
    assert list(school({"q-q": "St Mary's", "q-q-choice": "100001"}).problems) == ["q-q-choice"]
