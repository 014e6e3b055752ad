"""Change Access: who of a school may use its folder."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.models import User
from guildhall.people.membership import rules, school_queries
from guildhall.people.membership.models import SchoolPlace

from ..models import Access


class NotTheirSupervisor(Refusal):
    """Only a supervisor of the school changes access to its folder."""


@transaction.atomic
def choose_access(
    school_id: int, levels: Mapping[int, str], *, holder: Holder, by: User, now: datetime
) -> list[SchoolPlace]:
    """Give people of a school, by the ids of their places, a level of access, or "" for none.

    It counts from their next request. Whoever is not of the school, or supervises it, is passed over. Returns
    those whose access changed. Raises NotTheirSupervisor.
    """
    if not rules.supervises(holder, school_id):
        raise NotTheirSupervisor(say("schools.Folder_Error_Supervisor"))
    people = school_queries.users_of(holder, school_id).filter(pk__in=levels, seat=None)
    return [one for one in people if _give(one, levels[one.pk], by=by, now=now)]


def _give(place: SchoolPlace, level: str, *, by: User, now: datetime) -> bool:
    known = Access.objects.select_for_update().filter(place=place).first()
    before, after = known.level if known else "", level if level in Access.Level.values else ""
    if before == after:
        return False
    if after:
        given = {"level": after, "given_by": by, "given_at": now}
        Access.objects.update_or_create(place=place, defaults=given)
    elif known:
        known.delete()
    detail = {"before": before, "after": after}
    audit.record("schoolfolder.access_changed", by=by, about=place, now=now, detail=detail)
    return True
