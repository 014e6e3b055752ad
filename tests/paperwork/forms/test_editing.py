"""Edits of a form's content: nothing in place, nothing lost, always undone exactly."""

from copy import deepcopy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guildhall.paperwork.forms import editing

pytestmark = pytest.mark.django_db

GROUPS = ("child", "needs", "views")


def a_content() -> dict:
    questions = iter([["SURNAME", "BORN"], ["NEEDS", "SUPPORT"], ["VIEWS"]])
    return {
        "code": "TRY",
        "groups": [
            {
                "key": key,
                "number": number,
                "title": {"en": key, "cy": key},
                "questions": [
                    {"code": code, "kind": "text", "text": {"en": code, "cy": code}}
                    for code in next(questions)
                ],
            }
            for number, key in enumerate(GROUPS, 2)
        ],
    }


def codes(content: dict, key: str) -> list[str]:
    return [question["code"] for question in editing.group_in(content, key)["questions"]]


def test_a_code_loses_its_returns_tabs_and_outer_spaces():
    assert editing.clean_code(" \tchild_name\r\n") == "CHILD_NAME"


@pytest.mark.req("SP-166")
def test_a_question_can_be_used_only_once_on_a_form():
    with pytest.raises(editing.CannotEdit) as refusal:
        editing.add_question(a_content(), {"code": "BORN", "kind": "date"}, to="views")
    assert "BORN" in refusal.value.message


def test_a_question_is_put_where_it_was_dropped():
    added = editing.add_question(a_content(), {"code": "NEW", "kind": "text"}, to="child", at=1)
    assert codes(added, "child") == ["SURNAME", "NEW", "BORN"]


@pytest.mark.req("SP-167")
def test_a_question_moves_down_and_into_another_group():
    down = editing.shift_question(a_content(), "SURNAME", by=1)
    assert codes(down, "child") == ["BORN", "SURNAME"]
    assert editing.shift_question(down, "SURNAME", by=1) == down
    away = editing.move_question(down, "BORN", to="views", at=0)
    assert (codes(away, "child"), codes(away, "views")) == (["SURNAME"], ["BORN", "VIEWS"])


@pytest.mark.req("SP-170")
def test_groups_move_and_their_numbers_follow():
    moved = editing.shift_group(a_content(), "views", by=-1)
    assert [(g["key"], g["number"]) for g in moved["groups"]] == [("child", 2), ("views", 3), ("needs", 4)]


@pytest.mark.req("SP-172")
def test_renumbering_puts_the_changed_group_first_of_those_that_share_a_number():
    changed = editing.change_group(a_content(), "views", {"number": 2})
    numbered, moved = editing.renumber(changed, changed="views")
    assert moved == [("views", 2, 2), ("child", 2, 3), ("needs", 3, 4)]
    assert [group["key"] for group in numbered["groups"]] == ["views", "child", "needs"]


def test_renumbering_keeps_the_displayed_order_of_the_others():
    changed = editing.change_group(a_content(), "needs", {"number": 9})
    _, moved = editing.renumber(editing.change_group(changed, "child", {"number": 9}))
    assert [key for key, _, _ in moved] == ["views", "child", "needs"]


@pytest.mark.req("SP-173")
def test_a_deleted_question_leaves_the_others_where_they_were():
    assert codes(editing.delete_question(a_content(), "SURNAME"), "child") == ["BORN"]


def test_who_asks_about_a_question_is_found_in_every_condition():
    rule = {"any": [{"not": {"question": "BORN", "older_than": 5}}, {"question": "NEEDS", "answered": True}]}
    content = editing.change_group(a_content(), "views", {"when": rule})
    content = editing.change_question(content, "SUPPORT", {"kind": "text", "mandatory": rule})
    assert editing.conditions_about(content, "BORN") == [("needs", "SUPPORT"), ("views", "")]
    assert editing.conditions_about(content, "VIEWS") == []


def test_the_bank_keeps_no_conditions_of_a_form():
    rule = {"question": "BORN", "answered": True}
    kept = editing.bank_content({"code": "A", "when": rule, "mandatory": rule, "hint": {"en": "x"}})
    assert kept == {"code": "A", "hint": {"en": "x"}}
    assert editing.bank_content({"code": "A", "mandatory": True})["mandatory"] is True


def test_what_is_not_there_is_refused():
    for edit in (
        lambda: editing.delete_group(a_content(), "gone"),
        lambda: editing.delete_question(a_content(), "GONE"),
        lambda: editing.move_question(a_content(), "BORN", to="gone"),
        lambda: editing.add_group(a_content(), {"key": "child"}),
        lambda: editing.change_group(a_content(), "views", {"key": "child"}),
    ):
        with pytest.raises(editing.CannotEdit):
            edit()


_CODE = st.sampled_from(["SURNAME", "BORN", "NEEDS", "SUPPORT", "VIEWS", "NEW"])
_KEY = st.sampled_from([*GROUPS, "more"])
_STEP = st.sampled_from([-1, 1])
_EDITS = st.one_of(
    st.builds(lambda key: lambda c: editing.add_group(c, {"key": key}), _KEY),
    st.builds(lambda key: lambda c: editing.delete_group(c, key), _KEY),
    st.builds(lambda key, by: lambda c: editing.shift_group(c, key, by=by), _KEY, _STEP),
    st.builds(lambda key, n: lambda c: editing.change_group(c, key, {"number": n}), _KEY, st.integers(2, 6)),
    st.builds(lambda key: lambda c: editing.renumber(c, changed=key)[0], _KEY),
    st.builds(
        lambda code, key, at: lambda c: editing.add_question(c, {"code": code}, to=key, at=at),
        _CODE,
        _KEY,
        st.integers(0, 3),
    ),
    st.builds(lambda code: lambda c: editing.delete_question(c, code), _CODE),
    st.builds(lambda code, key: lambda c: editing.move_question(c, code, to=key), _CODE, _KEY),
    st.builds(lambda code, by: lambda c: editing.shift_question(c, code, by=by), _CODE, _STEP),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_EDITS, max_size=12))
def test_no_edit_changes_what_it_was_given_and_no_question_is_there_twice(edits):
    content = a_content()
    for edit in edits:
        before = deepcopy(content)
        try:
            after = edit(content)
        except editing.CannotEdit:
            continue
        assert content == before
        content = after
        found = [question["code"] for question in editing.questions_in(content)]
        assert len(found) == len(set(found))
        keys = [group["key"] for group in content["groups"]]
        assert len(keys) == len(set(keys))
