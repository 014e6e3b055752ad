"""What is looked at on every page: its rules of accessibility, its width, its language, its own heading."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page
from scripts.portal import Portal

from .conftest import WIDE
from .pages import Place

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],  # of what is well, one example of each rule is enough
}
NARROW = {"width": 320, "height": 800}
# All in one question: each goes through three processes.
SEEN = """() => ({
    language: document.documentElement.getAttribute("lang"),
    headings: [...document.querySelectorAll("h1")].map(heading => heading.innerText.trim()),
    title: document.title,
    says: document.querySelectorAll(".govuk-error-summary a").length,
})"""


def problems_of(
    page: Page, portal: Portal, places: Sequence[Place], language: str, staged: Mapping[str, str]
) -> list[str]:
    """Open ``places`` one after the other in ``language``; what is wrong with them, a line each."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if _is_complaint(message) else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    _speak(page, portal, language)
    wrong = []
    for place in places:
        said.clear()
        answer = _arrive(page, portal, place.on(staged))
        wrong += [f"{place}: {problem}" for problem in [*_problems(page, answer, place, language), *said]]
    return wrong


def _arrive(page: Page, portal: Portal, place: Place) -> Any:
    """Go to ``place`` and do what it says; the answer of the last page that was loaded."""
    answers: list[Any] = []

    def note(answer: Any) -> None:
        if _is_page(answer):
            answers.append(answer)

    page.on("response", note)
    page.goto(portal.url + place.path)
    for step in place.then:
        kind, _, what = step.partition(":")
        _ACTIONS[kind](page, portal, what)
    page.wait_for_load_state()
    page.remove_listener("response", note)
    return answers[-1]


def _follow(page: Page, portal: Portal, pattern: str) -> None:
    addresses = page.locator("main a").evaluate_all("links => links.map(link => link.href)")
    end = "#" if r"\?" in pattern else "[?#]"
    found = [one for one in addresses if re.search(pattern, re.split(end, one)[0])]
    assert found, f"no link {pattern} on {page.url}"
    page.goto(found[0])


def _type(page: Page, portal: Portal, what: str) -> None:
    where, _, words = what.partition("=")
    page.locator(where).fill(words)


def _set(page: Page, portal: Portal, what: str) -> None:
    """Change a field unseen by the page's scripts, as a page that was open for long holds old values."""
    where, _, value = what.rpartition("=")
    page.locator(where).first.evaluate("(field, value) => { field.value = value }", value)


def _press(page: Page, portal: Portal, where: str) -> None:
    with page.expect_navigation():
        page.locator(where).first.click()


def _bring(page: Page, portal: Portal, what: str) -> None:
    name, _, value = what.partition("=")
    page.context.add_cookies([{"name": name, "value": value, "url": portal.url}])


_ACTIONS: dict[str, Callable[[Page, Portal, str], None]] = {
    "link": _follow,
    "press": _press,
    "tick": lambda page, portal, where: [box.check() for box in page.locator(where).all()] and None,
    "type": _type,
    "set": _set,
    "show": lambda page, portal, where: page.locator(where).first.evaluate("it => { it.hidden = false }"),
    "cookie": _bring,
    "go": lambda page, portal, path: page.goto(portal.url + path) and None,
}


def _speak(page: Page, portal: Portal, language: str) -> None:
    page.goto(portal.url + "/about")
    if page.locator("html").get_attribute("lang") != language:
        page.locator(".gh-language button").click()
        page.wait_for_load_state()


def _problems(page: Page, answer: Any, place: Place, language: str) -> Iterator[str]:
    if answer.status != place.status:
        yield f"answers {answer.status}"
    if len(answer.body()) > place.most_bytes:
        yield f"{len(answer.body())} bytes"
    seen = page.evaluate(SEEN)
    if seen["language"] != language:
        yield "is in the other language"
    if len(seen["headings"]) != 1 or not seen["headings"][0]:
        yield "has no heading of its own"
    if seen["title"].startswith((" ", "–")) or seen["title"].count(" – ") < place.title_parts - 1:
        yield f"has the title {seen['title']}"
    if _is_wrong(place) and not seen["says"]:
        yield "does not say what is wrong"
    for fault in _faults(page):
        yield f"{fault['id']} at {fault['nodes'][0]['html'][:200]}"
    page.set_viewport_size(NARROW)
    width = page.evaluate("document.documentElement.scrollWidth")
    if width > NARROW["width"]:
        yield f"is {width} wide on a screen of {NARROW['width']}"
    page.set_viewport_size(WIDE)


def _faults(page: Page) -> list[dict[str, Any]]:
    """What axe finds wrong. What it finds well stays in the browser: carrying it over takes as long again."""
    page.evaluate(AXE_SCRIPT)
    found: list[dict[str, Any]] = page.evaluate(
        "rules => axe.run(rules).then(found => found.violations)", RULES
    )
    return found


def _is_wrong(place: Place) -> bool:
    return place.status == 422 or bool(place.then and place.then[-1].endswith("(.govuk-button--secondary)"))


def _is_page(answer: Any) -> bool:
    return answer.request.is_navigation_request() and answer.status not in {301, 302, 303}


def _is_complaint(message: Any) -> bool:
    """Chromium also logs every page that answers 4xx, which is meant."""
    return message.type in {"error", "warning"} and "Failed to load resource" not in message.text
