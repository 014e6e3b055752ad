"""The portal's main job, as a parent, an officer and a professional do it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect
from scripts.portal import Portal

from . import family, officer
from .conftest import PHONE, WIDE
from .pages import OFFICER, PROFESSIONAL, SAFEGUARDING
from .visitor import Visitor

pytestmark = pytest.mark.browser

ASKED = "Please tell us more about what Mali says."
SAID_MORE = "She uses twelve words now."


def _forename(language: str) -> str:
    """A first name of its own for each run of the journey, as an authority has many children."""
    return {"en": "Mali", "cy": "Tirion"}[language]


@pytest.mark.req("GH-059", "GH-060", "SP-083", "GH-009")
@pytest.mark.parametrize(("language", "viewport"), [("en", WIDE), ("cy", PHONE)], ids=["en-wide", "cy-phone"])
def test_a_form_from_the_first_page_to_the_decision(
    open_window: Callable[..., Visitor], portal: Portal, letter: Path, language, viewport
):
    child, email = f"{_forename(language)} Tudor", f"menna-{language}@example.org"
    parent = open_window(language=language, viewport=viewport)
    family.register(parent, email)
    family.verify(parent, email)
    family.add_child(parent, *child.split(), ("3", "4", "2019"))
    reference = _fill_in_and_send(parent, child, letter)

    desk = open_window(language=language)
    desk.sign_in(OFFICER, staff=True)
    officer.open_case(desk, reference)
    officer.match_child(desk, child)
    officer.open_case(desk, reference)
    desk.sees("She uses ten words.")
    assert "Mali was seen" in officer.download(desk, letter.name)
    officer.ask_for_more(desk, ASKED)
    desk.sees(desk.words("send.Done_Notified"))

    _answer(parent, reference)

    officer.open_case(desk, reference)
    expect(desk.page.locator("#changes ~ * ins", has_text=SAID_MORE)).to_be_visible()
    officer.approve(desk, "We will assess Mali.")
    desk.sees(desk.words("send.Done_Approved"))
    desk.sees(desk.words("send.Done_FormReference", reference=reference))

    desk.follow(desk.words("send.Done_BackToForm"))
    desk.follow(desk.words("send.Case_SeeChild"))
    desk.open("main a[href$='/chronology/']")
    desk.sees(reference)
    parent.go("/messages/")
    parent.open("main tbody a")
    parent.sees("We will assess Mali.")
    done = {"form.sent", "cases.information_requested", "cases.approved", "child.viewed"}
    assert done <= _verbs_since(portal, reference)


def _fill_in_and_send(parent: Visitor, child: str, letter: Path) -> str:
    """Fill in, leave and come back, read it in the other language, mend a gap, send. The reference."""
    family.start_request(parent, child)
    family.fill_to(parent, "needs")
    parent.press("send.Step_Later")
    parent.go("/forms/saved/")
    parent.open("main tbody a")
    assert family.place(parent) == "needs"
    family.fill_in(parent, {"need_areas": ["semh"]})
    parent.switch_language()
    expect(parent.page.locator("[name='q-need_areas'][value='semh']")).to_be_checked()
    parent.page.locator("[name='q-need_areas'][value='semh']").uncheck()
    parent.switch_language()
    family.fill_to(parent, "hopes")
    parent.page.goto(parent.page.url.split("/steps/")[0] + "/steps/evidence/")
    family.attach(parent, letter)
    family.finish_step(parent)
    family.fill_to(parent, "summary")

    parent.open("#gaps a[href*='/hopes/']")
    expect(parent.page.locator("#q-why_now")).to_be_focused()
    family.finish_step(parent)
    parent.page.goto(parent.page.url.split("/steps/")[0] + "/summary/")
    parent.sees(letter.name)
    reference = family.send(parent)

    with parent.page.expect_download() as waiting:
        parent.page.locator("main a[href$='/pdf/']").evaluate("link => { link.download = ''; link.click() }")
    assert Path(waiting.value.path()).read_bytes().startswith(b"%PDF-")
    return reference


def _answer(parent: Visitor, reference: str) -> None:
    """Read the message, change the form where it is asked, send it again."""
    parent.go("/messages/")
    parent.open("main tbody a")
    parent.sees(ASKED)
    parent.press("messaging.Answer_Change")
    base = parent.page.url.split("/steps/")[0].removesuffix("summary/").rstrip("/")
    parent.page.goto(base + "/steps/needs/")
    parent.page.locator("#q-communication_needs").fill(SAID_MORE)
    parent.press("send.Step_Continue")
    parent.page.goto(base + "/summary/")
    family.send(parent)


ASK_AUDIT = """
import json
from guildhall.foundation.audit.models import Entry
from guildhall.work.cases.models import Case
case = Case.objects.get(reference="{reference}")
told = Entry.objects.filter(child_id=case.mention.child_id) | Entry.objects.filter(at__gte=case.received_at)
print(json.dumps(sorted(set(told.values_list("verb", flat=True)))))
"""


def _verbs_since(portal: Portal, reference: str) -> set[str]:
    """What the audit says was done since this form came in, and with its child."""
    answer = portal.command("shell", "--no-imports", "-c", ASK_AUDIT.format(reference=reference))
    return set(json.loads(answer.splitlines()[-1]))


@pytest.mark.req("CP-018", "CP-023", "CP-036")
@pytest.mark.parametrize(("language", "viewport"), [("en", PHONE), ("cy", WIDE)], ids=["en-phone", "cy-wide"])
def test_a_professionals_concern_comes_to_the_front_door(
    open_window: Callable[..., Visitor], language, viewport
):
    teacher = open_window(language=language, viewport=viewport)
    teacher.go("/professionals/")
    teacher.open("main a[href*='SAFEGUARDING-PRO']")
    teacher.press("send.Overview_Next")
    teacher.open("main a[href*='/account/sign-in']")
    teacher.sign_in(PROFESSIONAL)
    teacher.press("send.Start_Button")

    for place, answers in CONCERN.items():
        _open_tab(teacher, place)
        for _ in range(3):
            family.fill_in(teacher, answers)
            teacher.press("send.Step_Continue")
            if family.place(teacher) != place:
                break
    _open_tab(teacher, "summary")
    for box in teacher.page.locator("input[name=declarations]").all():
        box.check()
    teacher.press("send.Summary_Submit")
    expect(teacher.heading).to_have_text(teacher.words("send.Confirm_Heading"))
    teacher.press("send.Confirm_Submit")
    reference = teacher.page.locator(".govuk-panel .gh-reference").inner_text()

    desk = open_window(language=language)
    desk.sign_in(SAFEGUARDING, staff=True)
    officer.open_case(desk, reference)
    desk.sees("A bruise on his arm")


def _open_tab(teacher: Visitor, place: str) -> None:
    if family.place(teacher) != place:
        teacher.open(f"button[name=go][value='{place}'], .gh-sections a[href*='/{place}/']")


# The tabs in an order of the professional's own.
CONCERN: dict[str, dict[str, object]] = {
    "additional": {
        "concern_kinds": ["physical"],
        "concern": "A bruise on his arm, seen on Monday.",
        "injury": ["no"],
        "worker_risk": ["no"],
    },
    "child": {
        "child_unborn": ["no"],
        "child_forename": "Idris",
        "child_surname": "Fenn",
        "child_born_on-day": "2",
        "child_born_on-month": "5",
        "child_born_on-year": "2016",
    },
    "professional": {
        "referrer_name": "Fatima Hussain",
        "referrer_role": "Safeguarding lead",
        "referrer_agency": ["education"],
        "referrer_organisation": "Carreg High School",
        "referrer_telephone": "01632 960 123",
        "referrer_email": PROFESSIONAL,
        "telephoned": ["no"],
    },
    "consent": {
        "parents_aware": ["yes"],
        "consent_given": ["given"],
        "consent_given_by": "His mother, today.",
        "withhold": ["no"],
    },
}
