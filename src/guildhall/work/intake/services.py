"""The counter: where a finished draft becomes something the council must act on."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import translation

from guildhall.foundation.audit import services as audit
from guildhall.foundation.authority import queries as authority
from guildhall.foundation.files import queries as file_queries
from guildhall.foundation.files import services as files
from guildhall.foundation.kit import references, speech
from guildhall.foundation.kit.again import again_when_first_or_crossed
from guildhall.foundation.kit.faults import fault_point
from guildhall.foundation.kit.refusals import Refusal, Refusals
from guildhall.foundation.outbox.email import put_email
from guildhall.foundation.texts import queries as texts
from guildhall.mail.messages import services as messages
from guildhall.mail.messages.about import About
from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.forms.definition import Definition
from guildhall.paperwork.forms.walk import Gap
from guildhall.paperwork.submissions import queries as submission_queries
from guildhall.paperwork.submissions import services as submissions
from guildhall.paperwork.submissions.models import Draft, Submission
from guildhall.paperwork.submissions.rules import WARN_DAYS, opens_to
from guildhall.people.accounts.models import User
from guildhall.records.chronology import services as chronology
from guildhall.records.linkage import services as linkage
from guildhall.records.linkage.identity import Identity
from guildhall.records.linkage.models import Mention
from guildhall.work.cases import queries as case_queries
from guildhall.work.cases import services as cases
from guildhall.work.eligibility import services as eligibility
from guildhall.work.keying import queries as keyed
from guildhall.work.keying import services as keying
from guildhall.work.keying.models import ChildForm
from guildhall.work.schoolcases import queries as school_cases
from guildhall.work.schoolcases import services as raised

from .declarations import declarations_for, shown_texts
from .destinations import destination_of
from .queries import gaps_of
from .titles import shown_title


class Unfinished(Refusal):
    """Something on the sender's route is missing; ``gaps`` says what and where, in page order."""

    def __init__(self, gaps: list[Gap]) -> None:
        super().__init__(texts.say("send.Error_Unfinished"))
        self.gaps = gaps


class NotAgreed(Refusals):
    """A declaration was not ticked; ``problems`` is keyed by declaration."""


class ChangedSinceChecked(Refusal):
    """The answers moved after the sender opened the summary."""


class NothingToSend(Refusal):
    """The sender has no such draft, and sent none with this key."""


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
    one the sender checked, None for any. ``schools``: those whose shared drafts the sender may send, besides
    their own. Raises NothingToSend, ChangedSinceChecked, Unfinished, NotAgreed.
    """
    if known := _sent_before(sender, key):
        return known
    submission = _submit(draft_id, sender, key, frozenset(declarations), revision, language, now, schools)
    fault_point("intake.after_commit")
    return submission


@again_when_first_or_crossed
def _submit(
    draft_id: UUID,
    sender: User,
    key: UUID,
    ticked: frozenset[str],
    revision: int | None,
    language: str,
    now: datetime,
    schools: Collection[int] | None,
) -> Submission:
    """Carry the draft to its team, or give what somebody else's try made of it meanwhile."""
    if draft := _held(draft_id, sender, key, schools):
        return _carry(draft, sender, ticked, revision, language, now)
    if known := _sent_before(sender, key):
        return known
    raise NothingToSend(texts.say("send.Error_NothingToSend"))


def _sent_before(sender: User, key: UUID) -> Submission | None:
    """What ``sender`` sent with the key, for themselves or for a family."""
    return submission_queries.submission_with_key(sender, key) or keyed.entered_with_key(sender, key)


def _held(draft_id: UUID, sender: User, key: UUID, schools: Collection[int] | None) -> Draft | None:
    """The draft, locked. None when it is gone, or not the sender's to send."""
    rows = Draft.objects.select_for_update(of=("self",)).select_related("corrects")
    draft = rows.filter(pk=draft_id, key=key).first()
    return draft if draft and opens_to(draft, sender, schools) else None


def _carry(
    draft: Draft, sender: User, ticked: frozenset[str], revision: int | None, language: str, now: datetime
) -> Submission:
    fault_point("intake.begin")
    definition = forms.definition_of(draft.version_id)
    language = language or draft.language
    if form := keyed.child_form_with(draft.key):
        return _carry_to_chronology(draft, form, definition, sender, revision, language, now)
    _check(draft, definition, ticked, revision, language, now)
    reference = draft.corrects.reference if draft.corrects else _first_reference(draft, definition, now)
    entered = keyed.keyed_with(draft.key)
    whose = (keying.settle_person(entered, now=now) if entered else None) or sender
    submission = submissions.seal(
        draft,
        reference=reference,
        texts=shown_texts(definition, language),
        language=language,
        sender=whose,
        now=now,
    )
    if definition.portal == "school":
        raised.note_sent(submission.key, now=now)
    fault_point("intake.after_seal")
    _claim_files(draft, submission, now)
    fault_point("intake.after_files")
    _bring_to_the_team(submission, definition, whose, now)
    fault_point("intake.after_case")
    if entered is None or whose != sender:
        _acknowledge(submission, definition, whose, now)
    if entered:
        keying.acknowledge(entered, submission, now=now)
    audit.record("form.sent", by=sender, about=submission, now=now, detail={"reference": reference})
    fault_point("intake.before_commit")
    return submission


def _carry_to_chronology(
    draft: Draft,
    form: ChildForm,
    definition: Definition,
    sender: User,
    revision: int | None,
    language: str,
    now: datetime,
) -> Submission:
    """An officer's own form about a known child: nobody matches or decides it, it is an event at once."""
    _check_answers(draft, revision, now)
    reference = _new_reference(definition, now)
    submission = submissions.seal(draft, reference=reference, texts={}, language=language, now=now)
    _claim_files(draft, submission, now)
    mention = linkage.report_known(
        Identity.from_json(submission.subject),
        child=form.child,
        said_by=sender,
        source_kind="submission",
        source_id=str(submission.pk),
        now=now,
    )
    _write_entry(submission, definition, mention, now, shown_from=now)
    keying.note_saved(form, now=now)
    detail = {"reference": reference}
    audit.record(
        "chronology.form_saved", by=sender, about=submission, child=form.child_id, now=now, detail=detail
    )
    return submission


def check(draft: Draft, *, declarations: Collection[str], language: str, now: datetime) -> None:
    """Raise what would stop ``draft`` from being sent (Unfinished, NotAgreed). Nothing is changed."""
    definition = forms.definition_of(draft.version_id)
    _check(draft, definition, frozenset(declarations), None, language, now)


def _check(
    draft: Draft,
    definition: Definition,
    ticked: frozenset[str],
    revision: int | None,
    language: str,
    now: datetime,
) -> None:
    _check_answers(draft, revision, now)
    asked = declarations_for(definition, language)
    if missing := {each.key: texts.say(each.problem) for each in asked if each.key not in ticked}:
        raise NotAgreed(missing)


def _check_answers(draft: Draft, revision: int | None, now: datetime) -> None:
    if revision is not None and revision != draft.revision:
        raise ChangedSinceChecked(texts.say("send.Error_ChangedSinceChecked"))
    if gaps := gaps_of(draft, now=now):
        raise Unfinished(gaps)


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


def _bring_to_the_team(submission: Submission, definition: Definition, sender: User, now: datetime) -> None:
    """A new form becomes a case; a correction goes to the case of the form it corrects.

    A child whose details were corrected is a new mention: it may be another child (SP-209).
    """
    case = case_queries.case_with(submission.follows_id) if submission.follows_id else None
    same = case is not None and case.mention.identity == Identity.from_json(submission.subject).as_json()
    nobody = definition.portal == "school" and not definition.about_somebody
    mention = case.mention if case and same else _report(submission, sender, nobody=nobody, now=now)
    _write_entry(submission, definition, mention, now, shown_from=None)
    fault_point("intake.after_mention")
    if case:
        if not same:
            linkage.replace_mention(case.mention, now=now)
        cases.receive_correction(case, submission=submission, mention=mention, now=now)
    else:
        cases.open_case(
            submission, mention=mention, team=destination_of(definition.destination).team, now=now
        )
    eligibility.begin_check(submission, kind=definition.destination, now=now)


def _write_entry(
    submission: Submission,
    definition: Definition,
    mention: Mention,
    now: datetime,
    *,
    shown_from: datetime | None,
) -> None:
    chronology.write_entry(
        mention,
        kind="submission",
        source_id=str(submission.pk),
        title={"en": definition.title.en, "cy": definition.title.cy},
        happened_at=now,
        shown_from=shown_from,
        detail={"reference": submission.reference},
    )


def _report(submission: Submission, sender: User, *, nobody: bool, now: datetime) -> Mention:
    return linkage.report_mention(
        Identity.from_json(submission.subject),
        said_by=sender,
        source_kind="submission",
        source_id=str(submission.pk),
        family_child=submission.family_child_id,
        nobody=nobody,
        now=now,
    )


def _acknowledge(submission: Submission, definition: Definition, sender: User, now: datetime) -> None:
    """Tell the sender, in the portal and by an email that names neither child nor form (CP-038, GH-049)."""
    language = sender.language
    with translation.override(language):
        values = {
            "reference": submission.reference,
            "department": texts.say(destination_of(definition.destination).department),
            "date": speech.day(now),
            "time": speech.clock(now),
        }
    messages.send(
        sender,
        subject=texts.say("messaging.Subject_FormReceived", language, **values),
        body=texts.say(
            "text-blocks.Message_FormReceived", language, form=shown_title(definition, language), **values
        ),
        about=About(submission.reference, "submission", submission.pk),
        key=f"form-received:{submission.pk}",
        now=now,
        notice=None,
    )
    if sender.email:
        put_email(
            sender.email,
            subject="messaging.EmailSubject_FormReceived",
            body="text-blocks.Email_FormReceived",
            language=language,
            key=f"form-received:{submission.pk}",
            now=now,
            link=f"/forms/submissions/{submission.pk}/",
            **values,
        )


def warn_and_expire_drafts(*, now: datetime) -> dict[str, int]:
    """Tell owners of drafts with 7 days or 1 day left, and delete those whose time is over (CP-046, CP-048).

    Safe to run at any time and twice at once. Nothing is deleted without both warnings. Returns how many
    were warned and deleted.
    """
    warned = sum(_warn(draft, now) for draft in submission_queries.drafts_to_warn(now))
    expired = submission_queries.drafts_to_delete(now)
    deleted = sum(
        submissions.delete_draft(draft, by=None, now=now, only_if_expired=True) for draft in expired
    )
    return {"warned": warned, "deleted": deleted}


@transaction.atomic
def _warn(draft: Draft, now: datetime) -> bool:
    first, last = WARN_DAYS
    days = last if draft.warned else first
    if not submissions.mark_warned(draft, days=days, now=now):
        return False
    messages.send_text(
        "DraftExpiring" if days > 1 else "DraftExpiringTomorrow",
        to=draft.owner,
        about=About(kind="draft", id=draft.pk),
        key=f"draft-expiring:{draft.pk}:{draft.revision}:{days}:{now.date().isoformat()}",
        now=now,
        sensitive=False,
        days=days,
    )
    return True
