"""What was sent reaches its team, or the chronology of the child it is about."""

from datetime import datetime

from guildhall.foundation.kit.faults import fault_point
from guildhall.paperwork.forms.definition import Definition
from guildhall.paperwork.submissions.models import Submission
from guildhall.people.accounts.models import User
from guildhall.records.children.models import Child
from guildhall.records.chronology import services as chronology
from guildhall.records.linkage import services as linkage
from guildhall.records.linkage.identity import Identity
from guildhall.records.linkage.models import Mention
from guildhall.work.cases import queries as case_queries
from guildhall.work.cases import services as cases
from guildhall.work.cases.models import Case
from guildhall.work.eligibility import services as eligibility

from ..destinations import destination_of


def bring_to_team(submission: Submission, definition: Definition, sender: User, *, now: datetime) -> None:
    """A new form becomes a case; a correction goes to the case of the form it corrects."""
    if case := case_queries.case_with(submission.follows_id) if submission.follows_id else None:
        _bring_to_case(case, submission, definition, sender, now)
    else:
        _open_case(submission, definition, sender, now)
    eligibility.begin_check(submission, kind=definition.destination, now=now)


def _open_case(submission: Submission, definition: Definition, sender: User, now: datetime) -> None:
    mention = _report(submission, definition, sender, now)
    _write_entry(submission, definition, mention, now)
    fault_point("intake.after_mention")
    cases.open_case(submission, mention=mention, team=destination_of(definition.destination).team, now=now)


def _bring_to_case(
    case: Case, submission: Submission, definition: Definition, sender: User, now: datetime
) -> None:
    """A child whose details were corrected is a new mention: it may be another child (SP-209)."""
    same = case.mention.identity == Identity.from_json(submission.subject).as_json()
    mention = case.mention if same else _report(submission, definition, sender, now)
    _write_entry(submission, definition, mention, now)
    fault_point("intake.after_mention")
    if not same:
        linkage.replace_mention(case.mention, now=now)
    cases.receive_correction(case, submission=submission, mention=mention, now=now)


def bring_to_chronology(
    submission: Submission, definition: Definition, child: Child, officer: User, *, now: datetime
) -> None:
    """Enter what an officer wrote about a child they know; it shows at once."""
    mention = linkage.report_known(
        Identity.from_json(submission.subject),
        child=child,
        said_by=officer,
        source_kind="submission",
        source_id=str(submission.pk),
        now=now,
    )
    _write_entry(submission, definition, mention, now, shown_from=now)


def _report(submission: Submission, definition: Definition, sender: User, now: datetime) -> Mention:
    return linkage.report_mention(
        Identity.from_json(submission.subject),
        said_by=sender,
        source_kind="submission",
        source_id=str(submission.pk),
        family_child=submission.family_child_id,
        nobody=definition.portal == "school" and not definition.about_somebody,
        now=now,
    )


def _write_entry(
    submission: Submission,
    definition: Definition,
    mention: Mention,
    now: datetime,
    *,
    shown_from: datetime | None = None,
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
