"""A SEND officer at work: finding the form, matching the child, asking, deciding."""

from pathlib import Path

from playwright.sync_api import expect

from .visitor import Visitor


def open_case(officer: Visitor, reference: str) -> None:
    """From the list, newest first, to the form with this reference."""
    officer.go("/council/review/?sort=-received")
    officer.open(officer.page.locator("tr", has_text=reference).locator("th a"))
    expect(officer.page.locator("main")).to_contain_text(reference)


def match_child(officer: Visitor, child: str) -> None:
    """From the form to the comparison, and match the record that is nearest, or add the child."""
    officer.press("send.Case_GoToMatching")
    expect(officer.heading).to_contain_text(child)
    if officer.page.locator("#compare").count():
        officer.page.locator("summary", has_text=officer.words("matching.Why_Summary")).click()
        expect(officer.page.locator("svg[aria-labelledby^=waterfall]")).to_be_visible()
        for choice in officer.page.locator("form[method=post] fieldset").all():
            choice.locator("label").first.click()
        if officer.page.locator("#confirmed").count():
            officer.page.locator("#confirmed").check()
        officer.open("button[name=do][value=match]")
    else:
        add_child(officer)


def add_child(officer: Visitor) -> None:
    officer.press("matching.Add_Button")
    officer.open("main form button.govuk-button")


def download(officer: Visitor, name: str) -> str:
    """The words of a file that came with the form."""
    with officer.page.expect_download() as waiting:
        officer.page.locator("main li", has_text=name).locator("a").first.click()
    return Path(waiting.value.path()).read_text()


def ask_for_more(officer: Visitor, words: str) -> None:
    """Request more information, with the form given back for changes."""
    officer.press("send.Decide_request-information")
    if officer.page.locator("input[name=reason]").count():
        officer.page.locator("input[name=reason]").first.check()
    officer.page.locator("#body").fill(words)
    officer.page.locator("input[name=reopen]").check()
    officer.open("button[name=do][value=send]")


def approve(officer: Visitor, words: str) -> None:
    """Approve with a message; the form is shared with nobody."""
    officer.press("send.Decide_approve")
    officer.page.locator("#body").fill(words)
    officer.open("button[name=do][value=send]")
    officer.page.locator("input[name=share]").last.check()
    officer.press("send.Share_Continue")
