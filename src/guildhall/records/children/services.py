"""Adding and changing the authority's records of children."""

from datetime import datetime
from typing import Any

from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.identifiers import normalise_postcode, valid_postcode
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User

from .folding import postcode_key
from .identity import IDENTIFIERS, Identity
from .keys import also_keys, set_keys
from .models import AlsoKey, Child, Restriction
from .snapshots import Snapshot, difference, put_back, snapshot

CHANGEABLE = frozenset(
    {
        "forename",
        "midname",
        "surname",
        "born_on",
        "gender",
        "address",
        "postcode",
        "upn",
        "nhs_number",
        "uln",
        "other_names",
        "other_addresses",
        "establishment_id",
        "restricted",
    }
)
# Columns that say when and by whom, not what: they change with every write.
STAMPS = frozenset({"updated_at", "updated_by_id"})


class NameMissing(Refusal):
    """A record needs a forename or a surname."""


class TooLong(Refusal):
    """A value is longer than the record can hold."""


class BornTooLate(Refusal):
    """The date of birth is after today."""


class NotAField(Exception):
    """A caller asked to change something that is not one of CHANGEABLE."""


@transaction.atomic
def add_child(identity: Identity, *, by: User | None, now: datetime, shown_as: User | None = None) -> Child:
    """Open a record for the child that ``identity`` describes, with names of any length up to 100.

    ``shown_as`` is who Last Updated names when that is not ``by`` (the queue a record came from).
    Raises NameMissing, TooLong, BornTooLate.
    """
    child = Child(added_at=now, **_columns(identity))
    _save(child, shown_as=shown_as or by, now=now)
    audit.record("children.added", by=by, about=child, child=child.pk, now=now)
    return child


@transaction.atomic
def change_child(
    child: Child, *, changes: dict[str, Any], by: User | None, now: datetime, shown_as: User | None = None
) -> Child:
    """Set ``changes`` (names of CHANGEABLE → values) on the record; before and after go to its history.

    Changes that change nothing leave the record and its Last Updated as they are. ``shown_as`` as in
    ``add_child``. Raises NameMissing, TooLong, BornTooLate.
    """
    if unknown := changes.keys() - CHANGEABLE:
        raise NotAField(", ".join(sorted(unknown)))
    child = hold(child)
    before = snapshot(child)
    for name, value in changes.items():
        setattr(child, name, value)
    was, becomes = difference(before, snapshot(child))
    if not becomes:
        return child
    _save(child, shown_as=shown_as or by, now=now)
    audit.record(
        "children.changed",
        by=by,
        about=child,
        child=child.pk,
        now=now,
        detail={"before": was, "after": becomes},
    )
    return child


@transaction.atomic
def restore_child(child: Child, *, columns: Snapshot, by: User | None, now: datetime) -> Child:
    """Put ``columns`` (part of an earlier snapshot) back exactly, Last Updated too if it is among them."""
    child = hold(child)
    before = snapshot(child)
    put_back(child, columns)
    if not STAMPS & columns.keys():
        child.updated_at, child.updated_by = now, by
    set_keys(child)
    child.save()
    _follow_keys(child)
    was, becomes = difference(before, snapshot(child))
    audit.record(
        "children.restored",
        by=by,
        about=child,
        child=child.pk,
        now=now,
        detail={"before": was, "after": becomes},
    )
    return child


@transaction.atomic
def remove_child(child: Child, *, by: User | None, now: datetime) -> Child:
    """Take away a record that should not have been added. Nobody finds it any more; the row stays."""
    child = hold(child)
    child.removed_at = now
    child.save(update_fields=["removed_at"])
    child.also_keys.all().delete()
    audit.record("children.removed", by=by, about=child, child=child.pk, now=now)
    return child


@transaction.atomic
def restrict_use(child: Child, *, reason: str, by: User, now: datetime) -> Restriction:
    """Restrict the use of the record (Article 18): it stays readable, and no machine does anything with it.

    A second call gives the restriction that stands.
    """
    child = hold(child)
    standing, made = Restriction.objects.get_or_create(
        child=child, lifted_at=None, defaults={"reason": reason[:40], "begun_at": now, "begun_by": by}
    )
    if made:
        audit.record("children.use_restricted", by=by, about=child, child=child.pk, now=now)
    return standing


@transaction.atomic
def lift_restriction(child: Child, *, by: User, now: datetime) -> bool:
    """Let the record be used again; whether there was a restriction."""
    child = hold(child)
    lifted = Restriction.objects.filter(child=child, lifted_at=None).update(lifted_at=now, lifted_by=by)
    if lifted:
        audit.record("children.restriction_lifted", by=by, about=child, child=child.pk, now=now)
    return bool(lifted)


def _columns(identity: Identity) -> dict[str, Any]:
    address = {"lines": list(identity.address_lines), "town": "", "postcode": identity.postcode}
    columns = {
        name: getattr(identity, name)
        for name in ("forename", "midname", "surname", "born_on", "gender", *IDENTIFIERS)
    }
    return columns | {
        "postcode": _postcode(identity.postcode),
        "address": address if identity.address_lines or identity.postcode else {},
        "other_names": _other_names(identity),
    }


def _postcode(written: str) -> str:
    """``written`` as a postcode; a part of one stays in capitals without spaces."""
    whole = normalise_postcode(written)
    return whole if valid_postcode(whole) else postcode_key(written)


def _other_names(identity: Identity) -> list[dict[str, str]]:
    names = []
    if identity.known_as and identity.known_as != identity.forename:
        names.append(
            {"forename": identity.known_as, "midname": "", "surname": identity.surname, "kind": "known-as"}
        )
    if identity.former_surname and identity.former_surname != identity.surname:
        names.append(
            {
                "forename": identity.forename,
                "midname": "",
                "surname": identity.former_surname,
                "kind": "former",
            }
        )
    return names


def _save(child: Child, *, shown_as: User | None, now: datetime) -> None:
    _check(child, now=now)
    child.updated_at, child.updated_by = now, shown_as
    set_keys(child)
    child.save()
    _follow_keys(child)


def _check(child: Child, *, now: datetime) -> None:
    if not (child.forename or child.surname):
        raise NameMissing(texts.say("children.Error_NameMissing"), field="surname")
    for name in ("forename", "midname", "surname", "gender", "postcode", *IDENTIFIERS):
        most = _most(name)
        if len(getattr(child, name)) > most:
            raise TooLong(texts.say("children.Error_TooLong", most=most), field=name)
    if child.born_on and child.born_on > now.date():
        raise BornTooLate(texts.say("children.Error_BornTooLate"), field="born_on")


def _most(name: str) -> int:
    """How many characters the column holds."""
    return next(field.max_length or 0 for field in Child._meta.concrete_fields if field.name == name)


def _follow_keys(child: Child) -> None:
    """Bring the rows of AlsoKey in line with the record; one that was taken away is found by none."""
    wanted = set() if child.removed_at else also_keys(child)
    held = {(row.kind, row.value): row.pk for row in child.also_keys.all()}
    if gone := [pk for at, pk in held.items() if at not in wanted]:
        AlsoKey.objects.filter(pk__in=gone).delete()
    AlsoKey.objects.bulk_create(
        [AlsoKey(child=child, kind=kind, value=value) for kind, value in wanted - held.keys()]
    )
