"""A page of the kit in a real browser, without a server: every request is answered by the test."""

import json
import mimetypes
import shutil
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, sync_playwright

KIT = settings.PACKAGE / "foundation/kit/static/kit"
SITE = "http://portal.test"
POLICY = "; ".join(
    f"{name} {' '.join(values)}" for name, values in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].items()
)
Answer = Callable[[Any], tuple[int, dict[str, Any]] | None]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser for one module, because while its driver runs Django sees a loop in this thread."""
    program = shutil.which("chromium")
    if not program or not (KIT / "vendor/stamp").exists():
        pytest.skip("COULD NOT TEST IN A BROWSER: chromium or the vendored assets are missing")
    quiet = ("no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-background-networking")
    arguments = [f"--{name}" for name in (*quiet, "disable-component-update", "disable-sync")]
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as driver:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = driver.chromium.launch(executable_path=program, args=arguments)
        yield browser
        browser.close()


class Stage:
    """Opens HTML at ``SITE`` and remembers what its scripts post; ``answers`` says what they get back.

    An answer is (status, JSON), or None for a connection that breaks.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.answers: dict[str, Answer] = {}
        self.posts: list[tuple[str, dict[str, list[str]]]] = []
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._listen)
        page.route("**/*", self._answer)

    def show(self, html: str, *, width: int = 1280) -> Any:
        self._html = html
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.goto(f"{SITE}/page?a=1")
        self.page.wait_for_function("document.body.classList.contains('js-enabled')")
        return self.page

    def bodies(self, path: str) -> list[dict[str, list[str]]]:
        return [body for where, body in self.posts if where == path]

    def _listen(self, message: Any) -> None:
        if message.type == "error" and "ERR_" not in message.text and "status of" not in message.text:
            self.complaints.append(message.text)

    def _answer(self, route: Any) -> None:
        path = urlsplit(route.request.url).path
        if path.startswith("/static/kit/"):
            kind = mimetypes.guess_type(path)[0]
            route.fulfill(path=KIT / path.removeprefix("/static/kit/"), content_type=kind)
        elif path in self.answers:
            self.posts.append((path, parse_qs(route.request.post_data or "", keep_blank_values=True)))
            answer = self.answers[path](route.request)
            if answer is None:
                route.abort()
            else:
                route.fulfill(status=answer[0], body=json.dumps(answer[1]), content_type="application/json")
        elif path == "/page":
            headers = {"Content-Security-Policy": POLICY, "Content-Type": "text/html; charset=utf-8"}
            route.fulfill(body=self._html, headers=headers)
        else:
            route.fulfill(body="", content_type="text/css" if path.endswith(".css") else "text/html")


@pytest.fixture
def stage(chromium: Browser) -> Iterator[Stage]:
    page = chromium.new_page()
    page.set_default_timeout(10_000)
    built = Stage(page)
    yield built
    page.close()
    assert built.complaints == []
