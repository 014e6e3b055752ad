"""Nothing that somebody types is lost: saving by itself, two tabs, no connection, a session that ended."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from .family import place
from .visitor import Visitor

pytestmark = pytest.mark.browser

STATUS = "[data-autosave-status]"
LONG = ("She says: “Mae’n swnllyd yma.” It is too loud here.\n" * 700)[:3900]
AREAS = ["communication", "cognition", "semh", "sensory"]


@pytest.fixture
def parent(open_window: Callable[..., Visitor]) -> Visitor:
    """A parent of the demonstration with a new form open at the step of needs, all parts ticked."""
    visitor = open_window()
    visitor.sign_in("marek@example.org")
    visitor.go("/send/")
    visitor.open("main .gh-tile a")
    visitor.press("send.Forms_Start")
    visitor.press("send.Start_Button")
    if "/forms/start/" in visitor.page.url:
        visitor.press("send.Start_Again")
    visitor.page.goto(visitor.page.url.split("/steps/")[0] + "/steps/needs/")
    for area in AREAS:
        visitor.choose("q-need_areas", area)
    visitor.press("send.Step_Continue")
    expect(visitor.page.locator("textarea")).to_have_count(9)
    return visitor


@pytest.mark.req("SP-079", "GH-041")
def test_typing_is_saved_by_itself_and_another_tab_is_told(parent):
    page = parent.page
    page.locator("#q-daily_life").fill("She sleeps well.")
    _is_saved(page)

    other = page.context.new_page()
    other.goto(page.url)
    expect(other.locator("#q-daily_life")).to_have_value("She sleeps well.")
    other.locator("#q-daily_life").fill("She wakes at five.")
    _is_saved(other)

    page.locator("#q-daily_life").fill("She sleeps until six.")
    expect(page.locator(STATUS)).to_contain_text(parent.words("send.Step_ConflictLine"))
    parent.press("send.Step_Continue")
    expect(parent.heading).to_have_text(parent.words("send.Conflict_Heading"))
    parent.sees("She wakes at five.")
    parent.sees("She sleeps until six.")


@pytest.mark.req("GH-041")
def test_a_lost_connection_is_said_and_mends_by_itself(parent):
    page = parent.page
    page.context.set_offline(True)
    page.locator("#q-daily_life").fill("Typed on the bus.")
    expect(page.locator(STATUS)).to_contain_text(parent.words("send.Step_NotSaved"))

    page.context.set_offline(False)

    _is_saved(page)
    page.reload()
    expect(page.locator("#q-daily_life")).to_have_value("Typed on the bus.")


@pytest.mark.req("SP-061", "GH-041")
def test_a_session_that_ends_while_typing_costs_no_character(parent):
    page = parent.page
    typed = _type_long(page)
    assert sum(map(len, typed.values())) > 30_000
    page.context.clear_cookies(name="session")

    parent.press("send.Step_Later")
    parent.sign_in("marek@example.org")
    page.wait_for_load_state()

    if "/steps/" not in page.url:
        parent.press("account.Held_Button")
        page.wait_for_load_state()
    parent.go("/forms/saved/")
    parent.open("main tbody a")
    assert place(parent) == "needs"
    assert {name: page.locator(f"#{name}").input_value() for name in typed} == typed


def _is_saved(page: Page) -> None:
    """Everything typed has been taken in, and the page says so."""
    expect(page.locator("#step:not([data-unsaved])")).to_have_count(1)
    expect(page.locator(STATUS)).to_contain_text("Saved at")


def _type_long(page: Page) -> dict[str, str]:
    """Fill every long answer of the page at once, as a paste does; what was typed, by field."""
    names = page.locator("textarea").evaluate_all("areas => areas.map(area => area.id)")
    typed = {name: f"{number}. {LONG}"[:3900] for number, name in enumerate(names) if name != "q-daily_life"}
    for name, words in typed.items():
        page.locator(f"#{name}").fill(words)
    return typed
