"""Reading a plain definition: one mapping at a time, noting every flaw with its place and going on."""

import re
from collections.abc import Collection
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, NamedTuple

from .shape import LANGUAGES, NO_WORDS, Words

_UNSTORABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


class Flaw(NamedTuple):
    """Something wrong in a definition, and where: ``group child, question CHILD_SURNAME``."""

    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message


class Sheet:
    """A mapping of the definition. Each reading method returns a harmless value when it notes a flaw."""

    def __init__(self, plain: Any, *, place: str, known: Collection[str], flaws: list[Flaw]) -> None:
        self.place = place
        self.flaws = flaws
        self.plain: dict[Any, Any] = plain if isinstance(plain, dict) else {}
        if not isinstance(plain, dict):
            self.note("must be a mapping of keys to values")
        for key in self.plain:
            if key not in known:
                self.note(f"unknown key {key!r}{suggestion(key, known)}")

    def note(self, message: str) -> None:
        self.flaws.append(Flaw(self.place, message))

    def has(self, key: str) -> bool:
        return self.plain.get(key) is not None

    def words(self, key: str, *, needed: bool = False, longest: int = 1000) -> Words:
        """Words in both languages."""
        if not self.has(key):
            if needed:
                self.note(f"{key} is missing: give it as {{en: …, cy: …}}")
            return NO_WORDS
        value = self.plain[key]
        if not isinstance(value, dict):
            self.note(f"{key} must be {{en: …, cy: …}}")
            return NO_WORDS
        for unknown in [language for language in value if language not in LANGUAGES]:
            self.note(f"{key} has an unknown language {unknown!r}")
        return Words(**{language: self._tongue(key, value, language, longest) for language in LANGUAGES})

    def _tongue(self, key: str, value: dict[str, Any], language: str, longest: int) -> str:
        said = value.get(language)
        if not isinstance(said, str) or not said.strip():
            self.note(f"{key} has no {'English' if language == 'en' else 'Welsh'} ({language})")
            return ""
        if len(said) > longest:
            self.note(f"{key} ({language}) is {len(said)} characters long; at most {longest}")
        if unstorable(said):
            self.note(f"{key} ({language}) has a control character")
        return said.strip()

    def name(self, key: str, *, form: str, longest: int, needed: bool = True, upper: bool = False) -> str:
        """A code or key that fits the regular expression ``form``."""
        value = self.plain.get(key)
        if value in (None, "") and not needed:
            return ""
        whole = isinstance(value, int) and not isinstance(value, bool)
        said = str(value) if upper and whole else value
        if isinstance(said, str) and said.isascii() and upper:
            said = said.upper()
        if not isinstance(said, str) or not re.fullmatch(form, said):
            self.note(f"{key} {value!r} must match {form}" if value else f"{key} is missing")
            return ""
        if len(said) > longest:
            self.note(f"{key} is {len(said)} characters long; at most {longest}")
        return said

    def choice(self, key: str, choices: Collection[str], *, default: str | None = None) -> str:
        """One of ``choices``; without a ``default`` it must be given."""
        value = self.plain.get(key, default)
        if value in choices and isinstance(value, str):
            return value
        self.note(
            f"{key} is missing: one of {', '.join(choices)}"
            if value is None
            else f"{key} {value!r} is not one of {', '.join(choices)}{suggestion(value, choices)}"
        )
        return default or ""

    def flag(self, key: str) -> bool:
        value = self.plain.get(key, False)
        if not isinstance(value, bool):
            self.note(f"{key} must be true or false")
            return False
        return value

    def whole(self, key: str, *, default: int, least: int, most: int) -> int:
        value = self.plain.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            self.note(f"{key} must be a whole number from {least} to {most}")
            return default
        return value

    def number(self, key: str) -> Decimal:
        value = self.plain[key]
        if isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 10**15:
            return Decimal(str(value))
        self.note(f"{key} must be a number of at most 15 figures")
        return Decimal(0)

    def rows(self, key: str, *, most: int) -> list[Any]:
        value = self.plain.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.note(f"{key} must be a list")
            return []
        if len(value) > most:
            self.note(f"{key} has {len(value)} items; at most {most}")
        return value[:most]


def unstorable(said: str) -> bool:
    """Whether ``said`` has a character that a database or a page cannot hold."""
    return bool(_UNSTORABLE.search(said))


def suggestion(written: Any, known: Collection[str]) -> str:
    """``; did you mean …?`` when one of ``known`` is near what was written."""
    near = get_close_matches(str(written), list(known), n=1)
    return f"; did you mean {near[0]!r}?" if near else ""
