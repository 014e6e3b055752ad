"""Reading cases. Every query starts from the officer who asks, or from the person who sent the form."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.authority.queries import setting
from guildhall.foundation.files.models import StoredFile
from guildhall.foundation.kit import statements
from guildhall.mail.messages import queries as messages
from guildhall.mail.messages.models import Message
from guildhall.paperwork.forms.models import FormVersion
from guildhall.paperwork.submissions import queries as submissions
from guildhall.paperwork.submissions.models import Draft, Submission
from guildhall.people.accounts.models import User
from guildhall.people.organisations.models import Team

from .models import Case, CaseEvent
from .moves import ACTIONABLE, Move

KIND = "case"


@dataclass(frozen=True)
class Counts:
    """How many forms of an officer's teams nobody has opened, are open, and have an unread answer."""

    not_opened: int
    opened: int
    answered: int


@dataclass(frozen=True)
class Returned:
    """A form that waits for its sender: why, since when, and where to change it (CP-051)."""

    case: Case
    requested_at: datetime
    reason: str
    comments: str
    draft: Draft | None
    previous: Submission


def cases_seen_by(holder: Holder) -> QuerySet[Case]:
    """The cases of those of the officer's teams whose forms they may open."""
    if not holder.may(Permission.READ_FORMS):
        return Case.objects.none()
    return Case.objects.filter(team__in=sorted(holder.services))


def unopened_count(holder: Holder) -> int:
    """How many forms of the officer's teams nobody has opened."""
    if not holder.may(Permission.READ_FORMS):
        return 0
    return statements.count(Case, team=tuple(sorted(holder.services)), status=Case.Status.NOT_OPENED)


def counts_for(holder: Holder) -> Counts:
    """Two statements over the forms that wait, however many were decided."""
    seen = cases_seen_by(holder)
    waiting = seen.filter(status__in=ACTIONABLE).aggregate(
        not_opened=Count("pk", filter=Q(status=Case.Status.NOT_OPENED)),
        opened=Count("pk", filter=Q(status=Case.Status.OPENED)),
    )
    return Counts(**waiting, answered=seen.filter(answered_at__isnull=False).count())


def kinds_of_form(holder: Holder, language: str, *, destinations: Iterable[str]) -> dict[str, str]:
    """Form code → newest title, of every form for ``destinations``, those of the officer's teams.

    Forms of one title, as a parent's and a young person's request are, also say whom they are for.
    """
    if not holder.may(Permission.READ_FORMS):
        return {}
    rows = FormVersion.objects.filter(destination__in=sorted(destinations)).order_by("number")
    named = rows.values_list("form__code", "definition__title", "definition__subtitle")
    newest = {code: (_in(language, title), _in(language, subtitle)) for code, title, subtitle in named}
    used = Counter(title for title, _ in newest.values())
    return {
        code: f"{title} ({subtitle})" if used[title] > 1 and subtitle else title
        for code, (title, subtitle) in newest.items()
    }


def _in(language: str, words: Mapping[str, str] | None) -> str:
    return (words or {}).get(language) or (words or {}).get("en") or ""


def team_name(key: str, language: str) -> str:
    """What the team whose key is ``key`` is called in ``language``."""
    name = Team.objects.filter(key=key).values_list("name", flat=True).first() or {}
    return name.get(language) or name.get("en") or key


def reasons(language: str) -> list[tuple[str, str]]:
    """The authority's reasons for returning a form (CP-052): the English, which is kept, and the words."""
    return [(each["en"], each.get(language) or each["en"]) for each in setting("cases.return_reasons")]


def cases_of_submitter(user: User) -> QuerySet[Case]:
    """The cases of the forms that ``user`` sent, at whichever team they are."""
    return Case.objects.filter(submission__sender=user).select_related("mention", "submission__sender")


def case_of_submitter(user: User, reference: str) -> Case | None:
    """The case of a form that ``user`` sent, by its reference."""
    return cases_of_submitter(user).filter(reference=reference).first()


def case_with(submission_id: int) -> Case | None:
    """The case whose newest version is this submission."""
    return (
        Case.objects.filter(submission_id=submission_id)
        .select_related("mention", "submission__sender")
        .first()
    )


def case_of_file(file: StoredFile) -> Case | None:
    """The case whose form, an earlier version of it or an answer has ``file``; None for one in a draft."""
    cases = Case.objects.select_related("submission__sender", "owner")
    if file.held_by_kind == "submission":
        sent = Submission.objects.filter(pk=file.held_by_id).values_list("reference", flat=True).first()
        return cases.filter(reference=sent).first() if sent else None
    if file.held_by_kind == "message":
        message = Message.objects.filter(pk=file.held_by_id, about_kind=KIND).first()
        return cases.filter(pk=message.about_id).first() if message else None
    return None


def history_of(case: Case) -> list[CaseEvent]:
    """Everything that happened to ``case``, first thing first."""
    return list(case.events.select_related("by", "message").order_by("version"))


def conversation_of(case: Case) -> list[Message]:
    """Everything written both ways about ``case``, oldest first."""
    return list(messages.conversation(case.reference))


def last_message_to_sender(case: Case) -> Message | None:
    """The newest message that an officer sent the sender of ``case``."""
    events = case.events.filter(message__to_id=case.submission.sender_id).select_related("message")
    newest = events.order_by("-version").first()
    return newest.message if newest else None


def can_answer(case: Case) -> bool:
    """Whether the sender may answer in the portal now: the newest message decides (SP-199, SP-200)."""
    last = last_message_to_sender(case)
    return last is not None and last.may_answer


def open_correction(case: Case) -> Draft | None:
    """The draft in which the sender may change the form, while there is one."""
    if case.status in {Case.Status.APPROVED, Case.Status.REJECTED}:
        return None
    return submissions.correction_of(case.submission)


def asked_of(draft: Draft) -> str:
    """The words with which the form that ``draft`` changes was returned; empty for any other."""
    if draft.corrects_id is None:
        return ""
    requests = CaseEvent.objects.filter(verb=Move.REQUEST, submission=draft.corrects_id)
    newest = requests.select_related("message").order_by("-version").first()
    return newest.message.body if newest and newest.message else ""


def returned_to(user: User) -> list[Returned]:
    """The forms of ``user`` that were returned for more information, newest request first (CP-051).

    The reason is in the person's language.
    """
    requests = (
        CaseEvent.objects.filter(
            verb=Move.REQUEST,
            case__status=Case.Status.MORE_INFORMATION,
            case__submission__sender=user,
        )
        .select_related("case__submission", "message")
        .order_by("-at")
    )
    newest: dict[int, CaseEvent] = {}
    for request in requests:
        newest.setdefault(request.case_id, request)
    return [_returned(event, user) for event in newest.values()]


def responses_to(user: User) -> dict[str, Message]:
    """Reference → the newest message that an officer sent ``user`` about that form (CP-058)."""
    rows = Message.objects.filter(to=user, about_kind=KIND, from_user__isnull=False).order_by("sent_at")
    return {message.about: message for message in rows}


def _returned(event: CaseEvent, user: User) -> Returned:
    """``draft`` is None also where a colleague has it now and does not share it."""
    reason = event.detail.get("reason", "")
    draft = submissions.correction_of(event.case.submission)
    return Returned(
        case=event.case,
        requested_at=event.at,
        reason=dict(reasons(user.language)).get(reason, reason),
        comments=event.message.body if event.message else "",
        draft=draft if draft and (draft.owner_id == user.pk or draft.shared) else None,
        previous=event.case.submission,
    )
