"""What a new draft already knows: the chosen child, the young person, the professional."""

from typing import Any

from guildhall.paperwork.forms.definition import Definition, Question
from guildhall.people.accounts.models import User
from guildhall.people.families.models import FamilyChild

# A question with one of these codes asks for the person who fills in the form.
ABOUT_SENDER = {
    "REFERRER_NAME": "name",
    "REFERRER_ROLE": "job_role",
    "REFERRER_ORGANISATION": "organisation",
    "REFERRER_EMAIL": "email",
    "REFERRER_TELEPHONE": "telephone",
    "YOUR_FORENAME": "forename",
    "YOUR_SURNAME": "surname",
    "YOUR_NAME": "name",
    "YOUR_ROLE": "job_role",
    "YOUR_ORGANISATION": "organisation",
    "YOUR_EMAIL": "email",
    "YOUR_TELEPHONE": "telephone",
    "YOUR_ADDRESS": "address",
}


def prefilled(definition: Definition, *, owner: User, family_child: FamilyChild | None) -> dict[str, Any]:
    """Answers that are known before the first page: question code → value.

    Identity questions take the chosen child, or the owner where the form is for young people. Questions
    about the sender take the account. A choice is filled only with an option that it offers.
    """
    subject: User | FamilyChild | None = family_child
    if subject is None and definition.audience == "young-person":
        subject = owner
    known: dict[str, Any] = {}
    for group in definition.groups:
        for question in group.questions:
            value = None if group.repeats else _known(question, owner, subject)
            if value:
                known[question.code] = value
    return known


def _known(question: Question, owner: User, subject: User | FamilyChild | None) -> Any:
    if question.identity and subject is not None:
        return _fitting(question, _of_subject(subject, question.identity))
    if question.code in ABOUT_SENDER:
        return _fitting(question, _of_owner(owner, ABOUT_SENDER[question.code]))
    return None


def _of_subject(subject: User | FamilyChild, role: str) -> Any:
    if role == "born_on":
        return subject.born_on.isoformat() if subject.born_on else None
    if role in {"forename", "midname", "surname", "gender", "address"}:
        return getattr(subject, role)
    return None


def _of_owner(owner: User, name: str) -> Any:
    if name == "name":
        return str(owner)
    if name == "telephone":
        return owner.work_phone or owner.mobile or owner.home_phone
    return getattr(owner, name)


def _fitting(question: Question, value: Any) -> Any:
    """``value`` where the question's kind can hold it, else None."""
    if question.kind == "address":
        return _address(value) if isinstance(value, dict) else None
    if not isinstance(value, str):
        return None
    if question.options:
        return value if value in {option.id for option in question.options} else None
    return value[: question.max_length or len(value)]


def _address(value: dict[str, Any]) -> dict[str, Any] | None:
    lines = [str(line) for line in value.get("lines") or [] if line]
    found = {
        "lines": lines,
        "town": value.get("town") or "",
        "postcode": value.get("postcode") or "",
        "uprn": value.get("uprn") or "",
    }
    return found if lines or found["postcode"] else None
