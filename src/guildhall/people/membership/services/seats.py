"""The supervisors of a school: never more than its seats, and never none once there was one."""

from datetime import datetime

from django.db import transaction

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.authority.queries import setting
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts import services as accounts
from guildhall.people.accounts.models import User
from guildhall.people.organisations.models import Establishment

from .. import rules
from ..models import Membership, SchoolPlace
from . import records, secure_services


class NoSeat(Refusal):
    """The school has as many supervisors as it may have."""


class LastSupervisor(Refusal):
    """The school would be left without a supervisor."""


class MayNotAppoint(Refusal):
    """Only a supervisor of the school, or the council, appoints supervisors."""


@transaction.atomic
def appoint_supervisor(place: SchoolPlace, *, holder: Holder, by: User | None, now: datetime) -> SchoolPlace:
    """Make the person a supervisor of the school. Raises NoSeat for one too many, and MayNotAppoint."""
    place = _held(place, holder)
    if place.is_supervisor:
        return place
    place.seat = _free_seat(place.school_id)
    place.is_admin = True
    _keep(place)
    accounts.require_authenticator(place.user)
    records.note(place, "appointed", by=by, now=now)
    return place


@transaction.atomic
def replace_supervisor(
    old: SchoolPlace, *, new: SchoolPlace, holder: Holder, by: User, now: datetime
) -> SchoolPlace:
    """Give the seat of ``old`` to ``new``, who works at the same school. Raises MayNotAppoint."""
    old, new = _held(old, holder), _held(new, holder)
    if old.school_id != new.school_id or old.seat is None or new.is_supervisor:
        raise MayNotAppoint(texts.say("schools.Error_Replace"), field="new")
    seat, old.seat = old.seat, None
    secure_services.fit(old)
    _keep(old)
    records.note(old, "stepped_down", by=by, now=now)
    new.seat, new.is_admin = seat, True
    _keep(new)
    accounts.require_authenticator(new.user)
    records.note(new, "appointed", by=by, now=now)
    return new


@transaction.atomic
def end_supervision(place: SchoolPlace, *, holder: Holder, by: User, now: datetime) -> SchoolPlace:
    """Take the seat back; the person stays an administrator. Raises LastSupervisor, MayNotAppoint."""
    place = _held(place, holder)
    if not place.is_supervisor:
        return place
    refuse_last(place)
    place.seat = None
    secure_services.fit(place)
    _keep(place)
    records.note(place, "stepped_down", by=by, now=now)
    return place


def refuse_last(place: SchoolPlace) -> None:
    """Raise LastSupervisor when nobody else supervises the school with open access."""
    others = SchoolPlace.objects.filter(
        school_id=place.school_id,
        seat__isnull=False,
        membership__ended_at=None,
        membership__locked_at=None,
        user__state=User.State.ACTIVE,
    ).exclude(pk=place.pk)
    if not others.exists():
        raise LastSupervisor(texts.say("schools.Error_LastSupervisor", name=str(place)))


def refuse_last_anywhere(user: User) -> None:
    """Raise LastSupervisor when ``user``, who can come in now, is the only supervisor of a school."""
    seats = SchoolPlace.objects.filter(
        user=user,
        seat__isnull=False,
        membership__ended_at=None,
        membership__locked_at=None,
        user__state=User.State.ACTIVE,
    )
    schools = Establishment.objects.filter(pk__in=seats.values("school_id"))
    list(schools.select_for_update().order_by("pk"))
    for place in seats.select_related("user"):
        refuse_last(place)


def _held(place: SchoolPlace, holder: Holder) -> SchoolPlace:
    """The place, with its school locked so that one appointment at a time counts the seats."""
    Establishment.objects.select_for_update().get(pk=place.school_id)
    place = hold(place)
    open_now = place.membership.ended_at is None and place.membership.locked_at is None
    if not open_now or not rules.supervises(holder, place.school_id):
        raise MayNotAppoint(texts.say("schools.Error_Appoint"))
    return place


def _free_seat(school_id: int) -> int:
    rows = SchoolPlace.objects.filter(school_id=school_id, seat__isnull=False)
    taken = set(rows.values_list("seat", flat=True))
    most = int(setting("schools.supervisors"))
    if len(taken) >= most:
        raise NoSeat(texts.say("schools.Error_NoSeat", most=most))
    return next(seat for seat in range(1, 10) if seat not in taken)


def _keep(place: SchoolPlace) -> None:
    place.revision += 1
    place.save()
    Membership.objects.filter(pk=place.membership_id).update(role=place.role)
