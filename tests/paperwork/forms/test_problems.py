"""Problems before publishing: each flaw in words with its place; warnings for what makes a form worse."""

import pytest

from guildhall.paperwork.forms import services
from guildhall.paperwork.forms.definition import DefinitionError
from guildhall.paperwork.forms.library_files import library_paths, read_definition
from guildhall.paperwork.forms.problems import problems_of

from ...standing import NOON
from .made import a_form, a_group, a_question, an_option, words

pytestmark = pytest.mark.django_db


def names(content, live=None, **only) -> set[tuple[str, str, str]]:
    found = problems_of(content, live)
    return {(one.name, one.group, one.question) for one in found if only.get("error", one.error) == one.error}


def errors(content) -> set[tuple[str, str, str]]:
    return names(content, error=True)


def test_the_forms_of_the_library_have_no_errors():
    for path in library_paths():
        assert errors(read_definition(path)) == set(), path.name


@pytest.mark.req("GH-025")
@pytest.mark.parametrize(
    ("question", "name"),
    [
        (a_question("Q", text={"en": "Your name"}), "NoWelsh"),
        (a_question("Q", text={"cy": "Eich enw"}), "NoEnglish"),
        (
            a_question("Q", "choose_one", options=[{"id": "a", "text": {"en": "A"}}, an_option("b")]),
            "NoWelsh",
        ),
        (a_question("Q", "choose_one", options=[]), "Options"),
        (a_question("Q", when={"question": "NAME", "answered": True}), "Later"),
        (a_question("Q", when={"question": "GONE", "answered": True}), "NotThere"),
        ({"code": "Q", "kind": "text"}, "Missing"),
        (a_question("Q", "integer", max_length=3), "ForeignKey"),
        (a_question("Q", "integer", minimum=6, maximum=5), "LimitsCrossed"),
        (a_question("Q", "date", minimum="+1d", past=True), "LimitsCrossed"),
        (a_question("Q", "date", minimum="2026-06-02", maximum="2026-06-01"), "LimitsCrossed"),
    ],
)
def test_a_flaw_is_an_error_with_its_question(question, name):
    content = a_form(a_group("first", question), a_group("second", a_question("NAME")))
    assert (name, "first", "Q") in errors(content)


@pytest.mark.req("GH-025")
def test_a_flaw_in_a_list_says_which_answer_it_is_in():
    lacks = an_option("blue", text={"en": "Blue"})
    asked = a_question("Q", "choose_one", options=[an_option("red"), lacks])
    [found] = [one for one in problems_of(a_form(a_group("first", asked))) if one.error]
    assert found.question == "Q"
    assert found.say("en").startswith("The Welsh wording of answer 2 in the list is missing")
    assert "ateb 2" in found.say("cy")


@pytest.mark.req("GH-025")
@pytest.mark.parametrize(("minimum", "maximum"), [("today", "2020-01-01"), ("2030-01-01", "today")])
def test_limits_that_may_part_on_another_day_are_no_error(minimum: str, maximum: str):
    asked = a_question("Q", "date", minimum=minimum, maximum=maximum)
    assert errors(a_form(a_group("first", asked))) == set()


@pytest.mark.req("GH-025")
def test_a_question_that_nobody_can_be_asked_is_an_error():
    never = {"all": [{"question": "NAME", "answered": True}, {"question": "NAME", "answered": False}]}
    content = a_form(a_group("first", a_question("NAME"), a_question("Q", when=never)))
    assert ("NeverQuestion", "first", "Q") in errors(content)
    content = a_form(a_group("first", a_question("NAME")), a_group("second", a_question("Q"), when=never))
    assert ("NeverGroup", "second", "") in errors(content)


@pytest.mark.req("GH-021", "GH-025")
@pytest.mark.parametrize(
    ("code", "kind", "text"),
    [
        ("Q", "yes_no", "Do you agree that we share this?"),
        ("Q", "yes_no", "May we talk to the school?"),
        ("Q", "date", "On what day was consent given?"),
        ("PARENT_CONSENT_BY", "text", "Who said so?"),
        ("Q", "signature", "Your name"),
    ],
)
@pytest.mark.parametrize("reuse", ["suggest", "fill"])
def test_a_consent_that_would_be_used_again_is_refused(code, kind, text, reuse):
    asked = a_question(code, kind, text=words(text), reuse=reuse)
    assert ("ConsentReused", "first", code) in errors(a_form(a_group("first", asked)))
    with pytest.raises(DefinitionError, match="given anew each time"):
        services.publish(a_form(a_group("first", asked)), by=None, now=NOON)
    again = asked | {"reuse": "ask"}
    assert "ConsentReused" not in {name for name, *_ in names(a_form(a_group("first", again)))}


@pytest.mark.req("GH-021")
def test_what_only_tells_of_an_agreement_may_be_used_again():
    told = a_question("Q", "memo", text=words("What did you agree with the school?"), reuse="fill")
    assert "ConsentReused" not in {name for name, *_ in errors(a_form(a_group("first", told)))}


@pytest.mark.req("GH-025")
@pytest.mark.parametrize(
    ("questions", "group", "name"),
    [
        (
            [
                a_question("P", "choose_one", options=[an_option("a"), an_option("b")]),
                a_question("Q", when={"question": "P", "is": "gone"}),
            ],
            {},
            "NoOption",
        ),
        ([a_question("P"), a_question("Q", when={"question": "P", "more_than": 3})], {}, "WrongKind"),
        ([a_question("Q", identity="surname")], {"repeats": {"item": words("x")}}, "IdentityRepeats"),
        ([a_question("Q", identity="born_on")], {}, "IdentityKind"),
        ([a_question("Q", inherit_multiple=True)], {"repeats": {"item": words("x")}}, "InheritRepeats"),
    ],
)
def test_what_a_builder_can_bring_about_is_said_in_both_languages(questions, group, name):
    found = [one for one in problems_of(a_form(a_group("first", *questions, **group))) if one.question == "Q"]
    problem = next(one for one in found if one.error)
    assert problem.name == name
    assert problem.say("en") != problem.say("cy")


def test_two_questions_that_wait_for_each_other_are_an_error():
    first = a_question("A", when={"question": "B", "answered": True})
    second = a_question("B", when={"question": "A", "answered": True})
    assert ("Circle", "first", "A") in errors(a_form(a_group("first", first, second)))


def test_an_empty_form_and_what_is_no_form_have_errors_and_no_failure():
    assert ("NoGroups", "", "") in errors(a_form())
    for odd in (None, [], "words", {"groups": [3, {"questions": "x"}], "title": []}):
        assert errors(odd)


@pytest.mark.req("GH-025")
def test_missing_guidance_and_identity_are_warnings():
    warned = names(a_form(a_group("first", a_question())), error=False)
    assert {("NoFormGuidance", "", ""), ("NoGuidance", "first", ""), ("NoSubject", "", "")} <= warned
    half = names(a_form(a_group("first", a_question(identity="surname"))), error=False)
    assert ("NoIdentity", "", "") in half and ("NoSubject", "", "") not in half


@pytest.mark.req("GH-025")
def test_a_question_that_the_bank_has_in_nearly_the_same_words_is_a_warning():
    known = a_question("SCHOOL_NOW", text=words("Which school does your child go to?"))
    services.keep_question(known, by=None, now=NOON)
    twin = a_question("SCHOOL_X", text=words("Which school does your child go to now?"))
    other = a_question("PET", text=words("What is the name of the family dog?"))
    warned = names(a_form(a_group("first", twin, other)), error=False)
    assert ("Alike", "first", "SCHOOL_X") in warned
    assert ("Alike", "first", "PET") not in warned
    assert ("Alike", "first", "SCHOOL_NOW") not in names(a_form(a_group("first", known)), error=False)


@pytest.mark.req("GH-041")
def test_welsh_that_is_a_copy_or_older_than_its_english_is_a_warning():
    def asking(english: str, welsh: str):
        return a_form(a_group("first", a_question("Q", text={"en": english, "cy": welsh})))

    copied = asking("Where do you live now", "Where do you live now")
    assert ("SameWelsh", "first", "Q") in names(copied, error=False)
    live = asking("Where do you live", "Ble ydych chi'n byw")
    assert ("StaleWelsh", "first", "Q") in names(
        asking("Your home", "Ble ydych chi'n byw"), live, error=False
    )
    both = asking("Your home", "Eich cartref")
    assert "StaleWelsh" not in {name for name, *_ in names(both, live, error=False)}


def test_a_sentence_too_long_to_read_is_a_warning():
    long = " ".join(["word"] * 26)
    warned = names(a_form(a_group("first", a_question("Q", text=words(long)))), error=False)
    assert ("LongSentence", "first", "Q") in warned


def test_every_problem_is_said_in_both_languages():
    broken = a_form(a_group("first", {"code": "Q", "kind": "text", "text": {"en": "Only"}}))
    for problem in problems_of(broken):
        assert problem.say("en") != problem.say("cy")
        assert "{" not in problem.say("en") + problem.say("cy")


@pytest.mark.req("GH-022")
def test_conditions_that_wait_for_each_other_are_refused_as_a_circle():
    asks_b, asks_a = ({"question": code, "answered": True} for code in "BA")
    content = a_form(
        a_group("first", a_question("A", when=asks_b)), a_group("second", a_question("B"), when=asks_a)
    )
    [found] = [problem for problem in problems_of(content) if problem.error]
    assert (found.name, found.question) == ("Circle", "A")
    assert "A → B → A" in found.say("en") and "A → B → A" in found.say("cy")
    alone = a_form(a_group("first", a_question("A", when=asks_a)))
    assert ("Circle", "first", "A") in errors(alone)


@pytest.mark.req("GH-022")
@pytest.mark.parametrize(
    ("kind", "limits", "rule", "never"),
    [
        ("integer", {"maximum": 10}, [("more_than", 20)], True),
        ("integer", {"maximum": 10}, [("more_than", 9)], False),
        ("decimal", {"minimum": 5}, [("less_than", 5)], True),
        ("integer", {}, [("more_than", 5), ("less_than", 6)], True),
        ("decimal", {}, [("more_than", 5), ("less_than", 6)], False),
        ("integer", {"minimum": 50, "maximum": 60}, [("answered", True)], False),
    ],
)
def test_what_no_number_that_is_taken_opens_cannot_be_published(kind, limits, rule, never):
    when = {"all": [{"question": "NUMBER", operator: value} for operator, value in rule]}
    content = a_form(a_group("first", a_question("NUMBER", kind, **limits), a_question("Q", when=when)))
    assert (("NeverQuestion", "first", "Q") in errors(content)) is never


@pytest.mark.req("GH-024", "GH-025")
def test_whatever_is_wrong_in_a_file_is_said_in_the_readers_language():
    options = [an_option("a"), an_option("a")]
    wrong = a_form(
        a_group(
            "first",
            a_question("A", "integer", max_length=3, minimum="x"),
            a_question("B", colour="red", hnt="x", reuse="never", max_length=0, chronology="x"),
            a_question("a!" * 400),
            a_question("C", "choose_one", options=options),
            a_question("D", "date", minimum="soon"),
            a_question("E", when={"all": []}),
            a_question("F", when={"question": "A"}),
            a_question("ZED", hint="hi"),
            a_question("G", text={"en": "x" * 2000, "cy": "\x00", "fr": "z"}),
            a_question("H", when={"question": "A", "is": "x"}),
            a_question("I", when={"question": "B", "is": 3}),
            a_question("J", when={"question": "B", "is": []}),
            a_question("K", when={"all": [], "any": []}),
            a_question("L", "file", most=3),
            a_question("M", "choose_one", options={}),
            a_question("N", "choose_one", options=[an_option(f"o{i}") for i in range(301)]),
            repeats={"least": 5, "most": 2, "item": words("x")},
        ),
        {"key": "No Key", "title": words("x"), "questions": ["x"]},
        code="a b",
        destination="nowhere",
    )
    deep = {"question": "A", "answered": True}
    for _ in range(12):
        deep = {"not": deep}
    found = [
        problem
        for content in (wrong, a_form(a_group("first", a_question("A"), a_question("B", when=deep))))
        for problem in problems_of(content)
        if problem.error
    ]
    assert len({problem.name for problem in found}) > 25
    assert [problem.values for problem in found if problem.name == "Other"] == []
    assert all(problem.say("cy") != problem.say("en") for problem in found)
    assert max(len(problem.say("en")) for problem in found) < 600
