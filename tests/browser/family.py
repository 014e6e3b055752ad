"""A family at the portal: registering, filling in the request, sending it, changing it."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from .visitor import Visitor

PASSWORD = "quiet heron lantern bridge"

# What a parent says, step by step: a list ticks each, and what is asked later waits until the page asks it.
ANSWERS: dict[str, dict[str, Any]] = {
    "child": {
        "child_address-line1": "4 Heol y Bont",
        "child_address-town": "Carreg",
        "child_address-postcode": "CY1 2AB",
        "child_gender": ["female"],
    },
    "parents": {
        "parent_name": "Menna Tudor",
        "parent_relationship": ["mother"],
        "parent_responsibility": ["yes"],
        "parent_same_address": ["yes"],
        "parent_contact": ["yes"],
    },
    "education": {
        "education_place": ["home"],
        "education_elsewhere": "I teach her at home since September.",
    },
    "needs": {
        "need_areas": ["communication", "sensory"],
        "communication_needs": "She uses ten words. — Mae hi’n defnyddio deg gair.",
        "sensory_needs": "She covers her ears when it is loud.",
    },
    "care": {"has_diagnosis": ["no"], "child_looked_after": ["no"]},
    "help-so-far": {"sen_support": ["no"]},
    "views": {"views_liked": "Trains, drawing, her cousin Elin."},
    "hopes": {"why_now": "She starts school next year, and we worry."},
    "professionals": {},
    "evidence": {"evidence_notes": "A letter from the therapist."},
    "contact": {"consent_advice": ["yes"], "consent_sharing": ["yes"]},
}


def register(visitor: Visitor, email: str) -> None:
    """From the front page to an account with two step verification, signed in."""
    visitor.go("/")
    visitor.follow(visitor.words("account.Register_Link"))
    visitor.choose("agree", "yes")
    visitor.press("account.Continue_Button")
    visitor.fill({"forename": "Menna", "surname": "Tudor", "house_number": "4", "street": "Heol y Bont"})
    visitor.fill({"born_on": "7", "born_on-month": "5", "born_on-year": "1990"})
    visitor.fill({"town": "Carreg", "postcode": "CY1 2AB"})
    visitor.press("account.Register_Step1_Button")
    visitor.fill({"email": email, "password": PASSWORD, "password_again": PASSWORD})
    visitor.page.locator("[name='secret_question']").select_option(index=1)
    visitor.fill({"secret_answer": "Mot"})
    visitor.press("account.Register_Step2_Button")
    visitor.fill({"code": visitor.code_from_mail(email)})
    visitor.press("account.Register_Step3_Button")
    visitor.choose("agree", "yes")
    visitor.press("account.Continue_Button")


def verify(visitor: Visitor, email: str) -> None:
    """Turn on two step verification, which the forms need, and sign in with it."""
    visitor.go("/account/two-step-verification")
    visitor.open("main form button.govuk-button")
    visitor.sign_in(email, password=PASSWORD)


def add_child(visitor: Visitor, forename: str, surname: str, born_on: tuple[str, str, str]) -> None:
    visitor.go("/send/")
    visitor.press("account.AddChild_Button")
    day, month, year = born_on
    visitor.fill({"child_forename": forename, "child_surname": surname})
    visitor.fill({"child_born_on": day, "child_born_on-month": month, "child_born_on-year": year})
    visitor.page.locator("#relationship").select_option(index=1)
    visitor.press("account.AddChild_Button")


def start_request(visitor: Visitor, child: str) -> None:
    """From the child's Forms page to Step 1."""
    visitor.go("/send/")
    visitor.follow(child)
    visitor.press("send.Forms_Start")
    visitor.press("send.Start_Button")
    expect(visitor.page).to_have_url(re.compile("/steps/child/$"))


def place(visitor: Visitor) -> str:
    """The step that is open, from the address."""
    return visitor.page.url.split("/steps/")[1].split("/")[0] if "/steps/" in visitor.page.url else "summary"


def fill_in(visitor: Visitor, answers: dict[str, Any]) -> None:
    """Type and tick what the page asks of ``answers``."""
    for name, answer in answers.items():
        field = visitor.page.locator(f"[name='q-{name}']")
        if not field.count():
            continue
        if isinstance(answer, str):
            field.fill(answer)
        else:
            for value in answer:
                if not visitor.page.locator(f"[name='q-{name}'][value='{value}']").is_checked():
                    visitor.choose(f"q-{name}", value)


def finish_step(visitor: Visitor) -> None:
    """Answer the open step and what its answers bring up, and go on until another step is open."""
    here = place(visitor)
    for _ in range(4):
        fill_in(visitor, ANSWERS[here])
        visitor.press("send.Step_Continue")
        if place(visitor) != here:
            return
    raise AssertionError(visitor.page.locator("main").inner_text()[:600])


def fill_to(visitor: Visitor, last: str) -> None:
    """Go on step by step until ``last`` is open."""
    while place(visitor) != last:
        finish_step(visitor)


def attach(visitor: Visitor, letter: Path) -> None:
    """Choose a file on the step of files and wait until it is listed as checked."""
    visitor.page.locator("input[type=file]").set_input_files(letter)
    if not visitor.scripts:
        visitor.press("send.Files_Upload")
    visitor.sees(letter.name)


def send(visitor: Visitor) -> str:
    """Accept both declarations and send. The reference on the receipt."""
    visitor.choose("declarations", "first")
    visitor.choose("declarations", "second")
    visitor.press("send.Summary_Accept")
    expect(visitor.heading).to_have_text(visitor.words("send.Sent_HeadingSend"))
    return visitor.page.locator(".govuk-panel .gh-reference").inner_text()
