"""Reading drafts and submissions, starting from whose they are."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from guildhall.foundation.audit import queries as audit
from guildhall.foundation.files import queries as files
from guildhall.foundation.files.models import StoredFile
from guildhall.foundation.kit import statements
from guildhall.people.accounts.models import User

from .models import REMOVED_FILE, Draft, Presence, Submission
from .rules import WARN_DAYS, opens_to

_LEAN = (
    "id",
    "owner_id",
    "family_child_id",
    "answers",
    "touched",
    "inherited",
    "removed",
    "set_aside",
    "school_id",
    "shared",
    "revision",
    "key",
    "corrects_id",
    "language",
    "place",
    "started_at",
    "saved_at",
    "expires_at",
    "version_id",
)


_LOOKED_BACK = 200


@dataclass(frozen=True)
class Saver:
    """Who saved an answer, and when."""

    user_id: int | None
    name: str
    at: datetime


_UNSAID = ("touched", "inherited", "removed", "set_aside", "version__definition")


def drafts_of(user: User) -> QuerySet[Draft]:
    """Everything ``user`` is filling in, corrections included; the definitions are not read."""
    return Draft.objects.filter(owner_id=user.pk)


def saved_forms_of(user: User) -> QuerySet[Draft]:
    """The drafts a person can go on with, last saved first; returned forms are not among them."""
    return _saved(user).defer("answers", *_UNSAID)


def saved_forms_to_name(user: User) -> QuerySet[Draft]:
    """The same, with what it takes to say who each of them is about: the child of the family, the answers."""
    return _saved(user).defer(*_UNSAID).select_related("family_child", "version__form")


def _saved(user: User) -> QuerySet[Draft]:
    rows = drafts_of(user).filter(corrects=None)
    return rows.select_related("version__form").order_by("-saved_at", "pk")


def draft_of(user: User, draft_id: UUID | str) -> Draft | None:
    """The draft, if it is the user's, in one statement that reads no definition."""
    return statements.first(Draft, only=_LEAN, id=draft_id, owner_id=user.pk)


def draft_for(user: User, draft_id: UUID | str, *, schools: Collection[int]) -> Draft | None:
    """The draft that ``user``, who may use the forms of ``schools``, may fill in: their own or a shared one.

    A draft of a school opens to nobody who does not work there now, its owner included. Another's draft
    costs a second statement, one's own does not.
    """
    draft = draft_of(user, draft_id)
    if draft is None and schools:
        draft = statements.first(Draft, only=_LEAN, id=draft_id, shared=True)
    return draft if draft and opens_to(draft, user, schools) else None


def school_draft(draft_id: UUID | str, *, schools: Collection[int]) -> Draft | None:
    """The draft of one of ``schools``, shared or not, with its owner and school."""
    rows = Draft.objects.filter(pk=draft_id, school_id__in=schools).select_related("owner", "school")
    return rows.first()


def others_in(draft: Draft, user: User, *, since: datetime) -> list[Presence]:
    """Who else was seen in the draft after ``since``, seen last first."""
    rows = Presence.objects.filter(draft_id=draft.pk, seen_at__gt=since).exclude(user=user)
    return list(rows.select_related("user").order_by("-seen_at", "pk")[:20])


def savers_of(draft: Draft, units: Collection[str]) -> dict[str, Saver]:
    """Unit → who saved it last and when, as far as the audit of the last saves says."""
    wanted = {unit: draft.touched[unit] for unit in units if unit in draft.touched}
    saves = audit.history_of(draft).filter(verb__startswith="draft.").order_by("-pk")[:_LOOKED_BACK]
    by_revision = {entry.detail["revision"]: entry for entry in saves if "revision" in entry.detail}
    found = {unit: by_revision[at] for unit, at in wanted.items() if at in by_revision}
    return {unit: Saver(entry.by_id, entry.by_name, entry.at) for unit, entry in found.items()}


def open_draft_of(user: User, *, form_id: int, family_child_id: UUID | None) -> Draft | None:
    """The draft of this form about this child that the person saved last."""
    rows = saved_forms_of(user).filter(version__form_id=form_id, family_child_id=family_child_id)
    return rows.first()


def correction_of(submission: Submission) -> Draft | None:
    """The open draft that corrects ``submission``."""
    return Draft.objects.filter(corrects=submission).first()


def submissions_of(user: User) -> QuerySet[Submission]:
    """Everything ``user`` sent, every version of it; the definitions are not read."""
    return (
        Submission.objects.filter(sender_id=user.pk)
        .select_related("version__form")
        .defer("version__definition")
    )


def current_submissions_of(user: User) -> QuerySet[Submission]:
    """What ``user`` sent, without versions that a correction replaced, newest first."""
    return submissions_of(user).filter(followed_by=None).order_by("-sent_at", "-pk")


def submission_of(user: User, submission_id: int) -> Submission | None:
    """One of the forms that the person sent."""
    return submissions_of(user).filter(pk=submission_id).first()


def submission_with_key(user: User, key: UUID | str) -> Submission | None:
    """What the person sent with this idempotency key."""
    return submissions_of(user).filter(key=key).first()


def versions_of(submission: Submission) -> list[Submission]:
    """Every version under the same reference, first one first."""
    return list(Submission.objects.filter(reference=submission.reference).order_by("sent_at", "pk"))


def files_of_draft(draft: Draft) -> list[StoredFile]:
    """The files the draft keeps, in the order in which they came; not the one that was removed."""
    removed = draft.removed.get(REMOVED_FILE)
    return [file for file in files.held_by("draft", draft.pk) if str(file.pk) != removed]


def removed_file(draft: Draft) -> StoredFile | None:
    """The file that was removed from the draft last, while it can be brought back."""
    removed = draft.removed.get(REMOVED_FILE)
    return files.files_of("draft", draft.pk).filter(pk=removed).first() if removed else None


def files_of_submission(submission: Submission) -> list[StoredFile]:
    """The files that were sent, with the state they have now."""
    return files.held_by("submission", submission.pk)


def file_of(user: User, file_id: UUID, *, schools: Collection[int]) -> StoredFile | None:
    """A file of a form that the person is filling in or sent, whoever added it."""
    file = StoredFile.objects.filter(pk=file_id, held_by_kind__in=["draft", "submission"]).first()
    if file is None:
        return None
    if file.held_by_kind == "draft":
        draft = draft_for(user, file.held_by_id, schools=schools)
        return file if draft and draft.removed.get(REMOVED_FILE) != str(file_id) else None
    return file if submission_of(user, int(file.held_by_id)) else None


def drafts_to_warn(now: datetime) -> QuerySet[Draft]:
    """Drafts of which 7 days or 1 day is left and whose owner has not been told of it."""
    first, last = WARN_DAYS
    due = Q(warned=0, expires_at__lte=now + timedelta(days=first)) | Q(
        warned__gt=last, expires_at__lte=now + timedelta(days=last)
    )
    return Draft.objects.filter(due).select_related("owner").order_by("expires_at")


def drafts_to_delete(now: datetime) -> QuerySet[Draft]:
    """Drafts whose time is over and whose owner had the last warning."""
    return Draft.objects.filter(expires_at__lte=now, warned=WARN_DAYS[-1]).order_by("expires_at")
