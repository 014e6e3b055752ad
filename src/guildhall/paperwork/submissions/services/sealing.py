"""From a draft to a submission, and back for a correction."""

from collections.abc import Iterator, Set
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from guildhall.foundation.audit import services as audit
from guildhall.foundation.files import services as files
from guildhall.foundation.kit import statements
from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.forms.definition import Definition
from guildhall.paperwork.forms.walk import Walk
from guildhall.people.accounts.models import User

from ..models import Draft, ReportableAnswer, Submission
from ..queries import files_of_draft
from .drafting import named_alike
from .filing import FILE_KINDS


@transaction.atomic
def seal(
    draft: Draft,
    *,
    reference: str,
    texts: dict[str, Any],
    now: datetime,
    language: str = "",
    sender: User | None = None,
) -> Submission:
    """Turn the draft into a submission that never changes; the draft is gone.

    Answers to hidden questions are left out. ``texts``: what the sender was shown and agreed to.
    ``language``: the one the sender read, else the draft's. ``sender``: who sends it, else its
    owner. A draft that corrects a submission is sealed under that one's reference.
    """
    definition = forms.definition_of(draft.version_id)
    walk = Walk(definition, draft.answers, today=timezone.localdate(now))
    answers = walk.sealed_answers()
    submission = Submission(
        reference=reference,
        version_id=draft.version_id,
        sender_id=sender.pk if sender else draft.owner_id,
        family_child_id=draft.family_child_id,
        school_id=draft.school_id,
        answers=answers,
        files=_manifest(definition, answers, draft),
        texts=texts,
        subject=walk.subject(),
        language=language or draft.language,
        key=draft.key,
        follows_id=draft.corrects_id,
        sent_at=now,
    )
    return store(submission, definition, instead_of=draft)


def store(submission: Submission, definition: Definition, *, instead_of: Draft) -> Submission:
    """Keep what was sent, with the answers that figures are counted from; the draft goes.

    In the caller's transaction.
    """
    statements.replace(
        instead_of,
        by=submission,
        part=ReportableAnswer,
        whole="submission_id",
        names=("question", "value"),
        rows=list(_reportable(definition, submission.answers)),
    )
    return submission


@transaction.atomic
def reopen(submission: Submission, *, now: datetime) -> Draft:
    """A draft with what was sent and copies of its files, for its sender to correct.

    Reopening twice gives the same draft. It is the school's again where it was filled in for one, and has
    no end: the 30 days do not count for a form that was returned (CP-056).
    """
    draft, made = Draft.objects.get_or_create(
        corrects=submission,
        defaults=named_alike()
        | {
            "owner_id": submission.sender_id,
            "version_id": submission.version_id,
            "family_child_id": submission.family_child_id,
            "school_id": submission.school_id,
            "answers": submission.answers,
            "language": submission.language,
            "started_at": now,
            "saved_at": now,
            "expires_at": None,
        },
    )
    if made:
        copies = files.copy_held(
            from_=("submission", submission.pk), to=("draft", draft.pk), by=draft.owner, now=now
        )
        draft.answers = _with_copies(submission.answers, copies)
        draft.save(update_fields=["answers"])
        audit.record("draft.reopened", by=None, about=draft, now=now, detail={"submission": submission.pk})
    return draft


def _with_copies(value: Any, copies: dict[str, str]) -> Any:
    """The same answers, naming the copies of files instead of the files."""
    if isinstance(value, dict):
        return {key: _with_copies(held, copies) for key, held in value.items()}
    if isinstance(value, list):
        return [_with_copies(held, copies) for held in value]
    return copies.get(value, value) if isinstance(value, str) else value


def _manifest(definition: Definition, answers: dict[str, Any], draft: Draft) -> list[dict[str, Any]]:
    """The files that the sealed answers name, with what proves their content."""
    if not definition.kinds & FILE_KINDS:
        return []
    codes = {
        question.code
        for group in definition.groups
        for question in group.questions
        if question.kind in FILE_KINDS
    }
    named = {each for _, value in _said(answers, codes) if isinstance(value, list) for each in value}
    return [
        file.proof | {"question": file.question, "row": file.row}
        for file in files_of_draft(draft)
        if str(file.pk) in named
    ]


def _reportable(definition: Definition, answers: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for code, value in _said(answers, definition.reportable):
        yield from ((code, str(each)[:200]) for each in _scalars(value))


def _said(answers: dict[str, Any], codes: Set[str]) -> Iterator[tuple[str, Any]]:
    """Every (question code, value) of the questions ``codes``, those in rows included."""
    for key, value in answers.items():
        if key in codes:
            yield key, value
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            for row in value:
                yield from ((code, held) for code, held in row.items() if code in codes)


def _scalars(value: Any) -> list[Any]:
    """What one answer counts as: itself, each chosen option, or the identifying part of a larger one."""
    if isinstance(value, list):
        return value
    if isinstance(value, dict):
        part = value.get("urn") or value.get("postcode") or value.get("name")
        return [part] if part else []
    return [value]
