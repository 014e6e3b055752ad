"""How well two identities agree, field by field, as one word a field. Pure; knows no weights.

``theirs`` is the child as somebody wrote them, ``ours`` the record. Every function gives ``missing``
when one side does not say.
"""

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache, partial

from rapidfuzz.distance import OSA, JaroWinkler, Levenshtein

from guildhall.records.children.identity import IDENTIFIERS

from .names import WEAK
from .seen import Line, Seen, line_of

SIMILAR, NEAR = 0.90, 0.82
# In a shorter half of a surname one letter is so much that its change is rarely a slip: Rees, Reed.
LEAST_HALF = 5
_UK_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}")


def names_are_swapped(theirs: Seen, ours: Seen) -> bool:
    """Forename and surname the other way round, or the same words shared out differently over the fields."""
    if theirs.forename == ours.forename or theirs.surname == ours.surname:
        return False
    if len(theirs.every_word) > 1 and theirs.every_word == ours.every_word:
        return True
    return (
        all((theirs.forename, theirs.surname, ours.forename, ours.surname))
        and _is_turned(theirs, ours)
        and _is_turned(ours, theirs)
    )


def misplaced_name(theirs: Seen, ours: Seen) -> str:
    """forename or surname, where it is all that one side says, and that in the wrong field; else empty."""
    if all((theirs.forename, theirs.surname, ours.forename, ours.surname)):
        return ""
    if _is_misplaced_surname(theirs, ours) or _is_misplaced_surname(ours, theirs):
        return "surname"
    if _is_misplaced_forename(theirs, ours) or _is_misplaced_forename(ours, theirs):
        return "forename"
    return ""


def forename_level(theirs: Seen, ours: Seen) -> str:
    """exact, known (by another name of either side), swapped, nickname, part (of a double name, which begins
    alike), midname (called by the middle name, or by the second of a double one), similar, initial, near,
    different."""
    one, other = theirs.forename, ours.forename
    if one and one == other:
        return "exact"
    if turned := _turned_or_missing("forename", theirs, ours):
        return turned
    if not theirs.forenames.isdisjoint(ours.forenames):
        return "known"
    if names_are_swapped(theirs, ours) or (one == ours.midname and other == theirs.midname):
        return "swapped"
    if other in theirs.forms or one in ours.forms or ours.forename_words[0] in theirs.forms:
        return "nickname"
    if _one_is_part(set(theirs.forename_words), set(ours.forename_words)):
        # Of Deqa Hassan and Hassan, as of Guto Ieuan and Ieuan, the second may be the name of a brother.
        return "part" if theirs.first_telling == ours.first_telling else "midname"
    if one in ours.midnames or other in theirs.midnames:
        return "midname"
    if 1 in {len(one), len(other)} and one[0] == other[0]:
        return "initial"
    return letters_level(*_telling(theirs, ours))


def surname_level(theirs: Seen, ours: Seen) -> str:
    """exact, known (former or other surname), swapped, part (of a double one), similar, near, different."""
    one, other = theirs.surname, ours.surname
    if one and one == other:
        return "exact"
    if turned := _turned_or_missing("surname", theirs, ours):
        return turned
    if not theirs.surnames.isdisjoint(ours.surnames):
        return "known"
    if names_are_swapped(theirs, ours):
        return "swapped"
    shared = theirs.parts & ours.parts
    if shared - WEAK or _share_a_part(theirs, ours):
        return "part"
    if theirs.ending == ours.ending or (theirs.bare_surname and theirs.bare_surname == ours.bare_surname):
        return "similar"
    if shared or theirs.instead != ours.instead or one == ours.midname or other == theirs.midname:
        return "near"
    return _letters_of_surnames(theirs, ours)


def midname_level(theirs: Seen, ours: Seen) -> str:
    one, other = theirs.midname, ours.midname
    if not one or not other:
        return "missing"
    if one == other:
        return "exact"
    if 1 in {len(one), len(other)} and one[0] == other[0]:
        return "initial"
    return "similar" if _alike(one, other) else "different"


def born_on_level(theirs: Seen, ours: Seen) -> str:
    """exact, swapped (day and month), one_digit, two_parts (of three), near (half a year), different."""
    if theirs.born_on is None or ours.born_on is None:
        return "missing"
    return days_level(theirs.born_on, ours.born_on, theirs.digits, ours.digits)


def days_level(one: date, other: date, digits: str, other_digits: str) -> str:
    """The level of two dates of birth, each with its digits as YYYYMMDD."""
    if one == other:
        return "exact"
    same_year, same_month, same_day = one.year == other.year, one.month == other.month, one.day == other.day
    if same_year and one.month == other.day and one.day == other.month:
        return "swapped"
    if OSA.distance(digits, other_digits, score_cutoff=1) == 1:
        return "one_digit"
    if same_year + same_month + same_day == 2:
        return "two_parts"
    return "near" if abs((one - other).days) <= 183 else "different"


def gender_level(theirs: Seen, ours: Seen) -> str:
    if not theirs.gender or not ours.gender:
        return "missing"
    return "exact" if theirs.gender == ours.gender else "different"


def postcode_level(theirs: Seen, ours: Seen) -> str:
    """exact, old (an earlier address), near (one letter), sector (GU1 4), district (GU1), different.

    A postcode of another country agrees, nearly agrees or differs.
    """
    one, other = theirs.postcode, ours.postcode
    if not one or not other:
        return "missing"
    if one == other:
        return "exact"
    if not theirs.postcodes.isdisjoint(ours.postcodes):
        return "old"
    return postcodes_level(one, other)


def postcodes_level(one: str, other: str) -> str:
    """The level of two folded postcodes that are not the same: near, sector, district or different."""
    if len(one) > 3 and OSA.distance(one, other, score_cutoff=1) == 1:
        return "near"
    if not _whole(one) or not _whole(other):
        return _partial_postcode(one, other)
    if one[:-2] == other[:-2]:
        return "sector"
    return "district" if one[:-3] == other[:-3] else "different"


def address_level(theirs: Seen, ours: Seen) -> str:
    """How the lines agree: exact, old (an earlier address), near, different."""
    if theirs.line is None or ours.line is None:
        return "missing"
    level = _line_level(theirs.line, ours.line)
    if level != "exact" and any(_line_level(theirs.line, old) == "exact" for old in ours.old_lines):
        return "old"
    return level


def lines_level(one: tuple[str, ...], other: tuple[str, ...]) -> str:
    """exact: the same house and nearly the same words; near: much the same words; different."""
    first, second = line_of(one), line_of(other)
    return _line_level(first, second) if first and second else "missing"


def identifier_level(field: str, theirs: Seen, ours: Seen) -> str:
    """How one of IDENTIFIERS agrees: exact or different."""
    one, other = getattr(theirs, field), getattr(ours, field)
    if not one or not other:
        return "missing"
    return "exact" if one == other else "different"


LEVELS: dict[str, Callable[[Seen, Seen], str]] = {
    "forename": forename_level,
    "midname": midname_level,
    "surname": surname_level,
    "born_on": born_on_level,
    "gender": gender_level,
    "postcode": postcode_level,
    "address": address_level,
    **{field: partial(identifier_level, field) for field in IDENTIFIERS},
}


def _line_level(one: Line, other: Line) -> str:
    if one == other:
        return "exact"
    alike = _lines_alike(one, other)
    if alike >= 88 and one.numbers == other.numbers:
        return "exact"
    return "near" if alike >= 75 else "different"


def _lines_alike(one: Line, other: Line) -> float:
    """Of 100, how alike two addresses are by the words that only one of them has, in the order of letters.

    A token set ratio; it counts a wrong letter as DuckDB and Spark do, which compare whole files.
    """
    ours, theirs = set(one.text.split()), set(other.text.split())
    shared = len(" ".join(ours & theirs))
    first, second = " ".join(sorted(ours - theirs)), " ".join(sorted(theirs - ours))
    if shared and not (first and second):
        return 100
    apart = 2 * Levenshtein.distance(first, second) - abs(len(first) - len(second))
    whole = 2 * (shared + bool(shared)) + len(first) + len(second)
    alike = [1 - apart / max(whole, 1)]
    if shared:
        alike += [1 - (1 + len(rest)) / (2 * shared + 1 + len(rest)) for rest in (first, second)]
    return 100 * max(alike)


def _alike(one: str, other: str) -> bool:
    return JaroWinkler.similarity(one, other, score_cutoff=SIMILAR) > 0


def letters_level(one: str, other: str) -> str:
    """The level of two folded names by their letters alone: similar, near or different."""
    alike = JaroWinkler.similarity(one, other, score_cutoff=NEAR)
    return "similar" if alike >= SIMILAR else "near" if alike >= NEAR else "different"


def _one_is_part(one: set[str], other: set[str]) -> bool:
    """Is one double name the other with words left out, something telling being left?"""
    return (one <= other or other <= one) and any(len(word) > 1 for word in (one & other) - WEAK)


def _telling(theirs: Seen, ours: Seen) -> tuple[str, str]:
    """Both forenames without the weak words they share: of two Mohammeds only the rest tells them apart."""
    shared = set(theirs.forename_words) & set(ours.forename_words) & WEAK
    if not shared:
        return theirs.forename, ours.forename
    rest = ["".join(word for word in each.forename_words if word not in shared) for each in (theirs, ours)]
    return (rest[0], rest[1]) if all(rest) else (theirs.forename, ours.forename)


def _is_turned(one: Seen, other: Seen) -> bool:
    """Is the forename of the one the surname of the other, in whatever form or its initial, word for word
    where it has more than one (Mohammed Bilal, Mohd Bilal)?"""
    return (
        _alike(one.forename, other.surname)
        or one.forename == other.surname[:1]
        or other.surname in one.forms
        or (bool(other.several) and other.several <= one.several_forms)
    )


def _turned_or_missing(field: str, theirs: Seen, ours: Seen) -> str:
    """swapped or missing where one side lacks a name; empty where both have both."""
    if names_are_swapped(theirs, ours):
        return ""
    if misplaced := misplaced_name(theirs, ours):
        return "swapped" if misplaced == field else "missing"
    return "" if getattr(theirs, field) and getattr(ours, field) else "missing"


def _is_misplaced_surname(one: Seen, other: Seen) -> bool:
    return bool(one.forename) and not one.surname and one.forename == other.surname != other.forename


def _is_misplaced_forename(one: Seen, other: Seen) -> bool:
    alone = bool(one.surname) and not one.forename and one.surname != other.surname
    return alone and (one.surname == other.forename or one.surname in other.forms)


def _share_a_part(theirs: Seen, ours: Seen) -> bool:
    """Is a part of a double surname the other in another form (Dabrowska-Nowak, Dabrowski)?"""
    double = max(len(theirs.parts), len(ours.parts)) > 1
    return double and not theirs.part_forms.isdisjoint(ours.part_forms)


def _letters_of_surnames(theirs: Seen, ours: Seen) -> str:
    """By their letters, with what goes before them (al, el, van) or without."""
    level = letters_level(theirs.surname, ours.surname)
    if level == "different" and theirs.bare_surname and ours.bare_surname:
        level = "near" if letters_level(theirs.bare_surname, ours.bare_surname) != "different" else level
    if level == "different" and max(len(theirs.parts), len(ours.parts)) > 1:
        return "near" if _a_half_slipped(theirs, ours) else level
    return level


def _a_half_slipped(theirs: Seen, ours: Seen) -> bool:
    """Is a half of a double surname the other, or a half of it, with one slip behind its first letter?"""
    return any(_is_slip(one, other) for one in theirs.halves for other in ours.halves)


def _is_slip(one: str, other: str) -> bool:
    longest = max(len(one), len(other))
    return longest >= LEAST_HALF and one[:1] == other[:1] and OSA.distance(one, other, score_cutoff=1) == 1


@lru_cache(maxsize=50_000)
def _whole(code: str) -> bool:
    return bool(_UK_POSTCODE.fullmatch(code))


def _partial_postcode(one: str, other: str) -> str:
    shorter, longer = sorted((one, other), key=len)
    if not longer.startswith(shorter):
        return "different"
    return "sector" if len(longer) - len(shorter) <= 2 else "district"
