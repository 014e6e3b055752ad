"""The lost pupils: searched by somebody who says why, and claimed by a school that admits one (SY-048)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.identifiers import fold_name, normalise_upn, valid_upn
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.refusals import Refusal, Refusals
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User
from guildhall.people.accounts.services import guards
from guildhall.people.organisations.models import Establishment

from .. import queries, rules
from ..models import Event, Pupil, Transfer
from . import telling
from .uploading import note, refuse_others

MOST_FOUND = 5


class NotFound(Refusal):
    """The search is not narrow enough to show anybody."""


class NotClaimed(Refusal):
    """The pupil is not among the lost ones any more."""


@dataclass(frozen=True)
class Wanted:
    """Who is searched for, and why: a UPN, or a surname and a date of birth."""

    why: str = ""
    upn: str = ""
    surname: str = ""
    born_on: date | None = None

    def problems(self) -> dict[str, str]:
        """Field → what is wrong with it."""
        found = {}
        if self.why not in rules.WHY_LOOKED:
            found["why"] = "Why"
        if self.upn and not valid_upn(normalise_upn(self.upn)):
            found["upn"] = "Upn"
        elif not self.upn and not self.surname and not self.born_on:
            found["upn"] = "Nothing"
        elif not self.upn and not self.surname:
            found["surname"] = "Surname"
        elif not self.upn and not self.born_on:
            found["born_on"] = "BornOn"
        return {name: texts.say(f"schools.Error_LostPupils_{code}") for name, code in found.items()}

    @property
    def way(self) -> str:
        return "upn" if self.upn else "name"


def search_lost(
    wanted: Wanted, *, school: Establishment | None, holder: Holder, by: User, now: datetime
) -> list[Pupil]:
    """The lost pupils who fit, for a school (None: the council's team), with ``transfer``. Kept in the audit.

    Raises NotUsing, Refusals by field, guards.Shut after too many searches, NotFound.
    """
    refuse_others(holder, school)
    if problems := wanted.problems():
        raise Refusals(problems)
    guards.spend("lost-pupils", f"user:{by.pk}", limit=rules.FIND_LIMIT, now=now)
    found = list(_fitting(wanted)[: MOST_FOUND + 1])
    detail = {
        "school": school.pk if school else None,
        "why": wanted.why,
        "by": wanted.way,
        "found": [str(one.transfer_id) for one in found],
    }
    audit.record("transfers.lost_searched", by=by, about=("transfers", "lost"), now=now, detail=detail)
    if len(found) > MOST_FOUND:
        raise NotFound(texts.say("schools.Error_LostPupils_TooMany"), field="surname")
    return found


def _fitting(wanted: Wanted) -> "queries.QuerySet[Pupil]":
    fits = Q(folded=fold_name(wanted.surname), born_on=wanted.born_on)
    if wanted.upn:
        fits = Q(upn=normalise_upn(wanted.upn))
    rows = Pupil.objects.filter(fits, transfer__in=queries.lost().values("pk"))
    return rows.select_related("transfer__source").order_by("folded", "forename", "pk")


@transaction.atomic
def claim(
    transfer: Transfer, school: Establishment, *, as_council: bool, holder: Holder, by: User, now: datetime
) -> Transfer:
    """Hand the file of a lost pupil to the school that admits them; both ends are told.

    ``as_council``: the council's team does it for the school. Claiming again for the same school changes
    nothing. Raises NotUsing, NotClaimed.
    """
    refuse_others(holder, None if as_council else school)
    transfer = hold(transfer)
    if transfer.claimed_at and transfer.destination_id == school.pk:
        return transfer
    if not queries.lost().filter(pk=transfer.pk).exists():
        raise NotClaimed(texts.say("schools.Error_LostPupils_Claimed"))
    today = timezone.localdate(now)
    transfer.destination, transfer.claimed_by, transfer.claimed_at = school, by, now
    transfer.keep_until = today + rules.KEPT
    transfer.chase_on = queries.day_after(school.pk, today, count=rules.CHASED_AFTER)
    transfer.save(update_fields=["destination", "claimed_by", "claimed_at", "keep_until", "chase_on"])
    note(transfer, Event.Act.CLAIM, school=None if as_council else school, by=by, now=now)
    telling.tell_sender(transfer, "Claimed", now=now)
    telling.tell_destination(transfer, "Available", now=now)
    return transfer
