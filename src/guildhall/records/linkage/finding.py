"""Finding those who wait, or were decided about, by what an officer knows of the child."""

import re
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from guildhall.records.children.folding import key, words

from .files.days import day_in
from .identity import Identity

MOST_TYPED, MOST_WORDS, MOST_KEPT = 200, 6, 600
_DATES = (
    re.compile(r"\b\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b"),
    re.compile(r"\b\d{1,2}[^\W\d_]{0,4} [^\W\d_]{3,} \d{4}\b"),
)
_RECORD = re.compile(r"ch(\d{6,12})", re.IGNORECASE)
_REFERENCE = re.compile(r"(?=.*\d)[a-z0-9][a-z0-9/-]{2,39}", re.IGNORECASE)


@dataclass(frozen=True)
class Sought:
    """What somebody typed, taken apart: folded ``names``, dates of birth, and words that only a reference
    looks like. ``odd``: something that is none of these, so that nothing is found."""

    names: tuple[str, ...] = ()
    days: tuple[date, ...] = ()
    references: tuple[str, ...] = ()
    odd: bool = False

    def alike(self) -> Q:
        """The mentions that were written with these names and this date of birth."""
        found = Q(pk__in=[]) if self.odd else Q()
        for name in self.names:
            found &= Q(name_words__contains=f" {name}")
        for day in self.days:
            found &= Q(born_on=day)
        return found


def sought(typed: str) -> Sought:
    """``typed`` taken apart. Its words may be in any order, in any case, without marks, and only begun."""
    days: list[date] = []
    rest, odd = typed[:MOST_TYPED], False
    for pattern in _DATES:
        for found in pattern.findall(rest):
            day = day_in(found)
            days, odd = [*days, *([day] if day else [])], odd or day is None
            rest = rest.replace(found, " ")
    references = tuple(word.upper() for word in rest.split() if _REFERENCE.fullmatch(word))
    names = words(" ".join(word for word in rest.split() if word.upper() not in references))
    said = bool(names or days or references)
    return Sought(names[:MOST_WORDS], tuple(days), references, odd or bool(typed.strip() and not said))


def record_in(reference: str) -> int | None:
    """The number of the record that ``reference`` names (CH and figures); None where it names none."""
    found = _RECORD.fullmatch(reference)
    return int(found[1]) if found else None


def name_words(identity: Identity) -> str:
    """Every name the child was written with, as folded words with a space before each, to be searched."""
    other = (part for name in identity.other_names for part in (name.forename, name.surname))
    own = (identity.forename, identity.midname, identity.surname, identity.known_as, identity.former_surname)
    folded = dict.fromkeys(word for name in (*own, *other) for word in _spellings(name))
    return "".join(f" {word}" for word in folded)[:MOST_KEPT]


def _spellings(name: str) -> tuple[str, ...]:
    """The words of ``name``; of several also all as one, as some write a double name."""
    several = words(name)
    return (*several, key(name)) if len(several) > 1 else several
