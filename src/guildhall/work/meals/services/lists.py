"""Putting pupils on a list, changing what it says of them, and taking them off."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User
from guildhall.records.children.models import Child

from .. import rules
from ..details import Details, changed_fields, details_of
from ..models import Pupil


class NotYours(Refusal):
    """Only the council's team keeps the lists."""


class OnAList(Refusal):
    """A pupil with this UPN is on a list already."""


class GoneFromList(Refusal):
    """The pupil is not on the list any more."""


@dataclass(frozen=True)
class Origin:
    """How a pupil comes onto a list. ``child``: the authority's record, where somebody knows it."""

    source: Pupil.Source
    reference: str = ""
    child: int | None = None


def refuse_strangers(holder: Holder) -> None:
    """Raises NotYours unless ``holder`` keeps the lists."""
    if not rules.keeps_lists(holder):
        raise NotYours(texts.say("schools.Error_Meals_NotYours"))


def add_pupil(school_id: int, details: Details, origin: Origin, *, by: User, now: datetime) -> Pupil:
    """Put somebody on the list of a school. Raises OnAList."""
    if details.upn and Pupil.objects.filter(upn=details.upn, removed_at=None).exists():
        raise OnAList(texts.say("schools.Error_Meals_OnAList"), field="upn")
    pupil = Pupil.objects.create(
        school_id=school_id,
        **asdict(details),
        child_id=origin.child or _record_of(details),
        source=origin.source,
        reference=origin.reference,
        added_at=now,
        added_by=by,
    )
    audit.record("meals.pupil_added", by=by, about=pupil, now=now, child=pupil.child_id)
    return pupil


def change_pupil(pupil: Pupil, details: Details, *, by: User, now: datetime) -> Pupil:
    """Let the list say ``details``. Raises GoneFromList, OnAList."""
    pupil = on_the_list(pupil)
    changed = changed_fields(details_of(pupil), details)
    others = Pupil.objects.filter(upn=details.upn, removed_at=None).exclude(pk=pupil.pk)
    if details.upn and others.exists():
        raise OnAList(texts.say("schools.Error_Meals_OnAList"), field="upn")
    for name in changed:
        setattr(pupil, name, getattr(details, name))
    if pupil.child_id is None or "upn" in changed:
        pupil.child_id = _record_of(details) or pupil.child_id
    pupil.save()
    detail = {"fields": list(changed)}
    audit.record("meals.pupil_changed", by=by, about=pupil, now=now, child=pupil.child_id, detail=detail)
    return pupil


def take_off(pupil: Pupil, *, by: User, now: datetime) -> Pupil:
    """Take somebody off their list; the row stays. Raises GoneFromList."""
    pupil = on_the_list(pupil)
    pupil.removed_at, pupil.removed_by = now, by
    pupil.save(update_fields=["removed_at", "removed_by"])
    audit.record("meals.pupil_removed", by=by, about=pupil, now=now, child=pupil.child_id)
    return pupil


def on_the_list(pupil: Pupil) -> Pupil:
    """The pupil, held until the transaction ends. Raises GoneFromList."""
    pupil = hold(pupil)
    if pupil.removed_at is not None:
        raise GoneFromList(texts.say("schools.Error_Meals_Gone"))
    return pupil


def _record_of(details: Details) -> int | None:
    """The authority's record with the same UPN, if there is just one."""
    if not details.upn:
        return None
    found = list(Child.objects.filter(upn=details.upn, removed_at=None).values_list("pk", flat=True)[:2])
    return found[0] if len(found) == 1 else None


@transaction.atomic
def remove_pupil(pupil: Pupil, *, holder: Holder, by: User, now: datetime) -> Pupil:
    """The council takes somebody off a list. Raises NotYours, GoneFromList."""
    refuse_strangers(holder)
    return take_off(pupil, by=by, now=now)


@transaction.atomic
def put_back_pupil(pupil: Pupil, *, holder: Holder, by: User, now: datetime) -> Pupil:
    """The council puts back somebody who was taken off; nothing happens to one who is there.

    Raises NotYours, OnAList.
    """
    refuse_strangers(holder)
    pupil = hold(pupil)
    if pupil.removed_at is None:
        return pupil
    if pupil.upn and Pupil.objects.filter(upn=pupil.upn, removed_at=None).exists():
        raise OnAList(texts.say("schools.Error_Meals_OnAList"))
    pupil.removed_at = pupil.removed_by = None
    pupil.save(update_fields=["removed_at", "removed_by"])
    audit.record("meals.pupil_put_back", by=by, about=pupil, now=now, child=pupil.child_id)
    return pupil
