"""The question before changes to a colleague's details are left behind (unsaved.js)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from .visitor import Visitor

pytestmark = pytest.mark.browser
OPERATOR = "nerys@ysgol.example.org"


@pytest.mark.req("SC-038")
def test_leaving_changed_details_is_asked_about_names_the_fields_and_can_be_thought_better_of(
    open_window: Callable[..., Visitor],
) -> None:
    visitor = open_window()
    visitor.sign_in(OPERATOR)
    visitor.go("/schools/users/")
    visitor.open("main tbody a[href^='/schools/users/']")
    page, there = visitor.page, visitor.page.url
    dialog = page.get_by_role("dialog")

    page.locator("#forename").fill("Nerys")
    page.locator(".govuk-back-link").first.click()
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text(page.locator("label[for=forename]").inner_text().replace("*", "").strip())
    stay = page.locator("form[data-unsaved]").get_attribute("data-unsaved-stay")
    expect(dialog.get_by_role("button", name=stay)).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).not_to_be_visible()
    expect(page.locator("#forename")).to_have_value("Nerys")
    assert page.url == there

    page.locator(".govuk-back-link").first.click()
    leave = page.locator("form[data-unsaved]").get_attribute("data-unsaved-leave")
    visitor.open(dialog.get_by_role("button", name=leave))
    assert page.url != there


def test_details_that_nobody_changed_are_left_without_a_question(open_window: Callable[..., Visitor]) -> None:
    visitor = open_window()
    visitor.sign_in(OPERATOR)
    visitor.go("/schools/users/")
    visitor.open("main tbody a[href^='/schools/users/']")
    visitor.open(".govuk-back-link")
    expect(visitor.page.get_by_role("dialog")).to_have_count(0)
