"""A finished draft is sealed, once, and everybody it concerns gets what they need."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from guildhall.foundation.audit import services as audit
from guildhall.foundation.authority import queries as authority
from guildhall.foundation.files import queries as file_queries
from guildhall.foundation.files import services as files
from guildhall.foundation.kit import references
from guildhall.foundation.kit.again import again_when_first_or_crossed
from guildhall.foundation.kit.faults import fault_point
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts import queries as texts
from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.forms.definition import Definition
from guildhall.paperwork.submissions import queries as submission_queries
from guildhall.paperwork.submissions import services as submissions
from guildhall.paperwork.submissions.models import Draft, Submission
from guildhall.paperwork.submissions.rules import opens_to
from guildhall.people.accounts.models import User
from guildhall.work.closures import services as closures
from guildhall.work.keying import queries as keyed
from guildhall.work.keying import services as keying
from guildhall.work.keying.models import ChildForm
from guildhall.work.schoolcases import queries as school_cases
from guildhall.work.schoolcases import services as raised

from ..declarations import shown_texts
from ..destinations import destination_of
from .carrying import bring_to_chronology, bring_to_team
from .checking import check, check_answers
from .telling import acknowledge


class NothingToSend(Refusal):
    """The sender has no such draft, and sent none with this key."""


@dataclass(frozen=True)
class _Sending:
    """Who sends which draft, what they ticked, and the revision they checked (None: any)."""

    draft_id: UUID
    key: UUID
    sender: User
    schools: Collection[int] | None
    declarations: frozenset[str]
    revision: int | None
    language: str
    now: datetime


def submit(
    draft_id: UUID,
    *,
    sender: User,
    key: UUID,
    declarations: Collection[str],
    now: datetime,
    revision: int | None = None,
    language: str = "",
    schools: Collection[int] | None = None,
) -> Submission:
    """Send a finished draft to the team its form names; the same ``key`` again gives the same submission.

    One transaction: it is sealed, its files claimed, the child reported, the case opened and the receipt put
    into the outbox, or nothing happened. ``declarations``: keys of those that were ticked. ``revision``: the
    one the sender checked, None for any. ``language``: of the sending, that of the draft if empty.
    ``schools``: those whose shared drafts the sender may send, besides their own. Raises NothingToSend,
    ChangedSinceChecked, Unfinished, NotAgreed.
    """
    if known := _sent_before(sender, key):
        return known
    ticked = frozenset(declarations)
    submission = _submit(_Sending(draft_id, key, sender, schools, ticked, revision, language, now))
    fault_point("intake.after_commit")
    return submission


def _sent_before(sender: User, key: UUID) -> Submission | None:
    """What ``sender`` sent with the key, for themselves or for a family."""
    return submission_queries.submission_with_key(sender, key) or keyed.entered_with_key(sender, key)


@again_when_first_or_crossed
def _submit(sending: _Sending) -> Submission:
    """Carry the draft to its team, or give what somebody else's try made of it meanwhile."""
    if draft := _held(sending):
        return _carry(draft, sending)
    if known := _sent_before(sending.sender, sending.key):
        return known
    raise NothingToSend(texts.say("send.Error_NothingToSend"))


def _held(sending: _Sending) -> Draft | None:
    """The draft, locked. None when it is gone, or not the sender's to send."""
    rows = Draft.objects.select_for_update(of=("self",)).select_related("corrects")
    draft = rows.filter(pk=sending.draft_id, key=sending.key).first()
    return draft if draft and opens_to(draft, sending.sender, sending.schools) else None


def _carry(draft: Draft, sending: _Sending) -> Submission:
    fault_point("intake.begin")
    if form := keyed.child_form_with(draft.key):
        return _carry_to_chronology(draft, form, sending)
    return _carry_to_team(draft, sending)


def _carry_to_team(draft: Draft, sending: _Sending) -> Submission:
    definition, now = forms.definition_of(draft.version_id), sending.now
    language = sending.language or draft.language
    check(
        draft,
        declarations=sending.declarations,
        language=language,
        revision=sending.revision,
        now=now,
    )
    reference = draft.corrects.reference if draft.corrects else _first_reference(draft, definition, now)
    entered = keyed.keyed_with(draft.key)
    whose = (keying.settle_person(entered, now=now) if entered else None) or sending.sender
    shown = shown_texts(definition, language)
    submission = submissions.seal(
        draft, reference=reference, texts=shown, language=language, sender=whose, now=now
    )
    if definition.portal == "school":
        raised.note_sent(submission.key, now=now)
        closures.report_form(
            submission.school_id, answers=submission.answers, key=submission.key, by=sending.sender, now=now
        )
    fault_point("intake.after_seal")
    _claim_files(draft, submission, now)
    fault_point("intake.after_files")
    bring_to_team(submission, definition, whose, now=now)
    fault_point("intake.after_case")
    if entered is None or whose != sending.sender:
        acknowledge(submission, definition, whose, now=now)
    if entered:
        keying.acknowledge(entered, submission, now=now)
    audit.record("form.sent", by=sending.sender, about=submission, now=now, detail={"reference": reference})
    fault_point("intake.before_commit")
    return submission


def _carry_to_chronology(draft: Draft, form: ChildForm, sending: _Sending) -> Submission:
    """An officer's own form about a known child: nobody matches or decides it, it is an event at once."""
    definition, now = forms.definition_of(draft.version_id), sending.now
    check_answers(draft, revision=sending.revision, now=now)
    reference = _new_reference(definition, now)
    submission = submissions.seal(
        draft, reference=reference, texts={}, language=sending.language or draft.language, now=now
    )
    _claim_files(draft, submission, now)
    bring_to_chronology(submission, definition, form.child, sending.sender, now=now)
    keying.note_saved(form, now=now)
    audit.record(
        "chronology.form_saved",
        by=sending.sender,
        about=submission,
        child=form.child_id,
        now=now,
        detail={"reference": reference},
    )
    return submission


def _first_reference(draft: Draft, definition: Definition, now: datetime) -> str:
    """A school's case has had its reference from its first page on; every other form gets one now."""
    known = school_cases.reference_of(draft.key) if definition.portal == "school" else None
    return known or _new_reference(definition, now)


def _new_reference(definition: Definition, now: datetime) -> str:
    """A reference that nothing has yet; the database holds that nobody else takes it meanwhile."""
    pattern = str(authority.setting(destination_of(definition.destination).reference))
    reference = references.make(pattern, now=now)
    while Submission.objects.filter(reference=reference).exists():
        reference = references.make(pattern, now=now)
    return reference


def _claim_files(draft: Draft, submission: Submission, now: datetime) -> None:
    """Hand the sent files over; those of answers that are no longer asked for are deleted."""
    sent = {entry["id"] for entry in submission.files}
    for file in file_queries.held_by("draft", str(draft.pk)):
        if str(file.pk) not in sent:
            files.remove_file(file, by=None, now=now)
    files.hand_over(from_=("draft", str(draft.pk)), to=("submission", str(submission.pk)), now=now)
