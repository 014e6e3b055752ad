"""What somebody types into a form that is deleted or closed meanwhile stays on the page, which says so."""

import pytest
from playwright.sync_api import expect

from tests.definitions import a_draft
from tests.standing import come_in

from .pages import step_url


@pytest.mark.browser
@pytest.mark.django_db
def test_a_form_deleted_in_another_window_says_so_instead_of_trying_for_ever(window, client):
    draft = a_draft()
    come_in(client, draft.owner)
    seen = window()
    page = seen.open(step_url(draft, "child"))
    draft.delete()

    page.locator("#q-child_forename").fill("Mair")

    expect(page.locator("[data-autosave-status]")).to_contain_text(
        "This form was deleted or closed", timeout=15_000
    )
    expect(page.locator("#q-child_forename")).to_have_value("Mair")
    assert all("404" in complaint for complaint in seen.complaints)
    seen.complaints.clear()  # the browser's own word on the page that is gone
