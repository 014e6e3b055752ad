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
    answers = {
        question["code"]: f"An answer to {question['code']}"
        for group in version.definition["groups"]
        for question in group["questions"]
    }
    submissions.save_answers(
        made, answers=answers, revision=made.revision, place="step-0", by=user, now=timezone.now()
    )
    return str(made.pk)


def main(people: int) -> None:
    now = timezone.now()
    versions = {
        "small": forms.publish(definition("MEASURED-SMALL", 1), by=None, now=now),
        "large": forms.publish(definition("MEASURED-LARGE", 25), by=None, now=now),
    }
    print(json.dumps([person(number, versions) for number in range(people)]))


if __name__ == "__main__":
    main(int(sys.argv[1]))
