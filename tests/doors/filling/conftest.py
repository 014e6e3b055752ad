"""The pages of filling in, in a real browser that this process answers itself."""

import mimetypes
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from tests.foundation.kit.conftest import chromium

__all__ = ["chromium"]
SITE = "http://localhost"


class Window:
    """A browser window whose every request ``client`` answers; ``complaints`` of the page are kept."""

    def __init__(self, page: Page, client: Client, desk: ThreadPoolExecutor) -> None:
        self.page, self.client, self.desk = page, client, desk
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda one: one.type == "error" and self.complaints.append(one.text))
        page.route("**/*", self._answer)

    def open(self, path: str) -> Page:
        self.page.goto(f"{SITE}{path}")
        expect(self.page.locator("body.js-enabled")).to_have_count(1)
        return self.page

    def _answer(self, route: Any) -> None:
        request = route.request
        path = urlsplit(request.url).path
        if path.startswith("/static/") and (found := finders.find(path.removeprefix("/static/"))):
            route.fulfill(path=found, content_type=mimetypes.guess_type(path)[0])
            return
        response = self.desk.submit(
            self.client.generic,
            request.method,
            request.url.removeprefix(SITE),
            request.post_data_buffer or b"",
            content_type=request.headers.get("content-type", ""),
            HTTP_ACCEPT=request.headers.get("accept", ""),
        ).result()
        route.fulfill(status=response.status_code, headers=dict(response.headers), body=response.getvalue())


def _share(connection: Any) -> None:
    """Django keeps connections by thread, and this one has no loop of Playwright's."""
    connections["default"] = connection


@pytest.fixture
def window(chromium: Browser, client: Client) -> Iterator[Callable[..., Window]]:
    """``window(width=375)``: what ``client`` sees, in a browser."""
    pages: list[Window] = []
    desk = ThreadPoolExecutor(1, initializer=_share, initargs=[connections["default"]])
    connections["default"].inc_thread_sharing()

    def open_one(*, width: int = 1280) -> Window:
        page = chromium.new_page(viewport={"width": width, "height": 900})
        page.set_default_timeout(15_000)
        pages.append(Window(page, client, desk))
        return pages[-1]

    yield open_one
    desk.shutdown()
    connections["default"].dec_thread_sharing()
    for each in pages:
        each.page.close()
        assert each.complaints == []
