"""What stands in a copy in place of what people wrote. The same thing is always disguised in the same way.

Who has the copy cannot work back: the key of a run is never kept.
"""

import hmac
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from guildhall.foundation.kit.identifiers import upn_letter, valid_nhs_number, valid_uln
from guildhall.records.children import folding

PLACEHOLDER = b"This file was left out of the copy.\n"
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d+")
_EMAIL = re.compile(r"[\w.+'-]+@[\w-]+\.[\w.-]+")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}$")
_UUID = re.compile(r"[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}$")
_SYLLABLES = [first + vowel for first in "bdfgklmnprstvz" for vowel in "aeiou"]
_ENDS = ["b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z"]
_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
MOST_WORDS = 60
# Numbers of schools, which everybody may know, are no longer than this.
_OF_SCHOOLS = 7
_TURNS = 100

Rule = Callable[[Any, Any], Any]


@dataclass
class Disguise:
    """One run's. ``known``: codes that forms are made of, which say nothing of a person.

    ``names`` and ``marks`` are what was disguised so far: single words of names, folded, and addresses,
    numbers and letters that lead to one person. A disguise is never one of ``taken``.
    """

    known: frozenset[str] = frozenset()
    taken: frozenset[str] = frozenset()
    names: set[str] = field(default_factory=set)
    marks: set[str] = field(default_factory=set)
    _key: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    def apply(self, rule: str, value: Any, of: Any) -> Any:
        """``value`` of the field ``of``, disguised by ``rule``; what is empty stays empty."""
        if rule == "blank":
            return None if of.null else of.get_default()
        if value in (None, "", {}, []):
            return value
        changed = getattr(self, f"{rule}_of")(value)
        size = getattr(of, "max_length", None)
        return changed[:size] if size and isinstance(changed, str) else changed

    def _number(self, words: str, below: int) -> int:
        digest = hmac.new(self._key, words.encode("utf-8", "surrogatepass"), sha256).digest()
        return int.from_bytes(digest[:12], "big") % below

    def _nobodys(self, value: str, make: Callable[[int], str]) -> str:
        """What ``make`` makes of a number of ``value``'s own, and is not really somebody's."""
        for turn in range(_TURNS):
            made = make(self._number(f"{turn}:{value}", 10**15))
            if made not in self.taken and re.sub(r"\D", "", made) not in self.taken:
                break
        return made

    def _word(self, word: str, turn: int = 0) -> str:
        folded = folding.fold(word)
        seed = self._number(f"word{turn}:{folded}", len(_SYLLABLES) ** 3 * len(_ENDS))
        made = ""
        for _ in range(3):
            seed, place = divmod(seed, len(_SYLLABLES))
            made += _SYLLABLES[place]
        made += _ENDS[seed]
        return self._word(word, turn + 1) if made in self.taken else made

    # The rules of rules.yaml, each by its name.

    def same_of(self, value: Any) -> Any:
        return value

    def derived_of(self, value: Any) -> Any:
        """It is worked out again from what was disguised, where the row is copied."""
        return value

    def name_of(self, value: str) -> str:
        """Word by word, so that families keep a name in common."""
        self.names.update(folding.fold(word) for word in _WORD.findall(value) if len(word) > 2)
        return _WORD.sub(self._shaped, _NUMBER.sub(self._digits, value))

    def _shaped(self, found: re.Match[str]) -> str:
        word = found.group()
        made = self._word(word)
        if word.isupper() and len(word) > 1:
            return made.upper()
        return made if word.islower() else made.capitalize()

    def _digits(self, found: re.Match[str]) -> str:
        return str(self._number(f"digits:{found.group()}", 97) + 1)

    def words_of(self, value: str) -> str:
        """As many words as there were, none of which says anything."""
        for email in _EMAIL.findall(value):
            self.marks.add(email.lower())
        words = [f"{word}{self._number(value, 1_000)}" for word in value.split()[:MOST_WORDS]]
        return " ".join(self._word(word) for word in words).capitalize() or "–"

    def email_of(self, value: str) -> str:
        self.marks.add(value.lower())
        return f"person-{self._number(value.lower(), 10**12)}@example.invalid"

    def login_of(self, value: str) -> str:
        self.marks.add(value.lower())
        return f"person-{self._number(value.lower(), 10**12)}"

    def phone_of(self, value: str) -> str:
        """A number that the regulator keeps for plays and films."""
        self.marks.add(re.sub(r"\D", "", value))
        return self._nobodys(value, lambda seed: f"07700 900{seed % 1_000:03}")

    def postcode_of(self, value: str) -> str:
        """One of an area that does not exist."""
        self.marks.add(folding.postcode_key(value))
        seed = self._number(folding.postcode_key(value), 10 * 10 * 400)
        letters = _LETTERS[seed // 100 % 20] + _LETTERS[seed // 2_000]
        return f"QX{seed % 10} {seed // 10 % 10}{letters}"

    def upn_of(self, value: str) -> str:
        self.marks.add(value)
        return self._nobodys(value, lambda seed: _upn(f"999{seed % 10**9:09}"))

    def nhs_of(self, value: str) -> str:
        """One of the numbers that are given to nobody."""
        self.marks.add(value)
        return self._nobodys(value, lambda seed: _nhs(f"999{seed % 10**5:05}"))

    def uln_of(self, value: str) -> str:
        """One of the highest numbers, which no learner has yet."""
        self.marks.add(value)
        return self._nobodys(value, lambda seed: _uln(f"999{seed % 10**5:05}"))

    def birth_of(self, value: date) -> date:
        """An earlier day of the same month, so that ages stay about right and nobody is born tomorrow."""
        return value.replace(day=1 + self._number(value.isoformat(), value.day))

    def file_name_of(self, value: str) -> str:
        ending = value.rpartition(".")[2].lower()
        return f"file.{ending}" if ending.isalnum() and len(ending) < 6 else "file"

    def file_size_of(self, _value: int) -> int:
        return len(PLACEHOLDER)

    def files_of(self, value: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """What a form says of its files."""
        same = {"bytes": len(PLACEHOLDER), "sha256": ""}
        return [each | same | {"name": self.file_name_of(each.get("name", ""))} for each in value]

    def address_of(self, value: Any) -> Any:
        return self._within(value, "address")

    def answers_of(self, value: Any) -> Any:
        """Every word in it, however deep, by what it is called and what it looks like."""
        return self._within(value, "")

    def _within(self, value: Any, called: str) -> Any:
        if isinstance(value, dict):
            return {name: self._within(each, _called(name, called)) for name, each in value.items()}
        if isinstance(value, list):
            return [self._within(each, called) for each in value]
        return self._leaf(value, called) if isinstance(value, str) and value else value

    def _leaf(self, value: str, called: str) -> str:
        if called == "address" and not folding.postcode_key(value).isdigit():
            return self.name_of(value)
        for part, rule in _CALLED.items():
            if part in called:
                return str(rule(self, value))
        if value in self.known or _UUID.match(value):
            return value
        if _EMAIL.fullmatch(value):
            return self.email_of(value)
        if _DAY.match(value):
            return self.birth_of(datetime.fromisoformat(value).date()).isoformat()
        return self._digits_only(value) if not _WORD.search(value) else self.words_of(value)

    def _digits_only(self, value: str) -> str:
        digits = re.sub(r"\D", "", value)
        if len(digits) < 4:
            return value
        if len(digits) > _OF_SCHOOLS:
            self.marks.add(digits)
        return self._nobodys(value, lambda seed: _digits_in(value, seed))


def _upn(rest: str) -> str:
    return upn_letter(rest) + rest


def _nhs(begins: str) -> str:
    return next(one for n in range(100) if valid_nhs_number(one := f"{begins}{n:02}"))


def _uln(begins: str) -> str:
    return next(one for n in range(100) if valid_uln(one := f"{begins}{n:02}"))


def _digits_in(shape: str, seed: int) -> str:
    """``seed`` in the places of the digits of ``shape``."""
    digits = iter(f"{seed:030}"[::-1])
    return re.sub(r"\d", lambda _found: next(digits, "0"), shape)


# What a part of an answer is called → how it is disguised; the first that fits. Numbers of forms are kept.
_CALLED: dict[str, Callable[[Disguise, str], str]] = {
    "postcode": Disguise.postcode_of,
    "email": Disguise.email_of,
    "phone": Disguise.phone_of,
    "mobile": Disguise.phone_of,
    "upn": Disguise.upn_of,
    "nhs": Disguise.nhs_of,
    "uln": Disguise.uln_of,
    "name": Disguise.name_of,
    "town": Disguise.name_of,
    "line": Disguise.name_of,
    "uprn": lambda _self, _value: "",
}


def _called(name: str, above: str) -> str:
    """What a part is called: by its own name where that says something, else by what it is a part of."""
    own = name.lower()
    return own if above != "address" or any(part in own for part in _CALLED) else above


_WAYS = [name.removesuffix("_of") for name in vars(Disguise) if name.endswith("_of")]
RULES = frozenset({"blank", *_WAYS})
