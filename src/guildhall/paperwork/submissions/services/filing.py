"""Files of a draft. What was uploaded is part of the answers: question code → file ids."""

import copy
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from guildhall.foundation.files import services as files
from guildhall.foundation.files.models import Arriving, StoredFile
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts import queries as texts
from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.forms.definition import Question
from guildhall.paperwork.forms.kinds.table import KINDS
from guildhall.paperwork.forms.kinds.uploads import Upload
from guildhall.people.accounts.models import User

from ..models import REMOVED_FILE, Draft
from ..queries import files_of_draft, removed_file
from .holding import hold, write

FILE_KINDS = frozenset({"file", "image"})


class TooManyFiles(Refusal):
    """The question has as many files as it takes."""


class NotAFileQuestion(Refusal):
    """The question takes no files, or is not on the form."""


class NoSuchFile(Refusal):
    """The file is not one of this draft's."""


@transaction.atomic
def add_file(
    draft: Draft, *, upload: UploadedFile, question: str, row: str = "", by: User, now: datetime
) -> tuple[Draft, StoredFile]:
    """Keep an uploaded file with the draft, under the file question with code ``question``.

    ``row``: id of the row of a repeating group that the question is in. Raises TooManyFiles,
    NotAFileQuestion, Gone, and what the files room refuses.
    """
    held = hold(draft)
    group, asked = _file_question(held, question)
    _check_room(held, asked, row)
    _forget_removed(held, by=by, now=now)
    stored = files.accept_upload(
        upload,
        owner=by,
        held_by=("draft", held.pk),
        question=question,
        row=row,
        accept=accepted_by(asked),
        now=now,
    )
    answers = copy.deepcopy(held.answers)
    holder = _row(answers, group, row) if row else answers
    holder[question] = [*(holder.get(question) or []), str(stored.pk)]
    detail = {"question": _unit(group, row, question)}
    return write(held, answers, verb="draft.file_added", detail=detail, by=by, now=now), stored


@transaction.atomic
def begin_file(
    draft: Draft,
    *,
    question: str,
    row: str = "",
    name: str,
    size: int,
    fingerprint: str,
    by: User,
    now: datetime,
) -> Arriving:
    """Be ready for a file of ``size`` bytes that comes in parts, or go on with one that broke off.

    Raises what ``add_file`` raises, as far as it can be known before the file is there.
    """
    held = hold(draft)
    _, asked = _file_question(held, question)
    _check_room(held, asked, row)
    _forget_removed(held, by=by, now=now)
    return files.begin_upload(
        owner=by,
        held_by=("draft", held.pk),
        question=question,
        row=row[:40],
        name=name,
        size=size,
        fingerprint=fingerprint,
        accept=accepted_by(asked),
        now=now,
    )


@transaction.atomic
def add_arrived(draft: Draft, upload: Arriving, *, by: User, now: datetime) -> StoredFile:
    """Keep a file whose last part has come, as one that came at once. Raises as ``add_file``, NotWhole."""
    with files.whole(upload) as content:
        _, stored = add_file(draft, upload=content, question=upload.question, row=upload.row, by=by, now=now)
    files.finish_upload(upload, file=stored)
    return stored


@transaction.atomic
def remove_file(draft: Draft, *, file_id: str, by: User, now: datetime) -> Draft:
    """Take a file out of the draft. It can be brought back until another is added or removed."""
    held = hold(draft)
    file = next((each for each in files_of_draft(held) if str(each.pk) == file_id), None)
    if file is None:
        raise NoSuchFile(texts.say("send.Error_NoSuchFile"))
    _forget_removed(held, by=by, now=now)
    if file.state == StoredFile.State.INFECTED:
        files.remove_file(file, by=by, now=now)
    else:
        held.removed = held.removed | {REMOVED_FILE: file_id}
    group, _ = _file_question(held, file.question)
    answers = copy.deepcopy(held.answers)
    holder = _row(answers, group, file.row) if file.row else answers
    holder[file.question] = [each for each in holder.get(file.question) or [] if each != file_id]
    if not holder[file.question]:
        del holder[file.question]
    detail = {"question": _unit(group, file.row, file.question)}
    return write(held, answers, verb="draft.file_removed", detail=detail, by=by, now=now)


@transaction.atomic
def restore_file(draft: Draft, *, by: User, now: datetime) -> Draft:
    """Put the file that was removed last back. Doing it twice puts it back once.

    Raises TooManyFiles where another has taken its place, NotAFileQuestion, Gone.
    """
    held = hold(draft)
    file = removed_file(held)
    if file is None:
        return held
    group, asked = _file_question(held, file.question)
    _check_room(held, asked, file.row)
    held.removed = _without_file(held)
    answers = copy.deepcopy(held.answers)
    holder = _row(answers, group, file.row) if file.row else answers
    holder[file.question] = [*(holder.get(file.question) or []), str(file.pk)]
    detail = {"question": _unit(group, file.row, file.question)}
    return write(held, answers, verb="draft.file_restored", detail=detail, by=by, now=now)


def _forget_removed(draft: Draft, *, by: User, now: datetime) -> None:
    """Delete the file that was removed last: it can be brought back no more."""
    if file := removed_file(draft):
        files.remove_file(file, by=by, now=now)
    if REMOVED_FILE in draft.removed:
        draft.removed = _without_file(draft)
        draft.save(update_fields=["removed"])


def _without_file(draft: Draft) -> dict[str, Any]:
    return {key: kept for key, kept in draft.removed.items() if key != REMOVED_FILE}


def _file_question(draft: Draft, code: str) -> tuple[str, Question]:
    """The key of the repeating group the question is in (or "") and the question."""
    for group in forms.definition_of(draft.version_id).groups:
        for question in group.questions:
            if question.code == code and question.kind in FILE_KINDS:
                return (group.key if group.repeats else ""), question
    raise NotAFileQuestion(texts.say("send.Error_NotAFileQuestion"))


def _check_room(draft: Draft, question: Question, row: str) -> None:
    kept = files_of_draft(draft)
    here = [file for file in kept if file.question == question.code and file.row == row]
    most = question.most if question.multiple else 1
    if len(here) >= most:
        key = "TooManyFilesHere" if question.multiple else "OneFileHere"
        raise TooManyFiles(texts.say(f"send.Error_{key}", most=most), field=question.code)


def accepted_by(question: Question) -> tuple[str, ...]:
    """The endings of file names that the question takes."""
    kind = KINDS[question.kind]
    return kind.extensions if isinstance(kind, Upload) else ()


def _row(answers: dict[str, Any], group: str, row_id: str) -> dict[str, Any]:
    rows = answers.setdefault(group, [])
    for row in rows:
        if row["_id"] == row_id:
            return row
    rows.append({"_id": row_id})
    return rows[-1]


def _unit(group: str, row: str, code: str) -> str:
    return f"{group}/{row}/{code}" if row else code
