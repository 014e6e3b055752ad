"""Remote access keyfobs, and accounts of a school's own network where it lets the helpline."""

import re
from datetime import datetime

from django.db import IntegrityError, transaction

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.typed import paragraphs
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User
from guildhall.people.organisations.models import Establishment

from .. import rules, school_queries
from ..models import Keyfob, NetworkAnswer, SchoolPlace
from . import records
from .places import NotYours

NETWORK_WORK = ("password", "unlock", "add", "remove", "rights")
SERIAL = re.compile(r"[A-Z0-9-]{4,40}")


class BadSerial(Refusal):
    """This is no serial number of a keyfob."""


class KeyfobTaken(Refusal):
    """The keyfob is with somebody already."""


class NotAuthorised(Refusal):
    """The school has not authorised the helpline to work on its network accounts."""


@transaction.atomic
def assign_keyfob(
    place: SchoolPlace, *, serial: str, reason: str, holder: Holder, by: User, now: datetime
) -> Keyfob:
    """Give the keyfob ``serial`` to somebody of a school, for ``reason``.

    Raises NotYours, BadSerial, KeyfobTaken; Refusal without a reason.
    """
    place = _helped(place, holder)
    serial, reason = "".join(serial.split()).upper(), _given(reason)
    if not SERIAL.fullmatch(serial):
        raise BadSerial(texts.say("schools.Error_Serial"), field="serial")
    try:
        with transaction.atomic():
            keyfob = Keyfob.objects.create(
                place=place, serial=serial, reason=reason, assigned_by=by, assigned_at=now
            )
    except IntegrityError:
        raise KeyfobTaken(texts.say("schools.Error_KeyfobTaken"), field="serial") from None
    records.note(place, "keyfob", by=by, now=now, reason=reason)
    return keyfob


@transaction.atomic
def take_back_keyfob(keyfob: Keyfob, *, holder: Holder, by: User, now: datetime) -> None:
    """The keyfob is back, and can be given to somebody else. Raises NotYours."""
    if not rules.helps(holder):
        raise NotYours(texts.say("schools.Error_NotYours"))
    keyfob = hold(keyfob)
    if keyfob.returned_at is None:
        Keyfob.objects.filter(pk=keyfob.pk).update(returned_at=now, returned_by=by)
        records.note(keyfob.place, "keyfob_back", by=by, now=now)


@transaction.atomic
def answer_about_network(
    school: Establishment, *, allowed: bool, holder: Holder, by: User, now: datetime
) -> None:
    """A supervisor of the school says whether the helpline may work on its network accounts.

    The council cannot say so in the school's place. Raises NotYours.
    """
    if school.pk not in holder.supervised:
        raise NotYours(texts.say("schools.Error_NotYours"))
    NetworkAnswer.objects.create(school=school, allowed=allowed, by=by, at=now)
    act = "membership.network_allowed" if allowed else "membership.network_withdrawn"
    audit.record(act, by=by, about=school, now=now)


@transaction.atomic
def work_on_network(
    place: SchoolPlace, *, what: str, reason: str, holder: Holder, by: User, now: datetime
) -> None:
    """Keep that the helpline does ``what`` (of NETWORK_WORK) to somebody's account on the school's network.

    Raises NotYours, NotAuthorised, Refusal.
    """
    Establishment.objects.select_for_update().get(pk=place.school_id)
    place = _helped(place, holder)
    answer = school_queries.network_answer(place.school_id)
    if answer is None or not answer.allowed:
        raise NotAuthorised(texts.say("schools.Error_NetworkNotAuthorised"))
    if what not in NETWORK_WORK:
        raise Refusal(texts.say("schools.Error_NetworkWhat"), field="what")
    records.note(place, "network", by=by, now=now, fields=[what], reason=_given(reason))


def _helped(place: SchoolPlace, holder: Holder) -> SchoolPlace:
    place = hold(place)
    if not rules.helps(holder) or place.membership.ended_at is not None:
        raise NotYours(texts.say("schools.Error_NotYours"))
    return place


def _given(reason: str) -> str:
    if not (said := paragraphs(reason)):
        raise Refusal(texts.say("schools.Error_Reason_Required"), field="reason")
    return said[:500]
