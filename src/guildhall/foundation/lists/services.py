"""What is done with an entry of any list: added, changed, retired, brought back, moved."""

from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import QuerySet

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.meanwhile import refuse_stale
from guildhall.foundation.kit.ordering import end_of, swapped
from guildhall.foundation.kit.refusals import Refusal, Refusals
from guildhall.foundation.kit.typed import one_line
from guildhall.foundation.texts.queries import say

from .models import Entry

LONGEST_NAME = 60
Listed = TypeVar("Listed", bound=Entry)


class Taken(Refusal):
    """The list has an entry of this name already."""


def name_problems(name: dict[str, str]) -> dict[str, str]:
    """What is wrong with a name, by language."""
    return {
        language: say(f"shared.Error_Name_{language}", most=LONGEST_NAME)
        for language, words in name.items()
        if not 0 < len(one_line(words)) <= LONGEST_NAME
    }


def named(name: dict[str, str]) -> dict[str, str]:
    """``name`` as it is kept. Raises Refusals with the fields ``en`` and ``cy``."""
    if problems := name_problems(name):
        raise Refusals(problems)
    return {language: one_line(words) for language, words in name.items()}


@transaction.atomic
def add_entry(entry: Listed, *, by: Any, now: datetime) -> Listed:
    """Put ``entry`` at the end of its list. Raises Refusals for its name, Taken."""
    _check(entry)
    entry.position = end_of(_list_of(entry))
    entry.save()
    _record("added", entry, by=by, now=now)
    return entry


@transaction.atomic
def change_entry(
    entry: Listed, said: dict[str, Any], *, seen: str | None = None, by: Any, now: datetime, **detail: Any
) -> Listed:
    """Let it be as ``said`` by field, wherever it is used. ``seen``: the stamp that the page showed, if any.

    Raises Refusals for its name, Taken, ChangedMeanwhile.
    """
    entry = hold(entry)
    refuse_stale(seen, entry.stamp, say("shared.Error_Meanwhile"))
    for field, value in said.items():
        setattr(entry, field, value)
    _check(entry)
    entry.save(update_fields=list(said))
    _record("changed", entry, by=by, now=now, detail=detail)
    return entry


@transaction.atomic
def retire_entry(entry: Entry, *, by: Any, now: datetime) -> None:
    """Offer it no more; doing it again changes nothing."""
    if _list_of(entry).filter(pk=entry.pk, retired_at=None).update(retired_at=now):
        _record("retired", entry, by=by, now=now)


@transaction.atomic
def bring_back_entry(entry: Entry, *, by: Any, now: datetime) -> None:
    """Offer it again; doing it again changes nothing."""
    if _list_of(entry).filter(pk=entry.pk, retired_at__isnull=False).update(retired_at=None):
        _record("back", entry, by=by, now=now)


@transaction.atomic
def move_entry(entry: Entry, *, up: bool, by: Any, now: datetime) -> None:
    """Let it change places with its neighbour; the first and the last stay where they are."""
    if moved := swapped(_list_of(entry), entry, up=up):
        _list_of(entry).bulk_update(moved, ["position"])
        _record("moved", entry, by=by, now=now)


def _list_of(entry: Listed) -> QuerySet[Listed]:
    return type(entry)._default_manager.all()


def _check(entry: Entry) -> None:
    entry.name = named(entry.name)
    names = _list_of(entry).exclude(pk=entry.pk).values_list("name", flat=True)
    if entry.name["en"].lower() in {name["en"].lower() for name in names}:
        raise Taken(say("shared.Error_Name_Taken"), field="en")


def _record(what: str, entry: Entry, **how: Any) -> None:
    audit.record(f"{entry.event}_{what}", about=entry, **how)
