"""A file goes on where it was: the web process is killed in the middle, the page is left and opened again."""

import os
import random
import re
import signal
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect
from scripts.portal import Portal

from .visitor import Visitor

pytestmark = pytest.mark.browser
ASK = """
from guildhall.foundation.files.models import StoredFile
print(StoredFile.objects.get(name="{}").original_sha256)
"""


class Line:
    """The way of a file's parts to the portal: ``through`` of them pass, and the next waits to be let go."""

    def __init__(self, page: Page, *, through: int) -> None:
        self.left: float = through
        self.held: list[Route] = []
        page.route("**/uploads/*/*", self._take)

    def _take(self, route: Route) -> None:
        self.left -= 1
        if self.left < 0:
            self.held.append(route)
        else:
            route.continue_()

    def close(self, *, through: int) -> None:
        """From now on only ``through`` parts pass; what waits belongs to a page that is gone."""
        self.held, self.left = [], through

    def open(self) -> None:
        """What waits and all that comes after it passes."""
        self.left = float("inf")
        for route in self.held:
            route.continue_()


@pytest.fixture
def long_report(tmp_path: Path) -> Path:
    path = tmp_path / f"report-{random.randrange(10**9)}.txt"
    path.write_text(random.Random(3).randbytes(1_500_000).hex())
    return path


def _at_evidence(parent: Visitor) -> Visitor:
    """A parent who has begun a form and has come to its files."""
    parent.sign_in("marek@example.org")
    parent.go("/send/")
    parent.open("main .gh-tile a")
    parent.press("send.Forms_Start")
    parent.press("send.Start_Button")
    if "/forms/start/" in parent.page.url:
        parent.press("send.Start_Again")
    parent.page.goto(parent.page.url.split("/steps/")[0] + "/steps/evidence/")
    return parent


@pytest.mark.req("GH-026", "GH-057")
def test_a_long_file_arrives_whole_though_the_portal_is_killed_and_the_page_is_reloaded(
    open_window: Callable[..., Visitor], portal: Portal, long_report: Path
) -> None:
    parent = _at_evidence(open_window())
    page = parent.page
    note = page.locator(".gh-files li:has(progress) .gh-files__note")

    line = Line(page, through=3)
    page.locator("input[type=file]").first.set_input_files(long_report)
    expect(note.first).to_contain_text(re.compile(r"[1-9]\d% "))
    page.reload()
    line.close(through=2)

    expect(page.get_by_text("has arrived. Choose this file again")).to_be_visible()
    page.locator("input[type=file]").first.set_input_files(long_report)
    expect(note.first).to_contain_text(re.compile(r"[3-9]\d% "))
    os.killpg(portal.web.pid, signal.SIGKILL)
    portal.web.wait()
    line.open()
    expect(page.get_by_text(parent.words("shared.Upload_Lost")).first).to_be_attached()
    portal.start_web(threads=2)

    expect(page.get_by_role("row").filter(has_text=long_report.name)).to_be_visible(timeout=40_000)
    told = portal.command("shell", "--no-imports", "-c", ASK.format(long_report.name))
    assert told.strip() == sha256(long_report.read_bytes()).hexdigest()


@pytest.mark.req("GH-026", "SP-143")
def test_a_step_that_is_sent_while_its_file_arrives_waits_and_goes_on_by_itself(
    open_window: Callable[..., Visitor], long_report: Path
) -> None:
    parent = _at_evidence(open_window())
    page = parent.page
    line = Line(page, through=1)
    page.locator("input[type=file]").first.set_input_files(long_report)
    here = page.url

    with page.expect_navigation(timeout=30_000):
        page.get_by_role("button", name=parent.words("send.Step_Continue")).click()
        expect(page.get_by_text(parent.words("shared.Upload_Waiting"))).to_be_visible()
        line.open()

    assert page.url != here
    page.goto(here)
    expect(page.get_by_role("row").filter(has_text=long_report.name)).to_be_visible()


@pytest.mark.req("GH-026")
def test_a_step_stays_when_its_file_is_refused_meanwhile(
    open_window: Callable[..., Visitor], tmp_path: Path
) -> None:
    parent = _at_evidence(open_window())
    page = parent.page
    program = tmp_path / "holiday.exe"
    program.write_bytes(b"MZ" + bytes(500))
    held: list[Route] = []
    page.route("**/uploads/", lambda route: held.append(route))
    page.locator("input[type=file]").first.set_input_files(program)
    here = page.url
    page.get_by_role("button", name=parent.words("send.Step_Continue")).click()
    expect(page.get_by_text(parent.words("shared.Upload_Waiting"))).to_be_visible()
    for route in held:
        route.continue_()

    expect(page.locator(".gh-files__problem")).to_be_visible()
    expect(page.get_by_text(parent.words("shared.Upload_Waiting"))).to_have_count(0)
    expect(page.locator("p[role=status]", has_text=program.name)).to_have_count(0)
    assert page.url == here
    page.get_by_role("button", name=parent.words("shared.Upload_Forget")).click()
    expect(page.locator(".gh-files__problem")).to_have_count(0)


@pytest.mark.req("GH-026")
def test_a_file_that_is_chosen_before_the_script_has_come_arrives_too(
    open_window: Callable[..., Visitor], tmp_path: Path
) -> None:
    parent = open_window()
    page = parent.page
    script: list[Route] = []
    page.route("**/upload*.js", lambda route: script.append(route))
    with page.expect_request("**/upload*.js", timeout=60_000):
        _at_evidence(parent)
    note = tmp_path / f"note-{random.randrange(10**9)}.txt"
    note.write_text("She sleeps well.")
    page.locator("input[type=file]").first.set_input_files(note)
    assert script and not page.get_by_text(note.name).count()

    for route in script:
        route.continue_()

    expect(page.get_by_role("row").filter(has_text=note.name)).to_be_visible()
