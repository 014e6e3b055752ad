"""Sub-folders, one level deep."""

from datetime import datetime

from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.identifiers import fold_name
from guildhall.foundation.kit.locks import hold, hold_name
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.models import User
from guildhall.people.membership.models import SchoolPlace

from ..models import Section
from .permitting import must_add

MOST = 50
LONGEST = 60


class NameTaken(Refusal):
    """The folder has a sub-folder of this name, or the name is none."""


class TooManySections(Refusal):
    """The folder has as many sub-folders as it takes."""


class NotEmpty(Refusal):
    """Documents are in the sub-folder."""


@transaction.atomic
def add_section(place: SchoolPlace, name: str, *, by: User, now: datetime) -> Section:
    """Add a sub-folder. Raises NameTaken, TooManySections, NoAccess."""
    must_add(place)
    hold_name(f"schoolfolder:{place.school_id}")
    rows = Section.objects.filter(school_id=place.school_id)
    if rows.count() >= MOST:
        raise TooManySections(say("schools.Folder_Error_TooManySections", most=MOST), field="name")
    added = Section(school_id=place.school_id, added_at=now)
    _call(added, name)
    added.save()
    audit.record("schoolfolder.section_added", by=by, about=added, now=now)
    return added


@transaction.atomic
def rename_section(section: Section, name: str, *, place: SchoolPlace, by: User, now: datetime) -> Section:
    """Call a sub-folder otherwise. Raises NameTaken, NoAccess."""
    must_add(place)
    hold_name(f"schoolfolder:{place.school_id}")
    section = hold(section)
    _call(section, name)
    section.save(update_fields=["name", "folded"])
    audit.record("schoolfolder.section_renamed", by=by, about=section, now=now)
    return section


@transaction.atomic
def remove_section(section: Section, *, place: SchoolPlace, by: User, now: datetime) -> None:
    """Remove an empty sub-folder; what was removed from it before comes back to the folder itself.

    Raises NotEmpty, NoAccess.
    """
    must_add(place)
    section = hold(section)
    if section.documents.filter(removed_at=None).exists():
        raise NotEmpty(say("schools.Folder_Error_NotEmpty", name=section.name))
    section.documents.update(section=None)
    audit.record("schoolfolder.section_removed", by=by, about=section, now=now)
    section.delete()


def _call(section: Section, name: str) -> None:
    folded = fold_name(name)
    if not folded:
        raise NameTaken(say("schools.Folder_Error_Name_Required"), field="name")
    same = Section.objects.filter(school_id=section.school_id, folded=folded[:120]).exclude(pk=section.pk)
    if same.exists():
        raise NameTaken(say("schools.Folder_Error_NameTaken", name=name), field="name")
    section.name, section.folded = name[:LONGEST], folded[:120]
