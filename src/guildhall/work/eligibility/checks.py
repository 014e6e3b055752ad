"""Which applications are checked, and which of their answers the service is asked about."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Question:
    """What is asked; days are YYYY-MM-DD, what is not known is ""."""

    check: str
    surname: str = ""
    born_on: str = ""
    national_insurance: str = ""
    code: str = ""
    child_born_on: str = ""

    def as_json(self) -> dict[str, str]:
        return {key: value for key, value in vars(self).items() if value}


# Destination of a form → part of the question → code of the form's question.
_PARENT = {"surname": "PARENT_SURNAME", "born_on": "PARENT_BORN_ON", "national_insurance": "PARENT_NI_NUMBER"}
CHECKS: dict[str, dict[str, str]] = {
    "free-school-meals": _PARENT,
    "two-year-olds": _PARENT | {"child_born_on": "CHILD_BORN_ON"},
    "thirty-hours": {
        "code": "ELIGIBILITY_CODE",
        "national_insurance": "PARENT_NI_NUMBER",
        "child_born_on": "CHILD_BORN_ON",
    },
}


def question_for(kind: str, answers: Mapping[str, Any]) -> Question:
    """The question about ``answers`` of a submission that goes to ``kind``."""
    found = {part: answers.get(code) for part, code in CHECKS[kind].items()}
    words = {part: value.strip() for part, value in found.items() if isinstance(value, str)}
    if "national_insurance" in words:
        words["national_insurance"] = words["national_insurance"].replace(" ", "").upper()
    return Question(check=kind, **words)
