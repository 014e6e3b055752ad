"""Post: an officer publishes it; a lead contact reads, acts and returns a file; the officer accepts it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from .pages import HEAD, OFFICER
from .visitor import Visitor

pytestmark = pytest.mark.browser
TITLE = "Walking routes to school"


@pytest.mark.req("SC-059", "SC-062", "SC-068")
def test_post_is_published_read_done_and_answered_with_a_file_that_is_accepted(
    open_window: Callable[..., Visitor], letter: Path
) -> None:
    desk, school = open_window(), open_window()
    desk.sign_in(OFFICER, staff=True)
    _publish(desk, letter)

    school.sign_in(HEAD)
    school.go("/schools/post/")
    line = school.page.locator("tbody tr", has_text=TITLE)
    expect(line).to_contain_text(school.words("schools.PostState_Unread"))
    school.follow(TITLE)
    with school.page.expect_download() as waiting:
        school.page.get_by_role("link", name=letter.name).click()
    assert waiting.value.suggested_filename == letter.name
    school.press("schools.PostAction_Button")
    school.sees(school.words("schools.PostState_Done"))
    school.page.set_input_files("#file", letter)
    school.press("schools.PostReturn_Button")
    school.sees(school.words("schools.PostReturned_Returned"))

    desk.page.reload()
    desk.follow(desk.words("schools.Posting_Returned"))
    desk.press("schools.Posting_Accept")

    school.page.reload()
    school.sees(school.words("schools.PostReturn_Accepted"))
    school.follow(school.words("schools.Link_Post"))
    expect(line).to_contain_text(school.words("schools.PostState_FileAccepted"))


def _publish(desk: Visitor, form: Path) -> None:
    """Ask lead contacts of every school for an action and a file, with a form to fill in."""
    desk.go("/council/post/new")
    desk.fill({"title_en": TITLE, "body_en": "How do children walk to you?", "action_en": "Walk the routes."})
    desk.page.locator("label[for='wants_file']").click()
    desk.page.set_input_files("#attachments", form)
    desk.choose("sensitivity", "protected")
    desk.page.locator("label", has_text="Headteacher and Leadership").click()
    desk.press("schools.Posting_Keep")
    desk.follow(desk.words("schools.Posting_Publish"))
    desk.press("schools.Posting_PublishDo")
    expect(desk.heading).to_contain_text(TITLE)
