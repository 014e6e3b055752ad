"""Sharing a form: an officer lets a parent read it, and ends it while the parent has it open."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from .pages import OFFICER
from .visitor import Visitor

pytestmark = pytest.mark.browser

READER = "laura@example.org"


@pytest.mark.req("SP-237", "SP-246", "SP-248")
def test_a_form_is_shared_read_and_stopped(open_window: Callable[..., Visitor]):
    desk, parent = open_window(), open_window()
    desk.sign_in(OFFICER, staff=True)
    _authenticate(desk)
    title = _share(desk)

    parent.sign_in(READER)
    parent.follow(parent.words("send.Shared_Heading"))
    parent.follow(title)
    expect(parent.heading).to_have_text(title)
    with parent.page.expect_download() as waiting:
        parent.page.get_by_role("button", name=parent.words("send.Shared_Pdf")).click()
    assert waiting.value.suggested_filename.endswith(".pdf")

    desk.page.locator("#forms ~ table tr", has_text="Laura").locator("a", has_text="Stop").click()
    desk.press("children.Sharing_Stop")
    desk.sees(desk.words("children.Sharing_State_stopped"))

    answer = parent.page.reload()
    assert answer is not None
    assert answer.status == 404


def _authenticate(desk: Visitor) -> None:
    """Put the parent on the involvement of the child of an approved request."""
    desk.go("/council/review/?status=approved&type=EHCNA-PARENT")
    desk.open("tbody th a")
    desk.follow(desk.words("send.Case_SeeChild"))
    desk.follow(desk.words("children.Sharing_Involvement"))
    desk.press("children.Sharing_Add")
    desk.fill({"q": READER})
    desk.press("children.Search_Button")
    desk.open("#found ~ ul a")
    desk.fill({"relation": "Aunt", "reason": "Passport seen at the office"})
    desk.choose("authenticated", "yes")
    desk.press("children.Sharing_OK")
    desk.sees("Are you sure you want to authenticate Laura Smith-Jones?")
    desk.press("children.Sharing_Save_Authenticate")


def _share(desk: Visitor) -> str:
    """Share the newest form of the chronology with the parent; its title."""
    desk.follow(desk.words("children.Tab_child-chronology"))
    desk.open("tbody td a")
    title = desk.heading.inner_text()
    desk.press("children.Sharing_Share")
    desk.page.locator("label", has_text="Laura Smith-Jones").click()
    desk.press("children.Sharing_Share_Look")
    desk.sees(READER)
    desk.press("children.Sharing_Sure_Share")
    desk.sees(desk.words("children.Sharing_State_waiting"))
    return title
