"""Every page of every door, in both languages, as a browser sees it."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page
from scripts.portal import Portal

from .pages import NOBODY, PLACES, STAFF, Place
from .visitor import Visitor

pytestmark = pytest.mark.browser

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
MOST_BYTES = 100_000
NARROW, WIDE = {"width": 320, "height": 800}, {"width": 1280, "height": 900}
LANGUAGES = ("en", "cy")


@pytest.fixture(scope="module")
def signed_in(chromium: Browser, portal: Portal) -> Iterator[Callable[[str], BrowserContext]]:
    """One browser a person, signed in once."""
    contexts: dict[str, BrowserContext] = {}

    def context_of(who: str) -> BrowserContext:
        if who not in contexts:
            contexts[who] = chromium.new_context(viewport=WIDE)
            contexts[who].set_default_timeout(15_000)
            if who != NOBODY:
                Visitor(contexts[who].new_page(), portal).sign_in(who, staff=who in STAFF)
        return contexts[who]

    yield context_of
    for context in contexts.values():
        context.close()


@pytest.mark.req("GH-059", "GH-060")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("who", PLACES, ids=lambda who: who or "nobody")
def test_every_page_is_accessible_fits_and_speaks_one_language(portal, signed_in, who, language):
    page = signed_in(who).new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if _is_complaint(message) else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    _speak(page, portal, language)

    wrong = []
    for place in PLACES[who]:
        said.clear()
        answer = arrive(page, portal, place)
        wrong += [f"{place}: {problem}" for problem in [*_problems(page, answer, place, language), *said]]
    page.close()

    assert not wrong, "\n".join(wrong)


def arrive(page: Page, portal: Portal, place: Place) -> Any:
    """Go to ``place`` and do what it says; the answer of the last page that was loaded."""
    answers = []
    page.on("response", lambda answer: answers.append(answer) if _is_page(page, answer) else None)
    page.goto(portal.url + place.path)
    for step in place.then:
        kind, _, what = step.partition(":")
        _ACTIONS[kind](page, portal, what)
    page.wait_for_load_state()
    return answers[-1]


def _follow(page: Page, portal: Portal, pattern: str) -> None:
    addresses = page.locator("main a").evaluate_all("links => links.map(link => link.href)")
    found = [one for one in addresses if re.search(pattern, one.split("?")[0].split("#")[0])]
    assert found, f"no link {pattern} on {page.url}"
    page.goto(found[0])


def _type(page: Page, portal: Portal, what: str) -> None:
    where, _, words = what.partition("=")
    page.locator(where).fill(words)


def _press(page: Page, portal: Portal, where: str) -> None:
    with page.expect_navigation():
        page.locator(where).first.click()


_ACTIONS: dict[str, Callable[[Page, Portal, str], None]] = {
    "link": _follow,
    "press": _press,
    "tick": lambda page, portal, where: page.locator(where).check(),
    "type": _type,
}


def _speak(page: Page, portal: Portal, language: str) -> None:
    page.goto(portal.url + "/about")
    if page.locator("html").get_attribute("lang") != language:
        page.locator(".gh-language button").click()
        page.wait_for_load_state()


def _problems(page: Page, answer: Any, place: Place, language: str) -> Iterator[str]:
    if answer.status != place.status:
        yield f"answers {answer.status}"
    if len(answer.body()) > MOST_BYTES:
        yield f"{len(answer.body())} bytes"
    if page.locator("html").get_attribute("lang") != language:
        yield "is in the other language"
    if page.locator("h1").count() != 1 or not page.locator("h1").inner_text().strip():
        yield "has no heading of its own"
    if page.title().startswith((" ", "–")) or page.title().count(" – ") < 2:
        yield f"has the title {page.title()}"
    if _is_wrong(place) and not page.locator(".govuk-error-summary a").count():
        yield "does not say what is wrong"
    for fault in Axe().run(page, options=RULES).response["violations"]:
        yield f"{fault['id']} at {fault['nodes'][0]['html'][:200]}"
    page.set_viewport_size(NARROW)
    width = page.evaluate("document.documentElement.scrollWidth")
    if width > NARROW["width"]:
        yield f"is {width} wide on a screen of {NARROW['width']}"
    page.set_viewport_size(WIDE)


def _is_wrong(place: Place) -> bool:
    return place.status == 422 or bool(place.then and place.then[-1].endswith("(.govuk-button--secondary)"))


def _is_page(page: Page, answer: Any) -> bool:
    return answer.request.is_navigation_request() and answer.status not in {301, 302, 303}


def _is_complaint(message: Any) -> bool:
    """Chromium also logs every page that answers 4xx, which is meant."""
    return message.type in {"error", "warning"} and "Failed to load resource" not in message.text
