"""A newer version of a form: every answer keeps its place or is named to its owner."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guildhall.paperwork.forms import services as forms
from guildhall.paperwork.forms.definition import Definition, parse
from guildhall.paperwork.forms.walk import judge
from guildhall.paperwork.submissions import services as submissions
from guildhall.paperwork.submissions.rules import expiry_of
from guildhall.paperwork.submissions.versions import answers_left, changes_between

from ...definitions import a_full_draft
from ...standing import NOON
from ..forms.made import CONTEXT, TODAY, a_group, a_question, an_option, parsed, words


def left(older: Definition, newer: Definition, answers) -> list[tuple[str, object, bool]]:
    found = answers_left(older, newer, answers, today=TODAY)
    return [(one.question.code, one.value, one.again) for one in found]


def colours(*ids: str):
    return a_question("COLOUR", "choose_one", options=[an_option(one) for one in ids])


REPEATS = {"least": 0, "most": 5, "item": words("person")}


def test_a_question_is_not_changed_by_the_shape_of_an_apostrophe():
    def asked(quote: str, ask: str) -> Definition:
        option = an_option("red", hint=words(f"the child{quote}s own"))
        likes = a_question("COLOUR", "choose_one", options=[option, an_option("blue")])
        name = a_question("NAME", text=words(f"{ask} child{quote}s name"), missing=words(f"child{quote}s"))
        return parsed(a_group("first", likes, name))

    assert changes_between(asked("'", "Your"), asked("’", "Your")) == []
    assert [
        (one.what, one.question.code) for one in changes_between(asked("'", "Your"), asked("’", "The"))
    ] == [("changed", "NAME")]


def test_an_answer_to_a_question_that_is_gone_is_named():
    older = parsed(a_group("first", a_question("NAME"), a_question("PET")))
    newer = parsed(a_group("first", a_question("NAME")))
    assert left(older, newer, {"NAME": "Mali", "PET": "Rex"}) == [("PET", "Rex", False)]


def test_an_answer_whose_option_was_retired_is_asked_again():
    older, newer = (parsed(a_group("first", colours(*ids))) for ids in (("red", "blue"), ("blue", "green")))
    assert left(older, newer, {"COLOUR": "red"}) == [("COLOUR", "red", True)]
    assert left(older, newer, {"COLOUR": "blue"}) == []


def test_answers_of_a_group_that_repeated_are_named_row_by_row():
    older = parsed(a_group("people", a_question("WHO"), repeats=REPEATS))
    newer = parsed(a_group("people", a_question("WHO")))
    rows = [{"_id": "a", "WHO": "Mali"}, {"_id": "b", "WHO": "Gwen"}]
    assert left(older, newer, {"people": rows}) == [("WHO", "Mali", False), ("WHO", "Gwen", False)]
    assert left(older, older, {"people": rows}) == []


KINDS = ("text", "memo", "integer", "yes_no", "date", "email", "choose_one", "choose_several", "telephone")
VALUES = {"text": "x", "memo": "a\nb", "integer": 5, "yes_no": "yes", "date": "2020-01-02"} | {
    "email": "a@example.org",
    "choose_one": "red",
    "choose_several": ["red", "blue"],
    "telephone": "01632960111",
}
FORM = st.dictionaries(st.sampled_from(["A", "B", "C", "D"]), st.sampled_from(KINDS), min_size=1)


@pytest.mark.req("GH-019")
@settings(deadline=None)
@given(FORM, FORM, st.booleans(), st.booleans())
def test_no_answer_is_without_a_place_and_unnamed(before, after, repeated, repeats):
    def form(kinds, again):
        more = {"repeats": REPEATS} if again else {}
        return parsed(a_group("only", *(a_question(code, kind) for code, kind in kinds.items()), **more))

    older, newer = form(before, repeated), form(after, repeats)
    given_answers = {code: VALUES[kind] for code, kind in before.items()}
    answers = {"only": [{"_id": "r"} | given_answers]} if repeated else given_answers
    named = {code for code, *_ in left(older, newer, answers)}
    for code, value in given_answers.items():
        asked = newer.question_by_code.get(code)
        placed = asked and repeated == repeats and judge(asked, value, CONTEXT).value is not None
        assert bool(placed) is (code not in named)


@pytest.mark.req("GH-019")
@pytest.mark.django_db
def test_moving_to_a_newer_version_leaves_every_answer_as_it_was():
    draft = a_full_draft()
    before = draft.answers
    content = draft.version.definition
    fewer = content | {"groups": content["groups"][:1]}
    parse(fewer)
    forms.publish(fewer, by=None, now=NOON)
    moved = submissions.upgrade_draft(draft, by=draft.owner, now=NOON + timedelta(days=3))
    assert moved.answers == before
    assert moved.expires_at == expiry_of(moved.saved_at)
