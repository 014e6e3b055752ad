"""What changed between two versions of a form, for the owner of a draft. Pure."""

from dataclasses import dataclass

from guildhall.paperwork.forms.definition import Definition, Question


@dataclass(frozen=True)
class Change:
    """``what`` is new, gone or changed; ``question`` as the version words it that has it (the newer one)."""

    what: str
    question: Question


def changes_between(older: Definition, newer: Definition) -> list[Change]:
    """Questions that are new, changed or gone, in the order of the newer form, those gone last."""
    before, after = older.question_by_code, newer.question_by_code
    found = [
        Change("changed" if code in before else "new", question)
        for code, question in after.items()
        if before.get(code) != question
    ]
    return [*found, *(Change("gone", question) for code, question in before.items() if code not in after)]
