"""Forms for tests: one with every kind of question, one in tabs, and drafts of them."""

from datetime import datetime
from typing import Any

from guildhall.paperwork.forms import services as forms
from guildhall.paperwork.forms.models import FormVersion
from guildhall.paperwork.submissions import services as submissions
from guildhall.paperwork.submissions.models import Draft
from guildhall.people.accounts.models import User
from guildhall.people.families.models import FamilyChild

from .standing import NOON, a_parent, a_professional

CYMRAEG = " (yn Gymraeg)"


def words(english: str) -> dict[str, str]:
    return {"en": english, "cy": english + CYMRAEG}


def question(code: str, kind: str = "text", **more: Any) -> dict[str, Any]:
    return {"code": code, "kind": kind, "text": words(code.replace("_", " ").capitalize()), **more}


def options(*ids: str) -> list[dict[str, Any]]:
    return [{"id": each, "text": words(each.capitalize())} for each in ids]


def group(key: str, number: int, *questions: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "key": key,
        "number": number,
        "title": words(key.capitalize()),
        "questions": list(questions),
        **more,
    }


def every_kind(**changes: Any) -> dict[str, Any]:
    """A parents' form in steps, with every kind of question, a repeating group and conditions."""
    return {
        "code": "EVERY-KIND",
        "title": words("Request for an assessment"),
        "portal": "citizen",
        "audience": "parent",
        "style": "steps",
        "destination": "send",
        "guidance": words("What you may want near you."),
        "groups": [
            group(
                "child",
                2,
                question("CHILD_FORENAME", mandatory=True, identity="forename", max_length=60),
                question("CHILD_SURNAME", mandatory=True, identity="surname", max_length=60, reportable=True),
                question("CHILD_BORN_ON", "date", mandatory=True, identity="born_on", past=True),
                question("CHILD_GENDER", "choose_one", identity="gender", options=options("female", "male")),
                question("CHILD_ADDRESS", "address", identity="address"),
                guidance=words("Tell us who your child is."),
            ),
            group(
                "parents",
                3,
                question("PARENT_NAME", mandatory=True),
                question("PARENT_TELEPHONE", "telephone"),
                repeats={"least": 1, "most": 3, "item": words("parent or carer")},
            ),
            group(
                "needs",
                4,
                question("HAS_DIAGNOSIS", "yes_no", mandatory=True, reportable=True),
                question(
                    "DIAGNOSIS", "memo", when={"question": "HAS_DIAGNOSIS", "is": "yes"}, mandatory=True
                ),
                question("AREAS", "choose_several", options=options("speech", "learning"), reportable=True),
            ),
            group(
                "clinic",
                5,
                question("CLINIC"),
                when={"question": "HAS_DIAGNOSIS", "is": "yes"},
            ),
            group(
                "other",
                6,
                question("NOTE", "information"),
                question("VISITS", "integer"),
                question("HOURS", "decimal"),
                question("COST", "money"),
                question("YEAR", "drop_down", options=options("one", "two")),
                question("CONTACT", "person"),
                question("SCHOOL", "establishment", identity="school"),
                question("EMAIL", "email"),
                question("POSTCODE", "postcode"),
                question("UPN", "upn", identity="upn"),
                question("NHS", "nhs_number", identity="nhs_number"),
                question("ULN", "uln", identity="uln"),
                question("AT", "time"),
                question("BETWEEN", "date_range"),
                question("SIGNED", "signature"),
            ),
            group(
                "evidence",
                7,
                question("LETTERS", "file", multiple=True, most=3),
                question("PHOTO", "image"),
            ),
        ],
        **changes,
    }


def a_concern(**changes: Any) -> dict[str, Any]:
    """A professionals' form in tabs, with an overview for everybody and emergency numbers."""
    return {
        "code": "CONCERN",
        "title": words("Safeguarding concern"),
        "portal": "professional",
        "audience": "professional",
        "style": "tabs",
        "destination": "safeguarding",
        "open_overview": True,
        "emergency": True,
        "groups": [
            group("overview", 2, question("ABOUT", "information"), guidance=words("What it means.")),
            group(
                "referrer", 3, question("REFERRER_NAME", mandatory=True), question("REFERRER_EMAIL", "email")
            ),
            group(
                "child",
                4,
                question("CHILD_SURNAME", mandatory=True, identity="surname"),
                question("CONCERN", "memo", mandatory=True),
            ),
        ],
        **changes,
    }


FULL: dict[str, Any] = {
    "CHILD_FORENAME": "Mali",
    "CHILD_SURNAME": "Pritchard",
    "CHILD_BORN_ON": "2017-03-04",
    "CHILD_GENDER": "female",
    "parents": {"a1": {"PARENT_NAME": "Dilys Pritchard", "PARENT_TELEPHONE": "01632960111"}},
    "HAS_DIAGNOSIS": "no",
    "AREAS": ["speech"],
}


def published(plain: dict[str, Any], *, now: datetime = NOON) -> FormVersion:
    return forms.publish(plain, by=None, now=now)


def a_family_child(parent: User | None = None, **details: Any) -> FamilyChild:
    known = {
        "forename": "Mali",
        "surname": "Pritchard",
        "born_on": "2017-03-04",
        "gender": "female",
        "relationship": "mother",
        "address": {"lines": ["1 Harbour Road"], "town": "Porthaven", "postcode": "AB1 2DE"},
        "added_at": NOON,
    }
    child = FamilyChild.objects.create(added_by=parent or a_parent(), **(known | details))
    child.refresh_from_db()
    return child


def a_draft(
    owner: User | None = None,
    *,
    form: dict[str, Any] | None = None,
    child: FamilyChild | None = None,
    answers: dict[str, Any] | None = None,
    now: datetime = NOON,
    language: str = "en",
) -> Draft:
    """A draft of the form with every kind (or ``form``), as far as ``answers`` go."""
    plain = form or every_kind()
    professional = plain["portal"] == "professional"
    owner = owner or (a_professional() if professional else a_parent())
    version = published(plain, now=now)
    draft = submissions.start_draft(
        owner, version=version, family_child=child, language=language, now=now, again=True
    )
    if answers:
        draft = submissions.save_answers(
            draft, answers=answers, revision=draft.revision, place="child", by=owner, now=now
        )
    return draft


def a_full_draft(owner: User | None = None, **more: Any) -> Draft:
    """A draft that can be sent."""
    return a_draft(owner, answers=FULL, **more)
