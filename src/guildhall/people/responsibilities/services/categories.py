"""The list of responsibilities, which the authority keeps as the schools agreed it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.ordering import end_of, swapped
from guildhall.foundation.kit.refusals import Refusal, Refusals
from guildhall.foundation.kit.typed import one_line, paragraphs
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User

from ..models import Responsibility
from ..systems import SYSTEMS

LONGEST_NAME = 60
LONGEST_WORDS = 500


class CategoryTaken(Refusal):
    """The list has a responsibility of this name already."""


@dataclass(frozen=True)
class Described:
    """What a responsibility is called, what its post is about, and which systems it opens."""

    en: str
    cy: str
    words_en: str = ""
    words_cy: str = ""
    systems: tuple[str, ...] = ()


@transaction.atomic
def add_category(told: Described, *, by: User | None, now: datetime) -> Responsibility:
    """Put a responsibility at the end of the list. Raises Refusals for a missing name, CategoryTaken."""
    added = Responsibility(position=end_of(Responsibility.objects.all()))
    _describe(added, told)
    added.save()
    audit.record("responsibilities.category_added", by=by, about=added, now=now)
    return added


@transaction.atomic
def change_category(
    responsibility: Responsibility, *, told: Described, by: User, now: datetime
) -> Responsibility:
    """Describe it otherwise, for everybody who has it; the systems count at once.

    Raises Refusals, CategoryTaken.
    """
    responsibility = hold(responsibility)
    _describe(responsibility, told)
    responsibility.save(update_fields=["name", "words", "systems"])
    detail = {"systems": responsibility.systems}
    audit.record("responsibilities.category_changed", by=by, about=responsibility, now=now, detail=detail)
    return responsibility


@transaction.atomic
def retire_category(responsibility: Responsibility, *, by: User, now: datetime) -> None:
    """Give it to nobody more; whoever has it has nothing of it until it is brought back."""
    if Responsibility.objects.filter(pk=responsibility.pk, retired_at=None).update(retired_at=now):
        audit.record("responsibilities.category_retired", by=by, about=responsibility, now=now)


@transaction.atomic
def bring_back_category(responsibility: Responsibility, *, by: User, now: datetime) -> None:
    """Let it count again, for everybody who had it."""
    if Responsibility.objects.filter(pk=responsibility.pk, retired_at__isnull=False).update(retired_at=None):
        audit.record("responsibilities.category_back", by=by, about=responsibility, now=now)


@transaction.atomic
def move_category(responsibility: Responsibility, *, up: bool, by: User, now: datetime) -> None:
    """Let it change places with its neighbour; the first and the last stay where they are."""
    if moved := swapped(Responsibility.objects.all(), responsibility, up=up):
        Responsibility.objects.bulk_update(moved, ["position"])
        audit.record("responsibilities.category_moved", by=by, about=responsibility, now=now)


def _describe(responsibility: Responsibility, told: Described) -> None:
    responsibility.name = {"en": one_line(told.en), "cy": one_line(told.cy)}
    responsibility.words = {"en": paragraphs(told.words_en), "cy": paragraphs(told.words_cy)}
    responsibility.systems = [key for key in SYSTEMS if key in told.systems]
    problems = _problems(responsibility)
    if problems:
        raise Refusals(problems)
    taken = Responsibility.objects.exclude(pk=responsibility.pk).values_list("name", flat=True)
    if responsibility.name["en"].lower() in {name["en"].lower() for name in taken}:
        raise CategoryTaken(texts.say("schools.Error_Category_Taken"), field="en")


def _problems(responsibility: Responsibility) -> dict[str, str]:
    names = {
        language: texts.say(f"schools.Error_Category_{language.title()}")
        for language, name in responsibility.name.items()
        if not 0 < len(name) <= LONGEST_NAME
    }
    words = {
        f"words_{language}": texts.say("schools.Error_Category_Words", most=LONGEST_WORDS)
        for language, said in responsibility.words.items()
        if len(said) > LONGEST_WORDS
    }
    return names | words
