"""What the page of a form shows, put together from the rooms that know it."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from guildhall.foundation.access.doors import holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.files import queries as files
from guildhall.foundation.files.models import StoredFile
from guildhall.foundation.files.queries import FileLine
from guildhall.foundation.kit import speech
from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.texts.queries import say
from guildhall.mail.messages.models import Message
from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.forms import spoken
from guildhall.paperwork.submissions import queries as submissions
from guildhall.paperwork.submissions.models import Submission
from guildhall.work.cases import queries as cases
from guildhall.work.cases import rules
from guildhall.work.cases.differences import Difference, differences
from guildhall.work.cases.models import Case, CaseEvent
from guildhall.work.cases.moves import Move
from guildhall.work.communications.bounced import not_arrived_about
from guildhall.work.eligibility import queries as eligibility
from guildhall.work.eligibility.checks import CHECKS
from guildhall.work.keying import queries as keyed
from guildhall.work.keying import speaking

COLOURS = {
    Case.Status.NOT_OPENED: "blue",
    Case.Status.OPENED: "teal",
    Case.Status.APPROVED: "green",
    Case.Status.REJECTED: "red",
    Case.Status.MORE_INFORMATION: "orange",
}


@dataclass(frozen=True)
class Row:
    """A line of the list."""

    case: Case
    title: str
    status: str
    colour: str


@dataclass(frozen=True)
class Said:
    """A message of the conversation with who wrote it and the files that came with it."""

    message: Message
    who: str
    role: str
    from_sender: bool
    files: list[FileLine]


@dataclass(frozen=True)
class Happened:
    """A line of the history, in words."""

    event: CaseEvent
    words: str
    note: str


@dataclass(frozen=True)
class Change:
    """What changed between one version of the form and the next."""

    before: Submission
    after: Submission
    differences: list[Difference]


def row_of(case: Case) -> Row:
    status = Case.Status(case.status)
    return Row(case, title_of(case), say(f"send.Status_{status}"), COLOURS[status])


def title_of(case: Case) -> str:
    """The form's title in the active language."""
    return case.form_title_cy if active_language() == "cy" else case.form_title


def full_title(case: Case, language: str | None = None) -> str:
    """The title as it is named to people: a SEND form's has the prefix of SP-076."""
    language = language or active_language()
    title = case.form_title_cy if language == "cy" else case.form_title
    return say("send.Case_PrefixedTitle", language, title=title) if case.team == "send" else title


def page_of_case(case: Case, request: HttpRequest) -> dict[str, Any]:
    """Everything that Form Details shows of ``case``."""
    versions = submissions.versions_of(case.submission)
    said, sent = conversation(case), files.lines_of(submissions.files_of_submission(case.submission))
    reviews = holder_of(request).may(Permission.REVIEW_FORMS)
    actions = rules.decisions_open(case) if reviews else []
    return {
        "row": row_of(case),
        "case": case,
        "title": full_title(case),
        "actions": [(move, say(f"send.Decide_{move}")) for move in actions],
        "matching": rules.matching_of(case.mention),
        "sections": [
            (section, any(lines for _label, lines, _code in section.pairs))
            for section in _spoken(case.submission, formatted=True)
        ],
        "only_answered": request.GET.get("show") == "answered",
        "files": sent,
        "has_files": bool(sent) or any(each.files for each in said),
        "eligibility": _eligibility(case),
        "submitter": _submitter(case),
        "conversation": said,
        "history": [_happened(event) for event in cases.history_of(case)],
        "changes": [_change(*pair) for pair in pairwise(versions)],
        "mine": case.owner_id == getattr(request.user, "pk", None),
        "reviews": reviews,
        "may_take_up": reviews and rules.may_move(case, Move.TAKE_UP),
        "may_pass_on": reviews and rules.may_move(case, Move.MOVE_TEAM),
        "team": cases.team_name(case.team, active_language()),
        "not_arrived": len(not_arrived_about(case)),
        "breadcrumbs": crumbs((case.reference, "")),
    }


def _eligibility(case: Case) -> list[str]:
    """What the Eligibility Checking Service says of the form, line by line; none where it is not asked."""
    check = eligibility.check_of(case.submission) if case.submission.version.destination in CHECKS else None
    if check is None:
        return []
    if check.answered_at is None:
        return [say(f"send.Eligibility_{check.state}")]
    at = timezone.localtime(check.answered_at)
    lines = [say(f"send.Eligibility_{check.outcome}")]
    if check.valid_from and check.valid_to:
        words = {"start": speech.day(check.valid_from), "end": speech.day(check.valid_to)}
        lines.append(say("send.Eligibility_Dates", **words))
    if check.grace_to:
        lines.append(say("send.Eligibility_Grace", day=speech.day(check.grace_to)))
    return [*lines, say("send.Eligibility_Answered", day=speech.day(at), time=speech.clock(at))]


def crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way down to a page below the list of forms."""
    first = [
        (say("shared.Menu_Home"), reverse("council:home")),
        (say("shared.Menu_Review"), reverse("council:review")),
    ]
    return [*first, *more]


def conversation(case: Case) -> list[Said]:
    """The conversation as officers see it: with the name of whoever wrote."""
    return [_said(message, case) for message in cases.conversation_of(case)]


def files_of(case: Case) -> list[StoredFile]:
    """Every file of ``case``: of each version of the form, first one first, then of the answers."""
    versions = submissions.versions_of(case.submission)
    sent = [stored for version in versions for stored in submissions.files_of_submission(version)]
    return [*sent, *(line.file for said in conversation(case) for line in said.files)]


def file_of(case: Case, file_id: UUID) -> StoredFile | None:
    """A file of ``case``, whichever version or answer it came with."""
    return next((stored for stored in files_of(case) if stored.pk == file_id), None)


def _said(message: Message, case: Case) -> Said:
    sender = message.from_user_id == case.submission.sender_id
    who = str(message.from_user) if message.from_user else ""
    attached = files.lines_of(files.held_by("message", str(message.pk))) if sender else []
    return Said(message, who, message.from_role, sender, attached)


def _spoken(submission: Submission, *, formatted: bool = False) -> list[spoken.SpokenGroup]:
    definition = forms.definition_of(submission.version_id)
    stored = submissions.files_of_submission(submission)

    def files_for(code: str) -> list[StoredFile]:
        return [each for each in stored if each.question == code]

    day = timezone.localdate(submission.sent_at)
    return spoken.sections(
        definition, submission.answers, active_language(), files_for, today=day, formatted=formatted
    )


def _change(before: Submission, after: Submission) -> Change:
    return Change(before, after, differences(_spoken(before), _spoken(after)))


def _submitter(case: Case) -> list[dict[str, str]]:
    entered = keyed.keyed_of_reference(case.reference)
    if entered:
        return [*(_sender(case) if entered.person_id else []), *speaking.rows(entered)]
    return _sender(case)


def _sender(case: Case) -> list[dict[str, str]]:
    sender = case.submission.sender
    rows = {
        "Name": str(sender),
        "Role": sender.job_role,
        "Organisation": sender.organisation,
        "Email": sender.email or "",
        "Telephone": sender.mobile or sender.home_phone or sender.work_phone,
        "Language": say(f"send.Case_Reads_{sender.language}"),
    }
    return [{"key": say(f"send.Submitter_{key}"), "value": value} for key, value in rows.items() if value]


def _happened(event: CaseEvent) -> Happened:
    detail, reason = event.detail, event.detail.get("reason", "")
    words = say(
        f"send.History_{_verb(event)}",
        name=detail.get("name", ""),
        team=cases.team_name(detail["to_team"], active_language()) if "to_team" in detail else "",
        reason=dict(cases.reasons(active_language())).get(reason, reason),
    )
    return Happened(event, words, detail.get("note", ""))


def _verb(event: CaseEvent) -> str:
    if event.verb == "sharing":
        return "sharing-yes" if event.detail["share"] else "sharing-no"
    if event.verb == "assign" and not event.detail["owner"]:
        return "assign-nobody"
    return event.verb


def case_address(case: Case) -> str:
    return reverse("council:case", args=[case.reference])


def history_since(case: Case, version: int) -> list[Happened]:
    """What happened to ``case`` from ``version`` on."""
    return [_happened(event) for event in cases.history_of(case) if event.version >= version]
