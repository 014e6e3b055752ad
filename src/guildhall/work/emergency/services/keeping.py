"""Keeping a school's contacts: adding, changing, ordering, removing, and saying that they are right."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit import ordering
from guildhall.foundation.kit.locks import hold, hold_name
from guildhall.foundation.kit.refusals import Refusal, Refusals
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User

from .. import queries, rules
from ..models import Contact, Sheet
from ..rules import Told


class NotYours(Refusal):
    """No responsibility of this person at the school lets them keep its contacts."""


class TooMany(Refusal):
    """The school has as many contacts as fit on the page that somebody reads at night."""


class NothingThere(Refusal):
    """There is nobody to confirm."""


@transaction.atomic
def add_contact(school_id: int, told: Told, *, holder: Holder, by: User, now: datetime) -> Contact:
    """Put somebody at the end of the list of a school; sent twice, it is one.

    Raises NotYours, TooMany, Refusals.
    """
    here = _kept(holder, school_id)
    _check(told)
    if known := here.filter(name=told.name, phone=told.phone).first():
        return known
    _refuse_more(here)
    made = Contact.objects.create(
        school_id=school_id,
        position=ordering.end_of(here),
        **asdict(told),
        changed_at=now,
        changed_by=by,
    )
    audit.record("emergency.contact_added", by=by, about=made, now=now)
    return made


@transaction.atomic
def change_contact(contact: Contact, told: Told, *, holder: Holder, by: User, now: datetime) -> Contact:
    """Let the list say ``told`` of somebody. Raises NotYours, Refusals."""
    _kept(holder, contact.school_id)
    _check(told)
    contact = hold(contact)
    before = {name: getattr(contact, name) for name in rules.FIELDS}
    changed = [name for name, value in asdict(told).items() if before[name] != value]
    if not changed:
        return contact
    for name in changed:
        setattr(contact, name, getattr(told, name))
    contact.changed_at, contact.changed_by = now, by
    contact.save()
    audit.record("emergency.contact_changed", by=by, about=contact, now=now, detail={"fields": changed})
    return contact


@transaction.atomic
def move_contact(contact: Contact, *, up: bool, holder: Holder, by: User, now: datetime) -> None:
    """Call somebody one earlier or later; nothing happens at the ends. Raises NotYours."""
    here = _kept(holder, contact.school_id)
    if not here.filter(pk=contact.pk).exists():
        return
    if moved := ordering.swapped(here, contact, up=up):
        Contact.objects.bulk_update(moved, ["position"])
        audit.record("emergency.contact_moved", by=by, about=contact, now=now)


@transaction.atomic
def remove_contact(contact: Contact, *, holder: Holder, by: User, now: datetime) -> Contact:
    """Take somebody out, to be put back for a while. Raises NotYours."""
    _kept(holder, contact.school_id)
    contact = hold(contact)
    if contact.removed_at is None:
        contact.removed_at, contact.removed_by = now, by
        contact.save(update_fields=["removed_at", "removed_by"])
        audit.record("emergency.contact_removed", by=by, about=contact, now=now)
    return contact


@transaction.atomic
def put_back_contact(contact: Contact, *, holder: Holder, by: User, now: datetime) -> Contact:
    """Put somebody back where they were. Raises NotYours, TooMany."""
    here = _kept(holder, contact.school_id)
    contact = hold(contact)
    if contact.removed_at is None:
        return contact
    _refuse_more(here)
    contact.removed_at = contact.removed_by = None
    contact.save(update_fields=["removed_at", "removed_by"])
    audit.record("emergency.contact_put_back", by=by, about=contact, now=now)
    return contact


@transaction.atomic
def confirm_contacts(school_id: int, *, holder: Holder, by: User, now: datetime) -> Sheet:
    """Say that the list of a school is right today. Raises NotYours, NothingThere."""
    if not _kept(holder, school_id).exists():
        raise NothingThere(texts.say("schools.Error_Emergency_NothingThere"))
    changed = {"confirmed_at": now, "confirmed_by": by, "reminded_at": None}
    sheet, _ = Sheet.objects.update_or_create(school_id=school_id, defaults=changed)
    audit.record("emergency.confirmed", by=by, about=sheet, now=now)
    return sheet


def _kept(holder: Holder, school_id: int) -> QuerySet[Contact]:
    """The list of a school, which nobody else writes until the transaction ends. Raises NotYours."""
    if not queries.keeps(holder, school_id):
        raise NotYours(texts.say("schools.Error_Emergency_NotYours"))
    hold_name(f"emergency:{school_id}")
    return Contact.objects.filter(school_id=school_id, removed_at=None)


def _refuse_more(here: QuerySet[Contact]) -> None:
    if here.count() >= rules.MOST:
        raise TooMany(texts.say("schools.Error_Emergency_TooMany", most=rules.MOST))


def _check(told: Told) -> None:
    if wrong := rules.problems_of(told):
        raise Refusals({name: texts.say(f"schools.Error_Emergency_{why}") for name, why in wrong.items()})
