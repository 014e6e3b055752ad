"""What the sender of a form answers: words and files in the conversation, or the form sent again."""

from collections.abc import Sequence
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile

from guildhall.foundation.files import services as files
from guildhall.foundation.kit.again import again_when_crossed
from guildhall.foundation.kit.faults import fault_point
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts import queries as texts
from guildhall.mail.messages import services as messages
from guildhall.mail.messages.models import Message
from guildhall.paperwork.submissions.models import Submission
from guildhall.people.accounts.models import User
from guildhall.records.linkage.models import Mention

from ..models import Case
from ..moves import Move
from ..queries import last_message_to_sender
from .moving import NotAllowed, attach, demand, hold_case, step
from .opening import listed
from .telling import LONGEST_BODY, about_case, tell_team


class CannotAnswer(Refusal):
    """The conversation is closed, or the answer says nothing or too much."""


@again_when_crossed
def receive_answer(
    case: Case,
    *,
    by: User,
    body: str,
    now: datetime,
    uploads: Sequence[UploadedFile] = (),
    key: str = "",
) -> Message:
    """Keep what the sender answers, with files, in the conversation, and tell the officer.

    A form returned for information goes back to the list as Not Opened; a decided one keeps its state and
    is listed as answered. ``key`` makes it idempotent: the same key again returns the first answer.
    Raises CannotAnswer (nothing to answer to, no words) or a file's Refusal.
    """
    case = hold_case(case)
    key = f"answer:{case.pk}:{key or case.version}"
    if known := Message.objects.filter(key=key).first():
        return known
    last = _demand_answerable(case, by=by, body=body)
    case.answered_at = now
    event = step(case, Move.ANSWER, by=by, now=now)
    message = messages.answer_team(
        case.team, by=by, subject=last.subject, body=body.strip(), about=about_case(case), key=key, now=now
    )
    for upload in uploads:
        files.accept_upload(upload, owner=by, held_by=("message", str(message.pk)), question="files", now=now)
    attach(event, message)
    fault_point("cases.answer.kept")
    tell_team(case, "AnswerWaiting", key=f"case-answered:{case.pk}:{case.version}", now=now)
    return message


@again_when_crossed
def receive_correction(
    case: Case, *, submission: Submission, now: datetime, mention: Mention | None = None
) -> Case:
    """Take the form as it was sent again: Not Opened, with its history (SP-199).

    ``mention`` is the child as named in the new version, when that is not the mention the case has.
    Raises NotAllowed when the case is decided meanwhile, or the form is somebody else's.
    """
    case = hold_case(case)
    demand(case, Move.CORRECT)
    if not _same_side(submission, case.submission):
        raise NotAllowed(texts.say("send.Error_CorrectionOfAnother"))
    before = case.submission_id
    case.submission = submission
    for column, value in listed(submission).items():
        setattr(case, column, value)
    if mention is not None:
        case.mention = mention
    case.answered_at = now
    step(case, Move.CORRECT, by=submission.sender, now=now, previous=before)
    fault_point("cases.correct.kept")
    tell_team(case, "AnswerWaiting", key=f"case-answered:{case.pk}:{case.version}", now=now)
    return case


def _same_side(new: Submission, old: Submission) -> bool:
    """Whether the same person sent both, or staff of the school for which both were filled in."""
    same_school = old.school_id is not None and new.school_id == old.school_id
    return new.sender_id == old.sender_id or same_school


def _demand_answerable(case: Case, *, by: User, body: str) -> Message:
    last = last_message_to_sender(case)
    if by.pk != case.submission.sender_id or last is None or not last.may_answer:
        raise CannotAnswer(texts.say("messaging.Error_CannotAnswer"))
    demand(case, Move.ANSWER)
    if not body.strip():
        raise CannotAnswer(texts.say("messaging.Error_AnswerEmpty"), field="body")
    if len(body) > LONGEST_BODY:
        raise CannotAnswer(texts.say("messaging.Error_AnswerLong", most=f"{LONGEST_BODY:,}"), field="body")
    return last
