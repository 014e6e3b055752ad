"""Numbers and codes that people type: how they are written, and whether they can be right.

Every ``normalise`` takes what was typed and returns what is kept; every ``valid`` takes what is kept.
"""

import re
import unicodedata

_NOT_SIGNIFICANT = re.compile(r"[\s\-‐-―()\[\]./]+")
# The shapes of postcodes (A9 9AA to AA9A 9AA, and GIR 0AA); the inward part never has C I K M O V.
_POSTCODE = re.compile(r"(GIR ?0AA|[A-PR-UWYZ][A-HK-Y]?[0-9][0-9A-HJKMNP-Y]? [0-9][ABD-HJLNP-UW-Z]{2})")
_PHONE = re.compile(r"\+?[0-9]{7,15}")
_UPN = re.compile(r"[A-HJ-NP-RT-Z][0-9]{11}[0-9A-HJ-NP-RT-Z]")
_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_DIGIT_WEIGHTS = range(10, 1, -1)
_LETTERS_WITHOUT_MARKS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)
_APOSTROPHES = re.compile(r"['’‘`ʼ´]")
_BREAKS = re.compile(r"[\s\-‐-―.,]+")


def normalise_postcode(typed: str) -> str:
    """Capitals with one space before the last three: "cf103at" becomes "CF10 3AT"."""
    letters = _NOT_SIGNIFICANT.sub("", typed).upper()
    return f"{letters[:-3]} {letters[-3:]}" if len(letters) > 3 else letters


def valid_postcode(postcode: str) -> bool:
    """Whether ``postcode`` has the shape of a British postcode; not whether it exists."""
    return bool(_POSTCODE.fullmatch(postcode))


def normalise_phone(typed: str) -> str:
    """One continuous number; a leading "+" is kept, and "+44 (0)" loses its needless nought."""
    typed = re.sub(r"^(\s*(?:\+|00)\s*44)\s*\(0\)", r"\1", typed)
    plus = "+" if typed.strip().startswith("+") else ""
    return plus + _NOT_SIGNIFICANT.sub("", typed).removeprefix("+")


def valid_phone(phone: str) -> bool:
    """Whether ``phone`` is 7 to 15 digits, with or without a leading "+"."""
    return bool(_PHONE.fullmatch(phone))


def normalise_upn(typed: str) -> str:
    return _NOT_SIGNIFICANT.sub("", typed).upper()


def valid_upn(upn: str) -> bool:
    """Whether ``upn`` has the shape and the check letter of a unique pupil number (CBDS N00001)."""
    return bool(_UPN.fullmatch(upn)) and upn[0] == upn_letter(upn[1:])


def upn_letter(rest: str) -> str:
    """The check letter for characters 2 to 13 of a unique pupil number."""
    values = (int(mark) if mark.isdigit() else _UPN_LETTERS.index(mark) for mark in rest)
    return _UPN_LETTERS[sum(place * value for place, value in enumerate(values, 2)) % 23]


def normalise_nhs_number(typed: str) -> str:
    """Ten digits without spaces."""
    return _NOT_SIGNIFICANT.sub("", typed)


def valid_nhs_number(number: str) -> bool:
    """Whether ``number`` is ten digits, not all the same, the last of them the check digit (modulus 11)."""
    if not re.fullmatch(r"[0-9]{10}", number) or len(set(number)) == 1:
        return False
    return (11 - _remainder(number)) % 11 == int(number[9])


def normalise_uln(typed: str) -> str:
    """Ten digits without spaces."""
    return _NOT_SIGNIFICANT.sub("", typed)


def valid_uln(uln: str) -> bool:
    """Whether ``uln`` has the shape and the check digit of a unique learner number (CBDS N00011)."""
    return bool(re.fullmatch(r"[1-9][0-9]{9}", uln)) and 10 - _remainder(uln) == int(uln[9])


def _remainder(number: str) -> int:
    """The first nine digits, weighed 10 to 2, modulo 11."""
    return sum(weight * int(digit) for weight, digit in zip(_DIGIT_WEIGHTS, number[:9], strict=True)) % 11


def fold_name(name: str) -> str:
    """``name`` for comparing: lower case, no marks, no apostrophes, hyphens and dots as single spaces."""
    plain = name.lower() if name.isascii() else _without_marks(name)
    return _BREAKS.sub(" ", _APOSTROPHES.sub("", plain)).strip()


def _without_marks(name: str) -> str:
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return plain.translate(_LETTERS_WITHOUT_MARKS)
