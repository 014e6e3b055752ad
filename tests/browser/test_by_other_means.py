"""Without JavaScript, and with the keyboard alone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from . import family, officer
from .pages import OFFICER
from .visitor import Visitor

pytestmark = pytest.mark.browser


@pytest.mark.req("GH-059")
def test_the_main_way_without_javascript(open_window: Callable[..., Visitor], letter: Path):
    email = "plain@example.org"
    parent = open_window(java_script_enabled=False)
    family.register(parent, email)
    family.verify(parent, email)
    family.add_child(parent, "Nel", "Tudor", ("5", "6", "2018"))
    family.start_request(parent, "Nel Tudor")
    family.fill_to(parent, "evidence")
    family.attach(parent, letter)
    family.finish_step(parent)
    family.fill_to(parent, "summary")
    reference = family.send(parent)

    desk = open_window(java_script_enabled=False)
    desk.sign_in(OFFICER, staff=True)
    officer.open_case(desk, reference)
    officer.match_child(desk, "Nel Tudor")
    officer.open_case(desk, reference)
    officer.approve(desk, "We will assess Nel.")
    desk.sees(desk.words("send.Done_Approved"))


@pytest.mark.req("GH-060")
def test_a_step_and_the_summary_by_keyboard_alone(open_window: Callable[..., Visitor]):
    parent = open_window()
    parent.sign_in("james@example.org")
    parent.go("/send/")
    parent.open("main .gh-tile a")
    parent.press("send.Forms_Start")
    parent.press("send.Start_Button")
    if "/forms/start/" in parent.page.url:
        parent.press("send.Start_Again")
    page, keys = parent.page, parent.page.keyboard
    page.goto(page.url.split("/steps/")[0] + "/steps/views/")

    _tab_to(parent, "q-views_how")
    keys.press("Space")
    keys.press("ArrowDown")
    expect(page.locator("[name='q-views_how'][value='helped']")).to_be_checked()
    _tab_to(parent, "q-views_liked")
    keys.type("Trains")
    _tab_to(parent, "", words=parent.words("send.Step_Continue"))
    with page.expect_navigation():
        keys.press("Enter")
    assert family.place(parent) == "hopes"

    page.goto(page.url.split("/steps/")[0] + "/summary/")
    parent.sees("Trains")
    expect(page.locator("#gaps")).to_be_focused()  # what is missing speaks first
    _tab_to(parent, "declaration-first")
    keys.press("Space")
    expect(page.locator("#declaration-first")).to_be_checked()


def _tab_to(parent: Visitor, field: str, *, words: str = "") -> None:
    """Press Tab until the focus is in ``field``, or on the button with ``words``."""
    for _ in range(150):
        parent.page.keyboard.press("Tab")
        here = parent.page.evaluate("[document.activeElement.id, document.activeElement.innerText]")
        if (field and here[0].startswith(field)) or (words and here[1] == words):
            return
    raise AssertionError(f"Tab never came to {field or words}")
