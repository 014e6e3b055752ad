"""The list of responsibilities, which the authority keeps as the schools agreed it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from guildhall.foundation.kit.refusals import Refusals
from guildhall.foundation.kit.typed import paragraphs
from guildhall.foundation.lists import services as lists
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User

from ..models import Responsibility
from ..systems import SYSTEMS

LONGEST_WORDS = 500


@dataclass(frozen=True)
class Described:
    """What a responsibility is called, what its post is about, and which systems it opens."""

    en: str
    cy: str
    words_en: str = ""
    words_cy: str = ""
    systems: tuple[str, ...] = ()


def add_category(told: Described, *, by: User | None, now: datetime) -> Responsibility:
    """Put a responsibility at the end of the list. Raises Refusals, lists.Taken."""
    return lists.add_entry(Responsibility(**_said(told)), by=by, now=now)


def change_category(
    responsibility: Responsibility, *, told: Described, seen: str | None = None, by: User, now: datetime
) -> Responsibility:
    """Describe it otherwise, for everybody who has it; the systems count at once.

    ``seen``: the stamp that the page showed, if any. Raises Refusals, lists.Taken, ChangedMeanwhile.
    """
    said = _said(told)
    return lists.change_entry(responsibility, said, seen=seen, by=by, now=now, systems=said["systems"])


def _said(told: Described) -> dict[str, Any]:
    """The fields as ``told``. Raises Refusals."""
    name = {"en": told.en, "cy": told.cy}
    words = {"en": paragraphs(told.words_en), "cy": paragraphs(told.words_cy)}
    problems = lists.name_problems(name) | {
        f"words_{language}": texts.say("schools.Error_Category_Words", most=LONGEST_WORDS)
        for language, said in words.items()
        if len(said) > LONGEST_WORDS
    }
    if problems:
        raise Refusals(problems)
    return {"name": name, "words": words, "systems": [key for key in SYSTEMS if key in told.systems]}
