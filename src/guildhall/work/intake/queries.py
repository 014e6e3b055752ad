"""What stands between a draft and its being sent."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from guildhall.foundation.authority import queries as authority
from guildhall.foundation.files.models import StoredFile
from guildhall.foundation.texts import queries as texts
from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.forms.definition import Definition
from guildhall.paperwork.forms.walk import Gap, Walk
from guildhall.paperwork.submissions import queries as submissions
from guildhall.paperwork.submissions.models import Draft

State = StoredFile.State


def gaps_of(draft: Draft, *, now: datetime) -> list[Gap]:
    """Everything that has to be put right before ``draft`` can be sent: answers, then files."""
    definition = forms.definition_of(draft.version_id)
    walk = Walk(definition, draft.answers, today=timezone.localdate(now))
    return [*walk.gaps, *_file_gaps(draft, definition, walk.sealed_answers())]


def _file_gaps(draft: Draft, definition: Definition, answers: dict[str, Any]) -> list[Gap]:
    if not _has_files(answers):
        return []
    found = []
    for file in submissions.files_of_draft(draft):
        problem = _problem_of(file)
        question = definition.question_by_code.get(file.question)
        if problem and question and str(file.pk) in str(answers):
            place = definition.group_of[file.question].key
            found.append(
                Gap(
                    place=place,
                    row_id=file.row or None,
                    code=file.question,
                    field_id=question.field_id,
                    message=texts.say(problem, file=file.name),
                )
            )
    return found


def _has_files(answers: dict[str, Any]) -> bool:
    return any(isinstance(value, list) and value for value in answers.values())


def _problem_of(file: StoredFile) -> str:
    if file.state == State.INFECTED:
        return "send.Error_FileInfected"
    if file.state == State.QUARANTINED and not authority.setting("files.submit_while_pending"):
        return "send.Error_FilePending"
    return ""
