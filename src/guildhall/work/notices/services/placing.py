"""What schools do: placing a notice, changing it, withdrawing it, placing it again."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from guildhall.foundation.audit import services as audit
from guildhall.foundation.files import kinds
from guildhall.foundation.files import services as files
from guildhall.foundation.kit.identifiers import fold_name
from guildhall.foundation.kit.locks import hold, hold_name
from guildhall.foundation.kit.refusals import Refusal, Refusals
from guildhall.foundation.kit.speech import day
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.models import User
from guildhall.people.membership.models import SchoolPlace

from .. import queries, rules
from ..models import Notice
from ..moves import Move
from . import telling

State, Kind = Notice.State, Notice.Kind
MOST = 30
FIELD = "notice_picture"


class NotTheirs(Refusal):
    """Somebody else keeps the notice."""


class TooMany(Refusal):
    """The school shows as many notices as it may."""


class Moved(Refusal):
    """The notice is no longer where this could be done."""


@dataclass(frozen=True)
class Told:
    """What somebody says in a notice; what does not belong to its kind is not kept."""

    title: str
    words: str
    contact: str
    ends_on: date
    email: str = ""
    phone: str = ""
    price: str = ""
    held_on: date | None = None
    held_time: str = ""
    venue: str = ""
    upload: UploadedFile | None = None
    no_picture: bool = False


@transaction.atomic
def place_notice(kind: str, told: Told, *, place: SchoolPlace, key: UUID, by: User, now: datetime) -> Notice:
    """Place a notice for the school of ``place``; the same ``key`` again places nothing.

    It is shown at once, or waits for an officer where the authority says so. Raises NotTheirs, TooMany,
    FileRefused, and Refusals by field.
    """
    if place.user_id != by.pk:
        raise NotTheirs(say("schools.Notice_Error_NotTheirs"))
    hold_name(f"notices:{place.school_id}")
    known = Notice.objects.filter(pk=key).first()
    if known is not None and (known.school_id, known.placed_by_id) == (place.school_id, by.pk):
        return known
    _refuse_many(place, now)
    made = Notice(
        pk=uuid4() if known else key,
        school_id=place.school_id,
        kind=Kind(kind),
        placed_by=by,
        placed_at=now,
        changed_at=now,
    )
    _describe(made, told, today=timezone.localdate(now))
    _go(made)
    _keep_picture(made, told, by=by, now=now)
    made.save(force_insert=True)
    audit.record("notices.placed", by=by, about=made, now=now, detail={"state": made.state})
    telling.tell_council(made, now=now)
    return made


def _refuse_many(place: SchoolPlace, now: datetime) -> None:
    if queries.open_at(place.school_id, timezone.localdate(now)) >= MOST:
        raise TooMany(say("schools.Notice_Error_Many", most=MOST))


def _describe(notice: Notice, told: Told, *, today: date) -> None:
    if problems := _wrong(notice, told, today):
        raise Refusals(problems)
    notice.title, notice.words, notice.contact = told.title, told.words, told.contact
    notice.email, notice.phone, notice.ends_on = told.email, told.phone, told.ends_on
    notice.price = told.price if notice.kind == Kind.SALE else ""
    held = notice.kind in Notice.HELD
    notice.held_on = told.held_on if held else None
    notice.held_time, notice.venue = (told.held_time, told.venue) if held else ("", "")
    notice.sought = fold_name(" ".join([told.title, told.words, notice.venue, notice.school.name]))


def _wrong(notice: Notice, told: Told, today: date) -> dict[str, str]:
    """Field → what is wrong; days that were right before stay so while the notice is changed."""
    problems: dict[str, str] = {}
    if notice.kind == Kind.SALE and not told.price:
        problems["notice_price"] = say("schools.Error_NoticePrice_Required")
    if notice.kind in Notice.HELD:
        problems |= _wrong_meeting(notice, told, today)
    if not told.email and not told.phone:
        problems["notice_email"] = say("schools.Notice_Error_Reach")
    if not today <= told.ends_on <= today + rules.LONGEST:
        latest = day(today + rules.LONGEST)
        problems["notice_ends_on"] = say("schools.Notice_Error_Ends", latest=latest)
    return problems


def _wrong_meeting(notice: Notice, told: Told, today: date) -> dict[str, str]:
    if told.held_on is None:
        return {"notice_held_on": say("schools.Error_NoticeHeldOn_Required")}
    if told.held_on < today and told.held_on != notice.held_on:
        return {"notice_held_on": say("schools.Notice_Error_Past")}
    return {} if told.venue else {"notice_venue": say("schools.Error_NoticeVenue_Required")}


def _go(notice: Notice) -> None:
    """To the page, or to an officer first; what was decided before no longer counts."""
    notice.state = rules.state_after(moderated=queries.moderated(), watched=notice.watched)
    notice.decided_at = notice.decided_by = None
    notice.reason = ""


def _keep_picture(notice: Notice, told: Told, *, by: User, now: datetime) -> None:
    """A new picture takes the place of the old one, which goes."""
    if told.upload is None and not (told.no_picture and notice.picture_id):
        return
    held = (queries.HELD_BY, notice.pk)
    notice.picture = None
    Notice.objects.filter(pk=notice.pk).update(picture=None)
    files.remove_held(held, by=by, now=now)
    if told.upload is not None:
        notice.picture = files.accept_upload(
            told.upload, owner=by, held_by=held, question=FIELD, accept=kinds.PICTURES, now=now
        )


def _theirs(notice: Notice, move: Move, *, place: SchoolPlace, by: User, now: datetime) -> Notice:
    """The notice, held, for whoever keeps it, where ``move`` can be made."""
    notice = hold(notice)
    if place.user_id != by.pk or not rules.keeps(place, notice):
        raise NotTheirs(say("schools.Notice_Error_NotTheirs"))
    if not rules.takes(notice, move, timezone.localdate(now)):
        raise Moved(say("schools.Notice_Error_Moved"))
    return notice


@transaction.atomic
def change_notice(notice: Notice, told: Told, *, place: SchoolPlace, by: User, now: datetime) -> Notice:
    """Say something else in a notice; one that is not shown any more is placed again by it.

    Where an officer looks at notices, or refused this one or took it down, it waits for one again. Raises
    NotTheirs, TooMany, FileRefused, and Refusals by field.
    """
    hold_name(f"notices:{place.school_id}")
    notice = _theirs(notice, Move.CHANGE, place=place, by=by, now=now)
    today = timezone.localdate(now)
    again = rules.is_again(notice, today)
    if again:
        _refuse_many(place, now)
        notice.placed_at = now
    _describe(notice, told, today=today)
    _go(notice)
    _keep_picture(notice, told, by=by, now=now)
    notice.changed_at = now
    notice.save()
    verb = "notices.placed_again" if again else "notices.changed"
    audit.record(verb, by=by, about=notice, now=now, detail={"state": notice.state})
    telling.tell_council(notice, now=now)
    return notice


@transaction.atomic
def withdraw_notice(notice: Notice, *, place: SchoolPlace, by: User, now: datetime) -> Notice:
    """Take a notice off the page; twice changes nothing. Raises NotTheirs, Moved."""
    if notice.state == State.WITHDRAWN and rules.keeps(place, notice):
        return notice
    notice = _theirs(notice, Move.WITHDRAW, place=place, by=by, now=now)
    notice.state, notice.changed_at = State.WITHDRAWN, now
    notice.save(update_fields=["state", "changed_at"])
    audit.record("notices.withdrawn", by=by, about=notice, now=now)
    return notice
