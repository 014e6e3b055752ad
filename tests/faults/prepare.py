"""Run beside a portal: makes signed-in people with finished drafts; prints what they may use as JSON.

``python -m tests.faults.prepare PEOPLE DRAFTS PREFIX`` makes DRAFTS for each of PEOPLE. One draft in eight
has a file.
"""

# ruff: noqa: E402, T201  (Django is set up before what needs it)

import hashlib
import json
import sys
from typing import Any
from uuid import uuid4

import django

django.setup()

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.utils import timezone

from guildhall.paperwork.forms import services as forms
from guildhall.paperwork.forms.models import FormVersion
from guildhall.paperwork.submissions import services as submissions
from guildhall.people.accounts.models import User
from tests.standing import a_person, come_in

WITH_FILE = 8


def words(text: str) -> dict[str, str]:
    return {"en": text, "cy": text}


def question(code: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "kind": kind, "text": words(f"What is {code}?")} | more


DEFINITION: dict[str, Any] = {
    "code": "FAULTS",
    "title": words("Form of the fault runs"),
    "portal": "citizen",
    "audience": "parent",
    "style": "steps",
    "destination": "send",
    "groups": [
        {
            "key": "child",
            "number": 2,
            "title": words("The child"),
            "questions": [
                question("FORENAME", "text", identity="forename", max_length=60, mandatory=True),
                question("SURNAME", "text", identity="surname", max_length=60, mandatory=True),
                question("BORN", "date", identity="born_on", mandatory=True),
            ],
        },
        {
            "key": "story",
            "number": 3,
            "title": words("The story"),
            "questions": [
                question("STORY", "memo", max_length=40000, mandatory=True),
                question("WISHES", "memo", max_length=40000),
                question("LETTERS", "file", multiple=True, most=20),
            ],
        },
    ],
}


def digest(answers: Any) -> str:
    """SHA-256, in hex, of answers in one spelling."""
    return hashlib.sha256(json.dumps(answers, sort_keys=True).encode()).hexdigest()


def draft(user: User, version: FormVersion, *, filed: bool) -> dict[str, Any]:
    now = timezone.now()
    made = submissions.start_draft(
        user, version=version, family_child=None, language="en", now=now, again=True
    )
    answers = {
        "FORENAME": "Tomos",
        "SURNAME": f"Pritchard {uuid4().hex[:8]}",
        "BORN": "2018-03-04",
        "STORY": f"What happened, in our own words: {uuid4().hex} ŵŷ 🙂",
    }
    made = submissions.save_answers(
        made, answers=answers, revision=made.revision, place="story", by=user, now=now
    )
    content = f"A letter {uuid4().hex}\n".encode()
    if filed:
        upload = SimpleUploadedFile("letter.txt", content)
        made, _ = submissions.add_file(made, upload=upload, question="LETTERS", by=user, now=now)
    return {
        "id": str(made.pk),
        "key": str(made.key),
        "revision": made.revision,
        "digest": digest(made.answers),
        "files": [hashlib.sha256(content).hexdigest()] if filed else [],
    }


@transaction.atomic
def person(name: str, version: FormVersion, drafts: int) -> dict[str, Any]:
    user = a_person(f"{name}@example.org", role="parent", at=timezone.now())
    client = come_in(Client(SERVER_NAME="localhost"), user)
    client.get("/home")
    return {
        "id": user.pk,
        "email": user.email,
        "cookies": {each: morsel.value for each, morsel in client.cookies.items() if each != "csrf"},
        "drafts": [draft(user, version, filed=number % WITH_FILE == 0) for number in range(drafts)],
    }


def main(people: int, drafts: int, prefix: str) -> None:
    now = timezone.now()
    version = forms.publish(DEFINITION, by=None, now=now)
    print(json.dumps([person(f"{prefix}{number}", version, drafts) for number in range(people)]))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
