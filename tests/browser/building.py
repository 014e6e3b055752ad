"""Somebody who builds a form, and somebody who fills in each kind of question there is."""

import io
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import FileChooser, Locator, expect

from guildhall.paperwork.forms.kinds.table import KINDS

from .visitor import Visitor


def _picture() -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(kept, "PNG")
    return kept.getvalue()


TYPED: dict[str, dict[str, str]] = {
    "text": {"": "One line"},
    "memo": {"": "First line\nand another"},
    "integer": {"": "12"},
    "decimal": {"": "2.5"},
    "money": {"": "19.99"},
    "date": {"-day": "3", "-month": "4", "-year": "2020"},
    "date_range": {
        "-from-day": "1",
        "-from-month": "5",
        "-from-year": "2021",
        "-to-day": "9",
        "-to-month": "5",
        "-to-year": "2021",
    },
    "time": {"": "4:30pm"},
    "email": {"": "anwen@example.org"},
    "telephone": {"": "01632 960 001"},
    "postcode": {"": "LL57 1AA"},
    "upn": {"": "H801200001001"},
    "nhs_number": {"": "943 476 5919"},
    "uln": {"": "1234567899"},
    "address": {"-line1": "4 Heol y Bont", "-town": "Carreg", "-postcode": "CY1 2AB"},
    "person": {"-name": "Dilys Puw", "-role": "Nurse"},
    "establishment": {"": "Ysgol y Garn"},
    "signature": {"": "Menna Tudor"},
}
CHOSEN = {"yes_no": "yes", "choose_one": "red", "choose_several": "green", "drop_down": "blue"}
UPLOADED = {"file": ("letter.txt", b"A letter about Mali.\n"), "image": ("picture.png", _picture())}
SHOWN = ("One line", "and another", "12", "2.5", "£19.99", "3 April 2020", "9 May 2021", "4:30pm")
SHOWN += (
    "anwen@example.org",
    "4 Heol y Bont",
    "Dilys Puw",
    "Ysgol y Garn",
    "Menna Tudor",
    "letter.txt",
    "picture.png",
)


def words(english: str) -> dict[str, str]:
    return {"en": english, "cy": f"{english} yn Gymraeg"}


def code_of(kind: str) -> str:
    return f"EVERY_{kind.upper()}"


def every_kind(code: str) -> dict[str, Any]:
    """A form whose one step asks every kind of question."""
    return {
        "code": code,
        "title": words("A form with everything"),
        "portal": "citizen",
        "audience": "parent",
        "destination": "send",
        "groups": [
            {
                "key": "all",
                "number": 2,
                "title": words("All kinds"),
                "questions": [a_question(kind) for kind in KINDS],
            }
        ],
    }


def a_question(kind: str) -> dict[str, Any]:
    asked: dict[str, Any] = {"code": code_of(kind), "kind": kind, "text": words(f"Answer {kind}")}
    if "options" in KINDS[kind].takes:
        asked["options"] = [{"id": one, "text": words(one.title())} for one in ("red", "green", "blue")]
    return asked


def begin(owen: Visitor, code: str) -> None:
    """A new form for parents, with one group."""
    owen.go("/council/forms/new/")
    owen.fill({"code": code, "title_en": "A form with everything", "title_cy": "Ffurflen gyda phopeth"})
    for name, value in (("portal", "citizen"), ("audience", "parent"), ("destination", "send")):
        _pick(owen, name, value)
    owen.press("administration.Build_Save")
    owen.go(f"/council/forms/{code}/groups/new/")
    owen.fill({"title_en": "All kinds"})
    owen.press("administration.FormGroup_Keep")


def _pick(owen: Visitor, name: str, value: str) -> None:
    field = owen.page.locator(f"[name='{name}']")
    if field.first.evaluate("field => field.tagName") == "SELECT":
        field.select_option(value)
    else:
        owen.choose(name, value)


def ask(owen: Visitor, code: str, kind: str) -> None:
    """Create a question of ``kind``, in English only, in the form's group."""
    owen.go(f"/council/forms/{code}/questions/new/?to=all-kinds")
    owen.page.locator("#kind").select_option(kind)
    if "options" in KINDS[kind].takes:
        owen.press("administration.Question_ShowKind")
        owen.fill({"options_en": "Red\nGreen\nBlue"})
    owen.fill({"code": f"NEW_{kind}", "text_en": kind.replace("_", " ")})
    owen.press("administration.Question_Keep")
    if owen.page.locator("[name=alike]").count():
        owen.page.locator("[name=alike]").check()
        owen.press("administration.Question_Keep")


def start(parent: Visitor, code: str) -> None:
    parent.go(f"/forms/start/{code}/")
    parent.press("send.Start_Button")
    if "/forms/start/" in parent.page.url:
        parent.press("send.Start_Again")


def answer_all(parent: Visitor, prefix: str, papers: Path) -> None:
    """Fill in the open step, with the mouse; the files first, as without JavaScript they reload the page."""
    page = parent.page
    for kind, (name, content) in UPLOADED.items():
        (papers / name).write_bytes(content)
        field = page.locator(f"[id^='q-{prefix}_{kind}'][type=file]")
        field.set_input_files(papers / name)
        if not parent.scripts:
            parent.open(field.locator("xpath=following::button[1]"))
        parent.sees(name)
    for kind, parts in TYPED.items():
        for part, typed in parts.items():
            page.locator(f"[name='q-{prefix}_{kind}{part}']").fill(typed)
    for kind, chosen in CHOSEN.items():
        field = page.locator(f"[name='q-{prefix}_{kind}']")
        if kind == "drop_down":
            field.select_option(chosen)
        else:
            parent.choose(f"q-{prefix}_{kind}", chosen)


def answer_by_keyboard(parent: Visitor, prefix: str, papers: Path) -> None:
    """Tab through the open step and answer where the focus comes to; no mouse."""
    page, keys = parent.page, parent.page.keyboard
    typed = {f"q-{prefix}_{kind}{part}": one for kind, parts in TYPED.items() for part, one in parts.items()}
    left = set(typed) | {f"q-{prefix}_{kind}" for kind in (*CHOSEN, *UPLOADED)}
    choosers: list[FileChooser] = []
    page.on("filechooser", lambda chooser: choosers.append(chooser))
    for _ in range(200):
        keys.press("Tab")
        name, kind = page.evaluate("[document.activeElement.name || '', document.activeElement.type || '']")
        if name not in left:
            if kind == "submit" and not left:
                break
            continue
        left.discard(name)
        if kind == "file":
            asked = name.removeprefix(f"q-{prefix}_")
            (papers / UPLOADED[asked][0]).write_bytes(UPLOADED[asked][1])
            _opened(parent, choosers).set_files(papers / UPLOADED[asked][0])
            parent.sees(UPLOADED[asked][0])
        elif kind in ("radio", "checkbox"):
            keys.press("Space")
        elif kind.startswith("select"):
            keys.type("Blue")
        else:
            keys.type(typed[name])
    assert left == set()


def _opened(visitor: Visitor, choosers: list[FileChooser]) -> FileChooser:
    """What Enter opens on a field for files, as soon as it is open."""
    visitor.page.keyboard.press("Enter")
    for _ in range(100):
        if choosers:
            return choosers.pop()
        visitor.page.wait_for_timeout(100)
    raise AssertionError("Enter opened no choice of files")


def send_by_keyboard(parent: Visitor) -> str:
    """Tick both declarations and send with Tab, Space and Enter. The reference."""
    for field in ("declaration-first", "declaration-second"):
        tab_to(parent, parent.page.locator(f"#{field}"))
        parent.page.keyboard.press("Space")
    tab_to(parent, parent.page.get_by_role("button", name=parent.words("send.Summary_Accept")))
    with parent.page.expect_navigation():
        parent.page.keyboard.press("Enter")
    return parent.page.locator(".govuk-panel .gh-reference").inner_text()


def tab_to(visitor: Visitor, target: Locator) -> None:
    """Press Tab until the focus is on ``target``."""
    for _ in range(250):
        if target.evaluate("one => one === document.activeElement"):
            return
        visitor.page.keyboard.press("Tab")
    raise AssertionError(f"Tab never came to {target}")


def order(owen: Visitor) -> list[str]:
    """The codes of the questions on the form, as the Question Selector lists them."""
    return [
        str(one.get_attribute("data-drag"))
        for one in owen.page.locator(".gh-build-group li[data-drag]").all()
    ]


def saved(owen: Visitor, code: str) -> list[str]:
    """The same, after saving and opening the page anew."""
    owen.page.locator("button[name=do][value=save]").click()
    expect(owen.page.locator("main")).to_contain_text(code)
    owen.go(f"/council/forms/{code}/selector/")
    return order(owen)
