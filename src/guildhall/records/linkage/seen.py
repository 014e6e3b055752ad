"""What comparison needs of an identity, worked out once, so that each comparison costs little."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from guildhall.records.children.folding import fold, key, postcode_key, words
from guildhall.records.children.identity import Identity

from .names import (
    INSTEAD_OF_SURNAME,
    PARTICLES,
    WEAK,
    forename_said,
    forms_of,
    surname_said,
    usual_surname,
)

_NO_WORD = re.compile(r"[^a-z0-9 ]")
_NO_SIGN = re.compile(r"[^A-Z0-9]")
_NUMBER = re.compile(r"\d+")
_GENDERED = re.compile(r"(sk|ck|dzk|n)[iay]$")


@dataclass(frozen=True, slots=True)
class Line:
    """An address in one folded line, with its numbers in their order."""

    text: str
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """``who`` with its names, dates and places folded. Empty strings, sets and None: not said.

    What only stands for a name (“Baby”, “Unknown”) is not said. ``forenames`` and ``surnames`` are all that
    the child is or was called; ``forms`` other forms of the forename; ``midnames`` what the child may be
    called by the middle names; ``parts`` the words of the surname that tell something, and ``part_forms``
    these in their usual form, but for weak ones. ``halves``: first and last word of a double surname, or the
    surname. Names of more words than one that may have been turned: ``several`` are the words of the surname,
    ``several_forms`` every form of the words of the forename; of names of one word both are empty.
    """

    who: Identity
    forename: str
    midname: str
    surname: str
    forename_words: tuple[str, ...]
    every_word: tuple[str, ...]
    forenames: frozenset[str]
    surnames: frozenset[str]
    forms: frozenset[str]
    midnames: frozenset[str]
    parts: frozenset[str]
    part_forms: frozenset[str]
    halves: tuple[str, ...]
    several: frozenset[str]
    several_forms: frozenset[str]
    bare_surname: str
    ending: str
    born_on: date | None
    digits: str
    gender: str
    postcode: str
    postcodes: frozenset[str]
    line: Line | None
    old_lines: tuple[Line, ...]
    upn: str
    nhs_number: str
    uln: str

    @property
    def is_unnamed(self) -> bool:
        """Was something written that only stands for a forename, and no forename beside it?"""
        return bool(self.who.forename) and not self.forename

    @property
    def first_telling(self) -> str:
        """The first word of the forename that tells something; an initial tells too little."""
        words = (word for word in self.forename_words if len(word) > 1 and word not in WEAK)
        return next(words, "")

    @property
    def instead(self) -> bool:
        """Is the surname one that is borne instead of the family's (Kaur, Singh)?"""
        return bool(self.parts) and self.parts <= INSTEAD_OF_SURNAME

    @property
    def days(self) -> tuple[str, ...]:
        """The date of birth, and the one with day and month turned where that is another date."""
        born_on = self.born_on
        if born_on is None:
            return ()
        if born_on.day > 12 or born_on.day == born_on.month:
            return (born_on.isoformat(),)
        return born_on.isoformat(), born_on.replace(month=born_on.day, day=born_on.month).isoformat()


def see(who: Identity) -> Seen:
    """``who``, ready to be compared."""
    called = _said(forename_said, who.forename, who.known_as, *(name.forename for name in who.other_names))
    family = _said(surname_said, who.surname, who.former_surname, *(name.surname for name in who.other_names))
    forename_words, surname_words = words(called[0]), words(family[0])
    forename, surname = key(called[0]), key(family[0])
    parts = frozenset(surname_words) - PARTICLES
    return Seen(
        who=who,
        forename=forename,
        midname=key(who.midname),
        surname=surname,
        forename_words=forename_words,
        every_word=tuple(sorted((*forename_words, *words(who.midname), *surname_words))),
        forenames=_keys(*called),
        surnames=_keys(*family),
        forms=forms_of(forename).union(*map(forms_of, _first_words(forename_words)), _joined(forename_words)),
        midnames=_midnames(who.midname) if who.midname else frozenset(),
        parts=parts,
        part_forms=frozenset([form_of_surname(part) for part in parts - WEAK]),
        halves=_halves(surname_words, surname),
        several=frozenset(surname_words) if len(surname_words) > 1 else frozenset(),
        several_forms=_several_forms(forename_words) if len(forename_words) > 1 else frozenset(),
        bare_surname=form_of_surname("".join([word for word in surname_words if word not in PARTICLES])),
        ending=form_of_surname(surname),
        born_on=who.born_on,
        digits=who.born_on.isoformat().replace("-", "") if who.born_on else "",
        gender=who.gender if who.gender in {"female", "male"} else "",
        postcode=postcode_key(who.postcode),
        postcodes=frozenset(
            postcode_key(code) for code in (who.postcode, *(old.postcode for old in who.other_addresses))
        )
        - {""},
        line=line_of(who.address_lines),
        old_lines=tuple(line for old in who.other_addresses if (line := line_of(old.lines))),
        upn=plain(who.upn),
        nhs_number=plain(who.nhs_number),
        uln=plain(who.uln),
    )


def line_of(lines: tuple[str, ...]) -> Line | None:
    """``lines`` folded to one; None when they say nothing."""
    written = _NO_WORD.sub(" ", " ".join([_folded(word) for line in lines for word in line.split()]))
    return Line(written, tuple(_NUMBER.findall(written))) if written.strip() else None


def plain(written: str) -> str:
    """Letters and digits only, in upper case."""
    return _NO_SIGN.sub("", written.upper()) if written else ""


@lru_cache(maxsize=20_000)
def _folded(word: str) -> str:
    """A word of an address; in one with digits, marks are left alone."""
    return word.lower() if any(sign.isdigit() for sign in word) else fold(word)


def _said(said: Callable[[str], str], *names: str) -> tuple[str, ...]:
    """All of ``names`` that are names, first the one the child goes by; one empty where there is none."""
    return tuple([name for name in names if name and said(name)]) or ("",)


@lru_cache(maxsize=20_000)
def _midnames(midname: str) -> frozenset[str]:
    """The middle names together and one by one, and other forms of each, without weak ones and initials."""
    telling = {each for each in (key(midname), *words(midname)) if len(each) > 1} - WEAK
    return frozenset(telling.union(*(forms_of(each) for each in telling)))


def _halves(surname_words: tuple[str, ...], surname: str) -> tuple[str, ...]:
    if len(surname_words) == 1:
        return (surname,)
    telling = [word for word in surname_words if word not in PARTICLES and word not in WEAK]
    return (telling[0], telling[-1]) if len(telling) > 1 else (surname,)


def _first_words(forename_words: tuple[str, ...]) -> tuple[str, ...]:
    """The first, and after weak ones the first that tells something: Zaynab is Syeda Zainab's other form."""
    telling = next((word for word in forename_words if word not in WEAK), "")
    return (*forename_words[:1], telling)


@lru_cache(maxsize=20_000)
def _joined(forename_words: tuple[str, ...]) -> frozenset[str]:
    """A double forename as one word, in every form of both halves: Lilymay for Lilly-Mae."""
    if len(forename_words) != 2 or not WEAK.isdisjoint(forename_words):
        return frozenset()
    first, second = (forms_of(word) | {word} for word in forename_words)
    return frozenset(one + other for one in first for other in second)


@lru_cache(maxsize=20_000)
def _several_forms(forename_words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(forename_words).union(*(forms_of(word) for word in forename_words))


def _keys(*names: str) -> frozenset[str]:
    return frozenset(key(name) for name in names) - {""}


@lru_cache(maxsize=20_000)
def form_of_surname(surname: str) -> str:
    """A folded surname in its usual form, and a Polish one without the ending that goes by gender: Kowalski
    and Kowalska are one."""
    return _GENDERED.sub(r"\1", usual_surname(surname))
