"""The rows of a repeating group: put in order, removed after a question, brought back."""

import pytest
from django.urls import reverse

from guildhall.paperwork.submissions.models import Draft
from tests.definitions import FULL, a_draft
from tests.standing import another_parent, come_in

from .pages import step_url, type_in, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(client):
    made = a_draft(answers=FULL)
    come_in(client, made.owner)
    for row, name in (("b2", "Tomos"), ("c3", "Nia")):
        type_in(client, step_url(made, "parents", row), parent_name=name)
    return made


def names():
    return [row["PARENT_NAME"] for row in Draft.objects.get().answers["parents"]]


def press(client, draft, **button):
    url = step_url(draft, "parents")
    pressed = {name.replace("_", "-"): value for name, value in button.items()}
    return client.post(url, typed(client.get(url)) | pressed)


def test_rows_are_put_in_order_with_buttons(client, draft):
    assert press(client, draft, move_row_up="c3").url.endswith("#row-c3")
    assert names() == ["Dilys Pritchard", "Nia", "Tomos"]
    press(client, draft, move_row_down="a1")
    assert names() == ["Nia", "Dilys Pritchard", "Tomos"]


@pytest.mark.parametrize(
    "button", [{"move_row_up": "a1"}, {"move_row_down": "c3"}, {"move_row_up": "zz"}, {"move_row_down": "\0"}]
)
def test_a_row_at_the_end_or_unknown_stays(client, draft, button):
    assert press(client, draft, **button).status_code == 302
    assert names() == ["Dilys Pritchard", "Tomos", "Nia"]


def test_the_first_row_has_no_way_up_and_the_last_none_down(client, draft):
    page = client.get(step_url(draft, "parents")).text

    assert 'name="move-row-up" value="a1"' not in page and 'name="move-row-down" value="a1"' in page
    assert 'name="move-row-down" value="c3"' not in page and 'name="move-row-up" value="c3"' in page


@pytest.mark.req("SP-103")
def test_removing_a_row_asks_first_and_can_be_undone(client, draft):
    url = step_url(draft, "parents")
    assert 'name="remove-row"' not in client.get(url).text
    asked = client.get(url, {"remove": "b2"}).text
    assert "Are you sure you want to remove Parent or carer 2?" in asked
    assert asked.count('name="remove-row"') == 1

    press(client, draft, remove_row="b2")
    assert names() == ["Dilys Pritchard", "Nia"]
    assert "You removed Parent or carer 2: Tomos." in client.get(url).text
    press(client, draft, undo_row="yes")
    assert names() == ["Dilys Pritchard", "Tomos", "Nia"]
    assert "You removed" not in client.get(url).text


def test_undoing_twice_brings_a_row_back_once(client, draft):
    press(client, draft, remove_row="b2")
    press(client, draft, undo_row="yes")
    press(client, draft, undo_row="yes")

    assert names() == ["Dilys Pritchard", "Tomos", "Nia"]


def test_nobody_else_moves_or_brings_back_a_row(client, draft):
    press(client, draft, remove_row="b2")
    come_in(client, another_parent())

    for button in ({"undo-row": "yes"}, {"move-row-up": "c3"}):
        assert client.post(step_url(draft, "parents"), button).status_code == 404
    assert names() == ["Dilys Pritchard", "Nia"]


@pytest.mark.req("SP-080", "CP-031")
def test_a_gap_says_in_which_row_it_is(client):
    made = a_draft(
        answers=FULL | {"parents": {"a1": {"PARENT_NAME": "Dilys"}, "b2": {"PARENT_TELEPHONE": "1"}}}
    )
    come_in(client, made.owner)

    summary = client.get(reverse("filling:summary", args=[made.pk])).text
    assert "Parent or carer 2: Answer the question “Parent name”" in summary
    rows = type_in(client, step_url(made, "parents"))
    assert rows.status_code == 422 and "Parent or carer 2: Answer the question “Parent name”" in rows.text
