"""What a school does about an item: the action it asks, a file returned; and what an officer says to that."""

from datetime import datetime
from uuid import uuid4

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.foundation.files import queries as files
from guildhall.foundation.files import services as keeping
from guildhall.foundation.kit.again import again_when_first_or_crossed
from guildhall.foundation.kit.locks import hold, hold_name
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.outbox.email import put_email
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User
from guildhall.people.membership.models import SchoolPlace

from ..models import Done, Posting, ReturnedFile
from .publishing import LONGEST_REASON
from .reading import seen

RETURNED = "post-return"  # what keeps a returned file: ("post-return", id of the return)


class NoFileAsked(Refusal):
    """The item asks no file back."""


class AlreadyAccepted(Refusal):
    """The authority has accepted the file that the school returned."""


class NoActionAsked(Refusal):
    """The item asks nothing to be done."""


class Decided(Refusal):
    """The file was accepted, sent back or replaced before."""


class NotClean(Refusal):
    """The file was not found clean, so nobody can have looked at it."""


@again_when_first_or_crossed
def return_file(posting: Posting, *, place: SchoolPlace, upload: UploadedFile, now: datetime) -> ReturnedFile:
    """Return a file for the school, in the place of one that it returned before.

    Raises NotTheirs, NoFileAsked, AlreadyAccepted, FileRefused.
    """
    seen(posting, place)
    if not posting.wants_file:
        raise NoFileAsked(texts.say("schools.Error_Post_NoFileAsked"), field="file")
    hold_name(f"post-return:{posting.pk}:{place.school_id}")
    rows = ReturnedFile.objects.filter(posting=posting, school=place.school_id)
    if rows.filter(state=ReturnedFile.State.ACCEPTED).exists():
        raise AlreadyAccepted(texts.say("schools.Error_Post_Accepted"), field="file")
    key = uuid4()
    file = keeping.accept_upload(upload, owner=place.user, held_by=(RETURNED, key), question="file", now=now)
    replaced = rows.filter(state=ReturnedFile.State.RETURNED).update(state=ReturnedFile.State.REPLACED)
    made = ReturnedFile.objects.create(
        id=key, posting=posting, school_id=place.school_id, place=place, file=file, at=now
    )
    detail = {"school": place.school_id, "posting": posting.pk, "replaced": bool(replaced)}
    audit.record("post.file_returned", by=place.user, about=made, now=now, detail=detail)
    return made


@transaction.atomic
def accept_return(returned: ReturnedFile, *, by: User, now: datetime) -> ReturnedFile:
    """Take a returned file as it is; the school cannot replace it any more. Raises Decided, NotClean."""
    returned = _undecided(returned)
    if not files.may_be_served(returned.file):
        raise NotClean(texts.say("schools.Error_Post_NotClean"))
    return _decide(returned, ReturnedFile.State.ACCEPTED, by=by, now=now)


@transaction.atomic
def send_back(returned: ReturnedFile, *, reason: str, by: User, now: datetime) -> ReturnedFile:
    """Ask the school for another file, with the reason; an email says that there is an answer.

    Raises Decided, and Refusal without a reason.
    """
    returned = _undecided(returned)
    if not 0 < len(reason) <= LONGEST_REASON:
        raise Refusal(texts.say("schools.Error_Post_Reason", most=LONGEST_REASON), field="reason")
    returned.reason = reason
    _decide(returned, ReturnedFile.State.SENT_BACK, by=by, now=now)
    if address := returned.place.user.email:
        put_email(
            address,
            subject="schools.EmailSubject_PostSentBack",
            body="text-blocks.Email_PostSentBack",
            language=returned.place.user.language,
            key=f"post-sent-back:{returned.pk}",
            now=now,
            link=f"/schools/post/{returned.posting_id}/",
        )
    return returned


def _undecided(returned: ReturnedFile) -> ReturnedFile:
    returned = hold(returned)
    if returned.state != ReturnedFile.State.RETURNED:
        raise Decided(texts.say("schools.Error_Post_Decided"))
    return returned


def _decide(returned: ReturnedFile, state: str, *, by: User, now: datetime) -> ReturnedFile:
    returned.state, returned.decided_at, returned.decided_by = state, now, by
    returned.save(update_fields=["state", "reason", "decided_at", "decided_by"])
    detail = {"school": returned.school_id, "posting": returned.posting_id}
    audit.record(f"post.file_{state}", by=by, about=returned, now=now, detail=detail)
    return returned


def note_returned_opened(returned: ReturnedFile, *, by: User, now: datetime) -> None:
    """Keep in the audit that somebody saves a returned file."""
    detail = {"school": returned.school_id, "posting": returned.posting_id}
    audit.record("post.returned_opened", by=by, about=returned, now=now, detail=detail)


@transaction.atomic
def mark_action_done(posting: Posting, *, place: SchoolPlace, now: datetime) -> Done:
    """Say for the school that what an item asks is done; the first who says so counts.

    Raises NotTheirs, NoActionAsked.
    """
    seen(posting, place)
    if not posting.asks_action:
        raise NoActionAsked(texts.say("schools.Error_Post_NoActionAsked"))
    values = {"place": place, "at": now}
    done, new = Done.objects.get_or_create(posting=posting, school_id=place.school_id, defaults=values)
    if new:
        audit.record("post.done", by=place.user, about=posting, now=now, detail={"school": place.school_id})
    return done


@transaction.atomic
def take_back_action(posting: Posting, *, place: SchoolPlace, now: datetime) -> None:
    """Say that it is not done after all. Twice changes nothing. Raises NotTheirs."""
    seen(posting, place)
    gone, _ = Done.objects.filter(posting=posting, school=place.school_id).delete()
    if gone:
        detail = {"school": place.school_id}
        audit.record("post.not_done", by=place.user, about=posting, now=now, detail=detail)
