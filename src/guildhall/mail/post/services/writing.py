"""Writing a posting, before any school has it."""

from collections.abc import Iterable
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.foundation.files import services as files
from guildhall.foundation.files.models import StoredFile
from guildhall.foundation.kit import references
from guildhall.foundation.kit.again import again_when_first_or_crossed
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.meanwhile import ChangedMeanwhile
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User

from ..models import Posting
from ..queries.own import ATTACHED
from ..told import Told

NUMBER = "POST-{yymm}-{letters3}{digits3}"


class NotADraft(Refusal):
    """The posting is planned, published or withdrawn, so it cannot be changed like a draft."""


@again_when_first_or_crossed
def draft_posting(*, told: Told, by: User, now: datetime) -> Posting:
    """A new posting that only officers see. Raises Refusals."""
    told.demand_keepable()
    number = references.make(NUMBER, now=now)
    posting = Posting.objects.create(number=number, drafted_at=now, drafted_by=by, **told.columns)
    _aim(posting, told)
    audit.record("post.drafted", by=by, about=posting, now=now)
    return posting


@transaction.atomic
def change(posting: Posting, *, told: Told, seen: int, by: User, now: datetime) -> Posting:
    """Change a draft that the officer opened at revision ``seen``.

    Raises NotADraft, ChangedMeanwhile, Refusals.
    """
    told.demand_keepable()
    posting = held_draft(posting)
    if posting.revision != seen:
        raise ChangedMeanwhile(texts.say("schools.Error_Post_Changed"))
    for name, value in told.columns.items():
        setattr(posting, name, value)
    posting.revision += 1
    posting.save()
    _aim(posting, told)
    audit.record("post.changed", by=by, about=posting, now=now)
    return posting


def _aim(posting: Posting, told: Told) -> None:
    posting.responsibilities.set(told.responsibilities)
    posting.schools.set(told.schools)


@transaction.atomic
def remove_draft(posting: Posting, *, by: User, now: datetime) -> None:
    """Throw a draft away, with its files. Raises NotADraft."""
    posting = held_draft(posting)
    files.remove_held((ATTACHED, posting.pk), by=by, now=now)
    audit.record("post.removed", by=by, about=posting, now=now, detail={"number": posting.number})
    posting.delete()


def attach(posting: Posting, *, uploads: Iterable[UploadedFile], by: User, now: datetime) -> list[StoredFile]:
    """Put files with a draft. Raises NotADraft, and FileRefused for the first that is not taken."""
    if posting.state != Posting.State.DRAFT:
        raise NotADraft(texts.say("schools.Error_Post_NotADraft"))
    return [keep_file(posting, upload, by=by, now=now) for upload in uploads]


def keep_file(posting: Posting, upload: UploadedFile, *, by: User, now: datetime) -> StoredFile:
    """Keep an upload among the attachments."""
    held_by = (ATTACHED, posting.pk)
    return files.accept_upload(upload, owner=by, held_by=held_by, question="attachments", now=now)


@transaction.atomic
def detach(posting: Posting, *, file: StoredFile, by: User, now: datetime) -> None:
    """Take a file off a draft. Raises NotADraft."""
    held_draft(posting)
    files.remove_file(file, by=by, now=now)


def held_draft(posting: Posting) -> Posting:
    """The posting, locked, while it is a draft. Raises NotADraft."""
    posting = hold(posting)
    if posting.state != Posting.State.DRAFT:
        raise NotADraft(texts.say("schools.Error_Post_NotADraft"))
    return posting
