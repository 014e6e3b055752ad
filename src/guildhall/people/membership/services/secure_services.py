"""Which secure services each person of a school may use: the choice of its approvers, its supervisors."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.authority.queries import setting
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User
from guildhall.people.organisations.models import Establishment

from .. import rules
from ..models import SchoolPlace
from ..secure import SERVICES
from . import records


class TooManyEndUsers(Refusal):
    """The school has as many end users of the secure services as it may have."""


class NotTheirApprover(Refusal):
    """Only a supervisor of the school, or the council, chooses what its people may use."""


@transaction.atomic
def choose_services(
    place: SchoolPlace, services: Iterable[str], *, holder: Holder, by: User, now: datetime
) -> SchoolPlace:
    """Let the person use exactly ``services`` (of secure.SERVICES), from the next request on.

    Raises TooManyEndUsers for one too many at the school, and NotTheirApprover.
    """
    Establishment.objects.select_for_update().get(pk=place.school_id)
    place = hold(place)
    if not rules.supervises(holder, place.school_id) or place.membership.ended_at is not None:
        raise NotTheirApprover(texts.say("schools.Error_NotYours"))
    asked = set(services)
    wanted = [key for key in SERVICES if key in asked]
    if wanted and not place.secure and not place.is_supervisor:
        _refuse_one_more(place)
    changed = sorted(set(wanted) ^ set(place.secure))
    if changed:
        place.secure = wanted
        place.revision += 1
        place.save(update_fields=["secure", "revision"])
        records.note(place, "services", by=by, now=now, fields=changed)
    return place


def _refuse_one_more(place: SchoolPlace) -> None:
    most = int(setting("schools.end_users"))
    if end_users(place.school_id) >= most:
        raise TooManyEndUsers(texts.say("schools.Error_EndUsers", most=most), field="secure")


def end_users(school_id: int) -> int:
    """How many of the school use secure services, besides its approvers."""
    rows = SchoolPlace.objects.filter(school_id=school_id, membership__ended_at=None, seat=None)
    return rows.exclude(secure=[]).count()


def fit(place: SchoolPlace) -> None:
    """An approver who becomes an end user keeps the services while the school has room for one more."""
    if place.secure and end_users(place.school_id) >= int(setting("schools.end_users")):
        place.secure = []
