"""What a child of the family is called: in full, as the authority's record has it, when a form about the
child is tied to one; names typed here may be too short for it (SP-066).
"""

from dataclasses import dataclass
from uuid import UUID

from guildhall.people.accounts.models import User
from guildhall.people.families.models import FamilyChild
from guildhall.people.families.services import LONGEST
from guildhall.records.linkage import queries as linkage


@dataclass(frozen=True)
class Shown:
    """A child of the family and the name to show."""

    child: FamilyChild
    name: str

    @property
    def id(self) -> UUID:
        return self.child.pk


def shown_names(user: User, children: list[FamilyChild]) -> list[Shown]:
    """``children`` of ``user`` with the names to show."""
    records = linkage.records_of_family(user.pk)
    return [Shown(child, _name(child, records.get(child.pk))) for child in children]


def shown_name(user: User, child: FamilyChild) -> str:
    """What one child of ``user`` is called."""
    return shown_names(user, [child])[0].name


def _name(child: FamilyChild, record: object) -> str:
    names = [_longer(child, record, name) for name in LONGEST]
    return " ".join(name for name in names if name)


def _longer(child: FamilyChild, record: object, name: str) -> str:
    """The record's name where what was typed is only its beginning."""
    typed: str = getattr(child, name)
    kept: str = getattr(record, name, "") or ""
    return kept if len(kept) > LONGEST[name] and kept.startswith(typed) else typed
