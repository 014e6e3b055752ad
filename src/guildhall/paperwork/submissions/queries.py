"""Reading drafts and submissions, starting from whose they are."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from guildhall.foundation.files import queries as files
from guildhall.foundation.files.models import StoredFile
from guildhall.foundation.kit import statements
from guildhall.people.accounts.models import User

from .models import Draft, Submission
from .rules import WARN_DAYS

_LEAN = (
    "id",
    "owner_id",
    "family_child_id",
    "answers",
    "touched",
    "inherited",
    "removed",
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


def drafts_of(user: User) -> QuerySet[Draft]:
    """Everything ``user`` is filling in, corrections included; the definitions are not read."""
    return Draft.objects.filter(owner_id=user.pk)


def saved_forms_of(user: User) -> QuerySet[Draft]:
    """The drafts a person can go on with, last saved first; returned forms are not among them."""
    rows = (
        drafts_of(user)
        .filter(corrects=None)
        .defer("answers", "touched", "inherited", "removed", "version__definition")
    )
    return rows.select_related("version__form").order_by("-saved_at", "pk")


def draft_of(user: User, draft_id: UUID | str) -> Draft | None:
    """The draft, if it is the user's, in one statement that reads no definition."""
    return statements.first(Draft, only=_LEAN, id=draft_id, owner_id=user.pk)


def open_draft_of(user: User, *, form_id: int, family_child_id: UUID | None) -> Draft | None:
    """The draft of this form about this child that the person saved last."""
    rows = saved_forms_of(user).filter(version__form_id=form_id, family_child_id=family_child_id)
    return rows.first()


def newer_version_of(draft: Draft) -> int | None:
    """The id of the version that is offered now, where it is not the draft's own."""
    rows = Draft.objects.filter(pk=draft.pk, version__form__withdrawn_at=None)
    live = rows.values_list("version__form__live_version_id", flat=True).first()
    return None if live == draft.version_id else live


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
    """The files the draft keeps, in the order in which they came."""
    return files.held_by("draft", draft.pk)


def files_of_submission(submission: Submission) -> list[StoredFile]:
    """The files that were sent, with the state they have now."""
    return files.held_by("submission", submission.pk)


def file_of(user: User, file_id: UUID) -> StoredFile | None:
    """A file that the person added to a form themselves."""
    rows = StoredFile.objects.filter(pk=file_id, owner_id=user.pk, held_by_kind__in=["draft", "submission"])
    return rows.first()


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
