"""Saves from two open pages: what joins, what has to be asked, and that nothing is lost in silence."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guildhall.paperwork.submissions.merging import digest, flatten, merge


def _base(answers):
    return {unit: digest(value) for unit, value in flatten(answers).items() if value is not True}


def test_a_save_that_saw_the_latest_answers_counts_whole():
    merged = merge({"NAME": "Ali"}, {"NAME": 1}, revision=1, patch={"NAME": "", "AGE": 9}, seen=1, base={})

    assert merged.answers == {"AGE": 9}
    assert set(merged.changed) == {"NAME", "AGE"}
    assert merged.touched == {"NAME": 2, "AGE": 2}


@pytest.mark.req("GH-019")
def test_an_older_page_that_changed_something_else_is_merged():
    merged = merge(
        {"NAME": "Ali", "AGE": 9},
        {"NAME": 1, "AGE": 2},
        revision=2,
        patch={"NAME": "Alys"},
        seen=1,
        base={"NAME": digest("Ali")},
    )

    assert merged.answers == {"NAME": "Alys", "AGE": 9}
    assert merged.overlapping == ()


def test_an_older_page_that_changed_the_same_answer_is_not_written():
    merged = merge(
        {"NAME": "Alys"},
        {"NAME": 2},
        revision=2,
        patch={"NAME": "Alice"},
        seen=1,
        base={"NAME": digest("Ali")},
    )

    assert merged.overlapping == ("NAME",)
    assert merged.answers == {"NAME": "Alys"}


def test_what_an_older_page_only_carried_along_is_no_change():
    merged = merge(
        {"NAME": "Alys"},
        {"NAME": 2},
        revision=2,
        patch={"NAME": "Ali", "AGE": 9},
        seen=1,
        base={"NAME": digest("Ali"), "AGE": ""},
    )

    assert merged.answers == {"NAME": "Alys", "AGE": 9}
    assert merged.changed == ("AGE",)


def test_the_same_answer_typed_twice_is_no_conflict():
    merged = merge({"NAME": "Alys"}, {"NAME": 2}, revision=2, patch={"NAME": "Alys"}, seen=1, base={})

    assert (merged.changed, merged.overlapping) == ((), ())


def test_a_row_is_added_changed_and_taken_away_by_its_id():
    one = merge({}, {}, revision=0, patch={"parents": {"a": {"P_NAME": "Siân"}}}, seen=0, base={})
    assert one.answers == {"parents": [{"_id": "a", "P_NAME": "Siân"}]}

    two = merge(
        one.answers, one.touched, revision=1, patch={"parents": {"b": {"P_NAME": "Tom"}}}, seen=0, base={}
    )
    assert [row["_id"] for row in two.answers["parents"]] == ["a", "b"]

    three = merge(two.answers, two.touched, revision=2, patch={"parents": {"a": None}}, seen=2, base={})
    assert three.answers == {"parents": [{"_id": "b", "P_NAME": "Tom"}]}


def test_a_row_taken_away_elsewhere_does_not_come_back_in_silence():
    merged = merge(
        {"parents": []},
        {"parents/a": 3, "parents/a/P_NAME": 1},
        revision=3,
        patch={"parents": {"a": {"P_NAME": "Tom"}}},
        seen=2,
        base={"parents/a": digest(True), "parents/a/P_NAME": digest("Siân")},
    )

    assert set(merged.overlapping) == {"parents/a", "parents/a/P_NAME"}
    assert merged.answers == {"parents": []}


def test_a_row_changed_elsewhere_is_not_taken_away_in_silence():
    merged = merge(
        {"parents": [{"_id": "a", "P_NAME": "Tom"}]},
        {"parents/a": 1, "parents/a/P_NAME": 3},
        revision=3,
        patch={"parents": {"a": None}},
        seen=2,
        base={},
    )

    assert merged.overlapping == ("parents/a",)


def test_a_whole_list_of_rows_replaces_the_group():
    held = {"parents": [{"_id": "a", "P_NAME": "Tom"}, {"_id": "b", "P_NAME": "Ann"}]}

    merged = merge(held, {}, revision=1, patch={"parents": [{"_id": "b", "P_NAME": "Ann"}]}, seen=1, base={})

    assert merged.answers == {"parents": [{"_id": "b", "P_NAME": "Ann"}]}


CODES = ["A", "B", "C"]
UNITS = [*CODES, "rows/x/D", "rows/y/D"]
ACTIONS = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from(["open", "type", "save", "autosave"]),
        st.sampled_from(UNITS),
        st.integers(0, 3).map(lambda n: f"v{n}" if n else ""),
    ),
    max_size=40,
)


class _Tab:
    """A page as a browser holds it: what it showed, what was typed since, and the revision it knows."""

    def __init__(self, answers, revision):
        self.open(answers, revision)

    def open(self, answers, revision):
        self.shown = {unit: flatten(answers).get(unit, "") for unit in UNITS}
        self.typed = dict(self.shown)
        self.revision = revision

    @property
    def patch(self):
        patch = {code: self.typed[code] for code in CODES}
        for row in ("x", "y"):
            if self.typed[f"rows/{row}/D"] or self.shown[f"rows/{row}/D"]:
                patch.setdefault("rows", {})[row] = {"D": self.typed[f"rows/{row}/D"]}
        return patch

    @property
    def base(self):
        marks = {unit: digest(value) for unit, value in self.shown.items()}
        return marks | {f"rows/{row}": digest(True) if self.shown[f"rows/{row}/D"] else "" for row in "xy"}

    def go_on(self, revision):
        """An autosave: the page stays as it is, and what it shows is what it sent."""
        self.shown = dict(self.typed)
        self.revision = revision

    @property
    def changed(self):
        return {unit for unit in UNITS if self.typed[unit] != self.shown[unit]}


@pytest.mark.heavy
@pytest.mark.req("GH-019")
@settings(max_examples=300, deadline=None)
@given(ACTIONS)
def test_whatever_the_order_no_saved_answer_is_overwritten_by_a_page_that_did_not_see_it(actions):
    answers, touched, revision = {}, {}, 0
    tabs = [_Tab(answers, 0) for _ in range(3)]
    for number, act, unit, value in actions:
        tab = tabs[number]
        if act == "open":
            tab.open(answers, revision)
        elif act == "type":
            tab.typed[unit] = value
        else:
            before = flatten(answers)
            merged = merge(
                answers, touched, revision=revision, patch=tab.patch, seen=tab.revision, base=tab.base
            )
            after = flatten(merged.answers)
            for one in UNITS:
                was, now = before.get(one, ""), after.get(one, "")
                if was != now:
                    # Only what this page typed is written, and only over what it had shown.
                    assert now == tab.typed[one] and one in tab.changed
                    assert tab.shown[one] == was
                elif one in tab.changed and tab.typed[one] != was:
                    # What was typed and not written is offered, never dropped.
                    assert one in merged.overlapping or one.rsplit("/", 1)[0] in merged.overlapping
            if merged.overlapping:
                continue
            if merged.changed:
                revision += 1
            answers, touched = merged.answers, merged.touched
            tab.open(answers, revision) if act == "save" else tab.go_on(revision)
