"""Forms built, translated, published and sent in a real browser: with every kind of question there is."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser, expect
from scripts.portal import Portal

from guildhall.paperwork.forms.kinds.table import KINDS

from .. import migrated
from . import building, family
from .pages import ADMINISTRATOR, PARENT
from .visitor import Visitor

pytestmark = pytest.mark.browser
CODE = "EVERY-KIND"
ORDER = ["EVERY_TEXT", "EVERY_MEMO", "EVERY_INTEGER", "EVERY_DECIMAL"]


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[Portal]:
    """A portal of its own: what is published here is not offered to the people of other journeys."""
    made = Portal(tmp_path_factory.mktemp("building") / "data", demo=True)
    migrated.copy_into(made)
    made.command("prepare", "--demo")
    made.start(threads=2)
    yield made
    made.stop()


@pytest.fixture(scope="module")
def every_kind(portal: Portal, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A published form with every kind of question."""
    path = tmp_path_factory.mktemp("forms") / "every.yaml"
    path.write_text(yaml.safe_dump(building.every_kind(CODE), allow_unicode=True), encoding="utf-8")
    portal.command("load_forms", str(path))
    yield CODE


def _shows_all(parent: Visitor) -> None:
    for said in building.SHOWN:
        parent.sees(said)


@pytest.mark.req("SP-114", "SP-134", "GH-025", "GH-041")
def test_a_form_with_every_kind_is_built_translated_published_and_sent(
    open_window: Callable[..., Visitor], papers: Path
):
    owen = open_window()
    owen.sign_in(ADMINISTRATOR, staff=True)
    building.begin(owen, "BUILT-HERE")
    for kind in KINDS:
        building.ask(owen, "BUILT-HERE", kind)
    owen.go("/council/forms/BUILT-HERE/selector/")
    assert building.saved(owen, "BUILT-HERE") == [f"NEW_{kind.upper()}" for kind in KINDS]

    owen.go("/council/forms/publish/BUILT-HERE/")
    expect(owen.page.locator("#errors")).to_contain_text(
        owen.words("send.Problem_NoWelsh", part="question text")
    )
    owen.go("/council/forms/translate/BUILT-HERE/?only=missing&size=100")
    for number, field in enumerate(owen.page.locator("textarea[name^='cy-']").all(), 1):
        if not field.input_value():
            field.fill(f"Dywedwch wrthym am hyn {number}")
    owen.press("send.Translate_Save")
    owen.go("/council/forms/publish/BUILT-HERE/")
    owen.page.locator("[name=accepted]").check()
    owen.press("send.Publish_Do")
    owen.sees(owen.words("send.Publish_Done", number=1))

    parent = open_window()
    parent.sign_in(PARENT)
    building.start(parent, "BUILT-HERE")
    building.answer_all(parent, "new", papers)
    parent.press("send.Step_Continue")
    _shows_all(parent)
    family.send(parent)


@pytest.mark.req("GH-060", "SP-143")
def test_every_kind_is_answered_and_sent_with_the_keyboard_alone(
    open_window: Callable[..., Visitor], every_kind: str, papers: Path
):
    parent = open_window()
    parent.sign_in(PARENT)
    building.start(parent, every_kind)
    building.answer_by_keyboard(parent, "every", papers)
    building.tab_to(parent, parent.page.get_by_role("button", name=parent.words("send.Step_Continue")))
    with parent.page.expect_navigation():
        parent.page.keyboard.press("Enter")
    _shows_all(parent)
    assert building.send_by_keyboard(parent).startswith("SND")


@pytest.mark.req("GH-059", "SP-143")
def test_every_kind_is_answered_and_sent_without_javascript(
    open_window: Callable[..., Visitor], every_kind: str, papers: Path
):
    parent = open_window(java_script_enabled=False)
    parent.sign_in(PARENT)
    building.start(parent, every_kind)
    building.answer_all(parent, "every", papers)
    parent.press("send.Step_Continue")
    _shows_all(parent)
    assert family.send(parent).startswith("SND")


@pytest.mark.req("SP-165", "SP-167", "SP-168", "SP-170")
def test_questions_are_moved_by_dragging_and_by_keyboard(
    open_window: Callable[..., Visitor], every_kind: str
):
    owen = open_window()
    owen.sign_in(ADMINISTRATOR, staff=True)
    owen.go(f"/council/forms/{every_kind}/selector/")
    assert building.order(owen)[:4] == ORDER
    page = owen.page

    with page.expect_navigation():
        page.locator("#q-EVERY_DECIMAL").drag_to(page.locator("#q-EVERY_MEMO"))
    assert building.order(owen)[:4] == ["EVERY_TEXT", "EVERY_DECIMAL", "EVERY_MEMO", "EVERY_INTEGER"]

    building.tab_to(owen, page.locator("#q-EVERY_DECIMAL .gh-arrow").first)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert building.order(owen)[:4] == ["EVERY_DECIMAL", "EVERY_TEXT", "EVERY_MEMO", "EVERY_INTEGER"]

    building.tab_to(owen, page.locator("button[name=do][value=undo]"))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert building.saved(owen, every_kind)[:4] == [
        *("EVERY_TEXT", "EVERY_DECIMAL"),
        *("EVERY_MEMO", "EVERY_INTEGER"),
    ]
