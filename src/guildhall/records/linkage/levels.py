"""How well two identities agree, field by field, as one word a field. Pure; knows no weights.

``theirs`` is the child as somebody wrote them, ``ours`` the record. Every function gives ``missing``
when one side does not say.
"""

import re
from datetime import date

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA, JaroWinkler

from guildhall.records.children.folding import fold, key, postcode_key, words
from guildhall.records.children.identity import Identity

from .names import PARTICLES, WEAK, same_by_habit

SIMILAR, NEAR = 0.90, 0.82
_FULL_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}")


def names_are_swapped(theirs: Identity, ours: Identity) -> bool:
    """Forename and surname the other way round, or the same words shared out differently over the fields."""
    if key(theirs.forename) == key(ours.forename) or key(theirs.surname) == key(ours.surname):
        return False
    crossed = (key(theirs.forename), key(theirs.surname)), (key(ours.surname), key(ours.forename))
    if all(crossed[0]) and all(_alike(one, other) for one, other in zip(*crossed, strict=True)):
        return True
    return sorted(words(theirs.name)) == sorted(words(ours.name)) and len(words(ours.name)) > 1


def forename_level(theirs: Identity, ours: Identity) -> str:
    """exact, known (by another name of either side), swapped, nickname, part (of a double name), midname
    (called by the middle name), similar, initial, near, different."""
    one, other = key(theirs.forename), key(ours.forename)
    if not one or not other:
        return "missing"
    if one == other:
        return "exact"
    if _forenames(theirs) & _forenames(ours):
        return "known"
    if names_are_swapped(theirs, ours):
        return "swapped"
    if _by_habit(theirs.forename, ours.forename):
        return "nickname"
    if _one_is_part(set(words(theirs.forename)), set(words(ours.forename))):
        return "part"
    if _one_is_part({one}, {key(ours.midname)}) or _one_is_part({key(theirs.midname)}, {other}):
        return "midname"
    if 1 in {len(one), len(other)} and one[0] == other[0]:
        return "initial"
    return _by_letters(*_telling(theirs.forename, ours.forename))


def surname_level(theirs: Identity, ours: Identity) -> str:
    """exact, known (former or other surname), swapped, part (of a double one), similar, near, different."""
    one, other = key(theirs.surname), key(ours.surname)
    if not one or not other:
        return "missing"
    if one == other:
        return "exact"
    if _surnames(theirs) & _surnames(ours):
        return "known"
    if names_are_swapped(theirs, ours):
        return "swapped"
    shared = _parts(theirs.surname) & _parts(ours.surname)
    if shared - WEAK:
        return "part"
    if _endings(one) == _endings(other) or _without_particles(theirs.surname) == _without_particles(
        ours.surname
    ):
        return "similar"
    return "near" if shared else _by_letters(one, other)


def midname_level(theirs: Identity, ours: Identity) -> str:
    one, other = key(theirs.midname), key(ours.midname)
    if not one or not other:
        return "missing"
    if one == other:
        return "exact"
    if 1 in {len(one), len(other)} and one[0] == other[0]:
        return "initial"
    return "similar" if _alike(one, other) or same_by_habit(one, other) else "different"


def born_on_level(theirs: date | None, ours: date | None) -> str:
    """exact, swapped (day and month), one_digit, two_parts (of three), near (half a year), different."""
    if theirs is None or ours is None:
        return "missing"
    if theirs == ours:
        return "exact"
    if (theirs.year, theirs.month, theirs.day) == (ours.year, ours.day, ours.month):
        return "swapped"
    if OSA.distance(f"{theirs:%Y%m%d}", f"{ours:%Y%m%d}") == 1:
        return "one_digit"
    parts = zip((theirs.year, theirs.month, theirs.day), (ours.year, ours.month, ours.day), strict=True)
    if sum(one == other for one, other in parts) == 2:
        return "two_parts"
    return "near" if abs((theirs - ours).days) <= 183 else "different"


def gender_level(theirs: str, ours: str) -> str:
    if not {theirs, ours} <= {"female", "male"}:
        return "missing"
    return "exact" if theirs == ours else "different"


def postcode_level(theirs: Identity, ours: Identity) -> str:
    """exact, old (an earlier address), near (one letter), sector (GU1 4), district (GU1), different."""
    one, other = postcode_key(theirs.postcode), postcode_key(ours.postcode)
    if not one or not other:
        return "missing"
    if one == other:
        return "exact"
    if _postcodes(theirs) & _postcodes(ours):
        return "old"
    if _whole(one) and _whole(other):
        if OSA.distance(one, other) == 1:
            return "near"
        if one[:-2] == other[:-2]:
            return "sector"
        return "district" if one[:-3] == other[:-3] else "different"
    return _partial_postcode(one, other)


def address_level(theirs: Identity, ours: Identity) -> str:
    """How the lines agree: exact, old (an earlier address), near, different."""
    if not theirs.address_lines or not ours.address_lines:
        return "missing"
    level = lines_level(theirs.address_lines, ours.address_lines)
    if level == "exact":
        return "exact"
    if any(
        lines_level(theirs.address_lines, old.lines) == "exact" for old in ours.other_addresses if old.lines
    ):
        return "old"
    return level


def lines_level(one: tuple[str, ...], other: tuple[str, ...]) -> str:
    """exact: the same house and nearly the same words; near: much the same words; different."""
    alike = fuzz.token_set_ratio(_line(one), _line(other))
    if alike >= 88 and _numbers(one) == _numbers(other):
        return "exact"
    return "near" if alike >= 75 else "different"


def identifier_level(theirs: str, ours: str) -> str:
    if not theirs or not ours:
        return "missing"
    return "exact" if postcode_plain(theirs) == postcode_plain(ours) else "different"


def postcode_plain(written: str) -> str:
    """Letters and digits only, in upper case."""
    return re.sub(r"[^A-Z0-9]", "", written.upper())


def _alike(one: str, other: str) -> bool:
    return JaroWinkler.similarity(one, other) >= SIMILAR


def _by_letters(one: str, other: str) -> str:
    alike = JaroWinkler.similarity(one, other)
    return "similar" if alike >= SIMILAR else "near" if alike >= NEAR else "different"


def _forenames(who: Identity) -> set[str]:
    return {
        key(name) for name in (who.forename, who.known_as, *(name.forename for name in who.other_names))
    } - {""}


def _surnames(who: Identity) -> set[str]:
    return {
        key(name) for name in (who.surname, who.former_surname, *(name.surname for name in who.other_names))
    } - {""}


def _postcodes(who: Identity) -> set[str]:
    return {postcode_key(code) for code in (who.postcode, *(old.postcode for old in who.other_addresses))} - {
        ""
    }


def _one_is_part(one: set[str], other: set[str]) -> bool:
    """Is one double name the other with words left out, something telling being left?"""
    return (one <= other or other <= one) and any(len(word) > 1 for word in (one & other) - WEAK)


def _telling(one: str, other: str) -> tuple[str, str]:
    """Both names without the weak words they share: of two Mohammeds only the rest tells them apart."""
    shared = set(words(one)) & set(words(other)) & WEAK
    rest = ["".join(word for word in words(name) if word not in shared) for name in (one, other)]
    return (rest[0], rest[1]) if all(rest) else (key(one), key(other))


def _parts(surname: str) -> set[str]:
    return set(words(surname)) - PARTICLES


def _by_habit(one: str, other: str) -> bool:
    first, second = words(one), words(other)
    return same_by_habit(key(one), key(other)) or bool(
        first and second and same_by_habit(first[0], second[0])
    )


def _without_particles(surname: str) -> str:
    return "".join(word for word in words(surname) if word not in PARTICLES)


def _endings(surname: str) -> str:
    """A Polish surname without the ending that goes by gender: Kowalski and Kowalska are one."""
    return re.sub(r"(sk|ck|dzk|n)[iay]$", r"\1", surname)


def _whole(code: str) -> bool:
    return bool(_FULL_POSTCODE.fullmatch(code))


def _partial_postcode(one: str, other: str) -> str:
    shorter, longer = sorted((one, other), key=len)
    if not longer.startswith(shorter):
        return "different"
    return "sector" if len(longer) - len(shorter) <= 2 else "district"


def _line(lines: tuple[str, ...]) -> str:
    return " ".join(re.sub(r"[^a-z0-9 ]", " ", fold_keeping_digits(line)) for line in lines)


def fold_keeping_digits(line: str) -> str:
    """``line`` folded word by word, with its numbers."""
    return " ".join(word.lower() if any(c.isdigit() for c in word) else fold(word) for word in line.split())


def _numbers(lines: tuple[str, ...]) -> list[str]:
    return re.findall(r"\d+", " ".join(lines))
