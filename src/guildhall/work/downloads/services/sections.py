"""The sections of the downloads."""

from datetime import datetime

from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.identifiers import fold_name
from guildhall.foundation.kit.locks import hold, hold_name
from guildhall.foundation.kit.ordering import end_of, swapped
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.models import User

from ..models import Section

Name = dict[str, str]


class SectionTaken(Refusal):
    """Another section is called so."""


class NotEmpty(Refusal):
    """A section with items, also retired ones, stays."""


def _must_be_free(name: Name, *, but: int = 0) -> None:
    hold_name("downloads:sections")
    folded = {language: fold_name(words) for language, words in name.items()}
    for one in Section.objects.exclude(pk=but):
        for language, words in one.name.items():
            if fold_name(words) == folded.get(language):
                raise SectionTaken(say("schools.Downloads_Error_SectionTaken"), field=f"title_{language}")


@transaction.atomic
def add_section(name: Name, *, by: User, now: datetime) -> Section:
    """Add a section after the others. Raises SectionTaken."""
    _must_be_free(name)
    made = Section.objects.create(name=name, position=end_of(Section.objects.all()))
    audit.record("downloads.section_added", by=by, about=made, now=now)
    return made


@transaction.atomic
def rename_section(section: Section, name: Name, *, by: User, now: datetime) -> Section:
    """Call a section otherwise. Raises SectionTaken."""
    _must_be_free(name, but=section.pk)
    section = hold(section)
    section.name = name
    section.save(update_fields=["name"])
    audit.record("downloads.section_renamed", by=by, about=section, now=now)
    return section


@transaction.atomic
def move_section(section: Section, *, up: bool, by: User, now: datetime) -> None:
    """Let a section change places with its neighbour; at the end nothing happens."""
    if moved := swapped(Section.objects.all(), section, up=up):
        Section.objects.bulk_update(moved, ["position"])
        audit.record("downloads.section_moved", by=by, about=section, now=now)


@transaction.atomic
def remove_section(section: Section, *, by: User, now: datetime) -> None:
    """Remove a section that never held an item. Raises NotEmpty."""
    section = hold(section)
    if section.items.exists():
        raise NotEmpty(say("schools.Downloads_Error_NotEmpty"))
    audit.record("downloads.section_removed", by=by, about=section, now=now)
    section.delete()
