"""Letting people in again: whom nobody saw for long, who lost their telephone, who forgot a password."""

from datetime import datetime

from django.db import transaction

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts import services as accounts
from guildhall.people.accounts.models import User
from guildhall.people.accounts.services import administration

from .. import rules
from ..models import SchoolPlace
from . import records
from .places import NotYours


@transaction.atomic
def enable_person(place: SchoolPlace, *, holder: Holder, by: User, now: datetime, reason: str = "") -> None:
    """Enable an account that was disabled because nobody used it. Raises NotYours, accounts.NotDisabled."""
    place = _open(place, holder)
    accounts.enable_again(place.user, by=by, now=now)
    records.note(place, "enabled", by=by, now=now, reason=reason)


@transaction.atomic
def forgive_tries(place: SchoolPlace, *, holder: Holder, by: User, now: datetime, reason: str = "") -> None:
    """Open an account that too many wrong passwords locked. Raises NotYours, administration.NotNow."""
    place = _open(place, holder)
    administration.forgive_tries(place.user, by=by, now=now)
    records.note(place, "opened", by=by, now=now, reason=reason)


@transaction.atomic
def reset_second(place: SchoolPlace, *, holder: Holder, by: User, now: datetime, reason: str = "") -> None:
    """Forget the app, passkeys and devices of somebody who lost them; every session ends. Raises NotYours."""
    place = _open(place, holder)
    accounts.reset_second_step(place.user, by=by, now=now)
    records.note(place, "second", by=by, now=now, reason=reason)


def _open(place: SchoolPlace, holder: Holder) -> SchoolPlace:
    place = hold(place)
    if place.membership.ended_at is not None or not rules.supervises(holder, place.school_id):
        raise NotYours(texts.say("schools.Error_NotYours"))
    return place
