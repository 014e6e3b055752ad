"""Reading a citizen's family. Everybody sees only the children they added themselves."""

import uuid

from guildhall.people.accounts.models import User

from .models import FamilyChild


def children_of(user: User) -> list[FamilyChild]:
    """The children in ``user``'s family, eldest first."""
    return list(FamilyChild.objects.filter(added_by=user, removed_at=None).order_by("born_on", "forename"))


def child_of(user: User, child_id: uuid.UUID | str) -> FamilyChild:
    """The child ``child_id`` of ``user``'s family. Raises FamilyChild.DoesNotExist."""
    return FamilyChild.objects.get(pk=child_id, added_by=user, removed_at=None)


def removed_child_of(user: User, child_id: uuid.UUID | str) -> FamilyChild | None:
    """A child that ``user`` took out of the family."""
    rows = FamilyChild.objects.filter(pk=child_id, added_by=user, removed_at__isnull=False)
    return rows.first()
