"""The pages in the middle of a journey, in both languages, as a browser sees them."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from scripts.portal import Portal

from .deep import DEEP
from .deep_rooms import ROOMS
from .looking import problems_of
from .pages import NOBODY

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def staged(portal: Portal) -> Iterator[dict[str, str]]:
    """What the addresses of the pages need; made once, as no page here changes it."""
    yield json.loads(portal.python("tests.browser.stage").splitlines()[-1])
    portal.python("tests.browser.stage", "strike")


@pytest.mark.req("GH-059", "GH-060")
@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("who", DEEP, ids=lambda who: who or "nobody")
def test_every_page_of_a_journey_is_accessible_fits_and_speaks_one_language(
    portal, signed_in, staged, who, language
):
    page = signed_in(who).new_page()
    if who == NOBODY:  # a page with a route keeps no style sheets or scripts from one visit to the next
        page.route(f"{portal.url}/down", lambda route: route.fulfill(**_down(staged, language)))
    wrong = problems_of(page, portal, DEEP[who], language, staged)
    page.close()

    assert not wrong, "\n".join(wrong)


@pytest.mark.req("GH-059", "GH-060")
@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("who", ROOMS, ids=lambda who: who or "nobody")
def test_every_page_of_a_room_is_accessible_fits_and_speaks_one_language(
    portal, signed_in, staged, who, language
):
    page = signed_in(who).new_page()
    wrong = problems_of(page, portal, ROOMS[who], language, staged)
    page.close()

    assert not wrong, "\n".join(wrong)


def _down(staged: dict[str, str], language: str) -> dict[str, Any]:
    """The answer while the database is lost, which cannot be had from a portal that runs."""
    return {"status": 503, "content_type": "text/html", "body": staged[f"down_{language}"]}
