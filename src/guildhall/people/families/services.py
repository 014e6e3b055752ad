"""Adding, changing and removing the children of a citizen's family."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.refusals import Refusal, Refusals
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User

from .models import FamilyChild

# How long a child's names may be here (SP-065); the authority's own record holds longer ones.
LONGEST = {"forename": 15, "midname": 25, "surname": 30}
DETAILS = frozenset(
    {"forename", "midname", "surname", "born_on", "gender", "address"}
    | {"relationship", "parental_responsibility"}
)


class NameTooLong(Refusals):
    """A name is longer than the field allows; the message says whom to ask."""


class NotYours(Refusal):
    """The child is not in the family of the person who asks."""


@transaction.atomic
def add_child(user: User, *, details: Mapping[str, Any], now: datetime) -> FamilyChild:
    """Add a child with ``details`` (names of DETAILS) to ``user``'s family. Raises NameTooLong."""
    _check_names(details)
    child = FamilyChild.objects.create(added_by=user, added_at=now, **details)
    audit.record("family.child_added", by=user, about=child, now=now)
    return child


@transaction.atomic
def change_child(child: FamilyChild, *, details: Mapping[str, Any], by: User, now: datetime) -> FamilyChild:
    """Change some ``details`` of ``child``. Raises NameTooLong, NotYours."""
    _check_owner(child, by)
    _check_names({name: value for name, value in details.items() if getattr(child, name) != value})
    changed = [name for name, value in details.items() if getattr(child, name) != value]
    for name in changed:
        setattr(child, name, details[name])
    if changed:
        child.save(update_fields=changed)
        audit.record("family.child_changed", by=by, about=child, now=now, detail={"fields": sorted(changed)})
    return child


@transaction.atomic
def remove_child(child: FamilyChild, *, by: User, now: datetime) -> None:
    """Take ``child`` out of the family. Forms about the child stay. Raises NotYours."""
    _check_owner(child, by)
    FamilyChild.objects.filter(pk=child.pk, removed_at=None).update(removed_at=now)
    audit.record("family.child_removed", by=by, about=child, now=now)


@transaction.atomic
def bring_back_child(child: FamilyChild, *, by: User, now: datetime) -> None:
    """Undo ``remove_child``. Raises NotYours."""
    _check_owner(child, by)
    FamilyChild.objects.filter(pk=child.pk).update(removed_at=None)
    audit.record("family.child_brought_back", by=by, about=child, now=now)


def _check_owner(child: FamilyChild, by: User) -> None:
    if child.added_by_id != by.pk:
        raise NotYours(texts.say("account.Error_NotYourChild"))


def _check_names(details: Mapping[str, Any]) -> None:
    long = [name for name, most in LONGEST.items() if len(details.get(name) or "") > most]
    if long:
        raise NameTooLong(
            {name: texts.say("account.Error_ChildName_TooLong", most=LONGEST[name]) for name in long}
        )
