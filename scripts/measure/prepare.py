"""Makes signed-in people with drafts, and cases, in a portal's database; prints what they may use as JSON."""

import json
import sys
from typing import Any

import django

django.setup()

from django.test import Client
from django.utils import timezone
from tests.standing import a_person, come_in

from guildhall.paperwork.forms import services as forms
from guildhall.paperwork.submissions import services as submissions
from guildhall.people.accounts.models import User

REPEATING = (5, 10, 15)


def words(text: str) -> dict[str, str]:
    return {"en": text, "cy": text}


def definition(code: str, steps: int, each: int = 12) -> dict[str, Any]:
    """A form of ``steps`` steps with ``each`` text questions, all answered freely."""
    groups = [
        {
            "key": f"step-{step}",
            "number": step + 2,
            "title": words(f"Step {step}"),
            "questions": [
                {
                    "code": f"S{step}_Q{number}",
                    "kind": "text",
                    "text": words(f"What is answer {number} of step {step}?"),
                    "hint": words("As it is written on the letter"),
                    "mandatory": number == 0,
                    "max_length": 200,
                }
                for number in range(each)
            ],
        }
        for step in range(steps)
    ]
    return {
        "code": code,
        "title": words(f"Measured form {code}"),
        "portal": "citizen",
        "audience": "parent",
        "style": "steps",
        "destination": "send",
        "groups": groups,
    }


def branching(code: str) -> dict[str, Any]:
    """20 steps of 10 questions: 3 of them repeat, and 40 conditions ask about earlier steps or questions."""
    form = definition(code, 20, 10)
    left = 40
    for number, step in enumerate(form["groups"]):
        before = {"question": f"S{number - 1 if number - 1 not in REPEATING else 0}_Q0", "answered": True}
        if number in REPEATING:
            step["repeats"] = {"least": 0, "most": 5, "item": words("row")}
        if number:
            step["when"], left = before, left - 1
            step["questions"][3]["when"], left = before, left - 1
    form["groups"][1]["questions"][4]["when"] = {"question": "S0_Q1", "answered": True}
    form["groups"][2]["questions"][4]["when"] = {"question": "S0_Q1", "answered": True}
    assert left == 2
    return form


def person(number: int, versions: dict[str, Any]) -> dict[str, Any]:
    user = a_person(f"measured{number}@example.org", role="parent")
    client = come_in(Client(), user)
    client.get("/healthz")
    cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    return {"cookie": cookie, "drafts": {name: draft(user, version) for name, version in versions.items()}}


def draft(user: User, version: Any) -> str:
    made = submissions.start_draft(
        user, version=version, family_child=None, language="en", now=timezone.now()
    )
    answers: dict[str, Any] = {}
    for group in version.definition["groups"]:
        said = {question["code"]: f"An answer to {question['code']}" for question in group["questions"]}
        answers |= {group["key"]: {f"row{n}": said for n in range(3)}} if group.get("repeats") else said
    submissions.save_answers(
        made, answers=answers, revision=made.revision, place="step-0", by=user, now=timezone.now()
    )
    return str(made.pk)


def main(people: int) -> None:
    now = timezone.now()
    versions = {
        "small": forms.publish(definition("MEASURED-SMALL", 1), by=None, now=now),
        "large": forms.publish(definition("MEASURED-LARGE", 25), by=None, now=now),
        "ten": forms.publish(definition("MEASURED-TEN", 1, 10), by=None, now=now),
        "branching": forms.publish(branching("MEASURED-BRANCHING"), by=None, now=now),
    }
    print(json.dumps([person(number, versions) for number in range(people)]))


if __name__ == "__main__":
    main(int(sys.argv[1]))
