"""A real portal with its worker and its demonstration, and a real Chromium in front of it."""

import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright
from scripts.portal import Portal
from scripts.setup import find_program

from .. import migrated
from .pages import NOBODY, STAFF
from .visitor import Visitor

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 15_000  # milliseconds that a busy machine is given for what is done in one
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 375, "height": 800}


# Of the package, not of the session: while Playwright runs, Django takes this thread for an asynchronous one.
@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    program = find_program("chromium")
    if not program:
        warnings.warn("NOT TESTED: there is no Chromium, so no journey was made", stacklevel=1)
        pytest.skip("NOT TESTED: there is no Chromium, so no journey was made")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(program), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def portal(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[Portal]:
    """The demonstration, as ``./run`` shows it."""
    made = Portal(tmp_path_factory.mktemp("browser") / "data", demo=True)
    migrated.copy_into(made)
    made.command("prepare", "--demo")
    made.python("tests.browser.reasons")
    made.start(threads=2)
    yield made
    made.stop()


@pytest.fixture
def open_window(chromium: Browser, portal: Portal) -> Iterator[Callable[..., Visitor]]:
    """``open_window(language="cy", viewport=PHONE)``: somebody new at a browser of their own."""
    windows: list[BrowserContext] = []

    def open_one(*, language: str = "en", viewport: Any = WIDE, **more: Any) -> Visitor:
        context = chromium.new_context(viewport=viewport, **more)
        context.set_default_timeout(PATIENCE)
        windows.append(context)
        scripts = more.get("java_script_enabled", True)
        visitor = Visitor(context.new_page(), portal, scripts=scripts)
        visitor.go("/")
        if language != "en":
            visitor.switch_language()
        return visitor

    yield open_one
    for context in windows:
        context.close()


@pytest.fixture(scope="package")
def signed_in(chromium: Browser, portal: Portal) -> Iterator[Callable[[str], BrowserContext]]:
    """``signed_in(PARENT)``: that person's browser, where they signed in once for all tests."""
    contexts: dict[str, BrowserContext] = {}

    def context_of(who: str) -> BrowserContext:
        if who not in contexts:
            contexts[who] = chromium.new_context(viewport=WIDE)
            contexts[who].set_default_timeout(PATIENCE)
            if who != NOBODY:
                Visitor(contexts[who].new_page(), portal).sign_in(who, staff=who in STAFF)
        return contexts[who]

    yield context_of
    for context in contexts.values():
        context.close()


@pytest.fixture(scope="package")
def letter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report that a parent might send in."""
    path = tmp_path_factory.mktemp("papers") / "therapist-letter.txt"
    path.write_text("Mali was seen on 3 March 2026. She finds it hard to say what she needs.\n")
    return path
