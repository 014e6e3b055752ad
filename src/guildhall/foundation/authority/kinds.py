"""What a setting may be: how a typed value is read, what is wrong with it, and how it is shown again.

``read`` takes the parts of one field as they were typed, by their name in the form ("" for the field itself)
and raises Wrong, which names a text of the settings pages and its values.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from guildhall.foundation.kit.typed import number, scrub

Typed = Mapping[str, list[str]]
LANGUAGES = ("en", "cy")
_LOCAL = ZoneInfo("Europe/London")
_EMAIL = re.compile(r"[^@\s<>\"]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_TELEPHONE = re.compile(r"\+?[0-9 ()-]{6,20}")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_PATTERN = re.compile(r"(?:[A-Za-z0-9-]|\{yymm\}|\{hex8\}|\{letters3\}|\{digits4\})+")
_URL = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~/-]*)?")


class Wrong(Exception):
    """What was typed cannot be the value; ``code`` and ``values`` are what the message is made of."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


class Kind(Protocol):
    """One way of being a setting."""

    def read(self, typed: Typed) -> Any: ...
    def show(self, value: Any) -> dict[str, Any]: ...


def _one(typed: Typed, part: str = "") -> str:
    return scrub((typed.get(part) or [""])[-1]).strip()


@dataclass(frozen=True)
class Number:
    """A whole number; ``unit`` is a text: minutes, hours, days …"""

    least: int
    most: int
    unit: str = ""

    def read(self, typed: Typed) -> int:
        found = number(_one(typed))
        if not self.least <= found <= self.most:
            raise Wrong("Number", least=self.least, most=self.most)
        return found

    def show(self, value: Any) -> dict[str, Any]:
        return {"": value}


@dataclass(frozen=True)
class Switch:
    """On or off."""

    def read(self, typed: Typed) -> bool:
        if (words := _one(typed)) not in {"on", "off"}:
            raise Wrong("Choose")
        return words == "on"

    def show(self, value: Any) -> dict[str, Any]:
        return {"": "on" if value else "off"}


@dataclass(frozen=True)
class Line:
    """A line of text; with ``shape``, one that looks like that. ``code`` names the message for another."""

    longest: int = 100
    required: bool = True
    shape: re.Pattern[str] | None = None
    code: str = "Required"
    type: str = "text"

    def read(self, typed: Typed) -> str:
        words = _one(typed)
        if not words and self.required:
            raise Wrong("Required")
        if len(words) > self.longest:
            raise Wrong("Long", most=self.longest)
        if words and (not words.isprintable() or (self.shape and not self.shape.fullmatch(words))):
            raise Wrong(self.code)
        return words

    def show(self, value: Any) -> dict[str, Any]:
        return {"": value or ""}


def email(*, required: bool = True) -> Line:
    """An email address."""
    return Line(254, required, _EMAIL, "Email", "email")


def telephone() -> Line:
    """A telephone number as people read it."""
    return Line(20, True, _TELEPHONE, "Telephone", "tel")


def colour() -> Line:
    """A colour as #rrggbb."""
    return Line(7, True, _COLOUR, "Colour")


def web_address(*, required: bool = False) -> Line:
    """An address that begins with https:// or http://."""
    return Line(200, required, _URL, "Url", "url")


@dataclass(frozen=True)
class Pattern:
    """How references are made; some part must differ from one to the next."""

    longest: int = 40

    def read(self, typed: Typed) -> str:
        words = _one(typed)
        if len(words) > self.longest or not _PATTERN.fullmatch(words):
            raise Wrong("Pattern")
        if "{hex8}" not in words and "{letters3}{digits4}" not in words:
            raise Wrong("PatternNarrow")
        return words

    def show(self, value: Any) -> dict[str, Any]:
        return {"": value}


@dataclass(frozen=True)
class Words:
    """A name in both languages."""

    longest: int = 80

    def read(self, typed: Typed) -> dict[str, str]:
        words = {language: _one(typed, language) for language in LANGUAGES}
        if not all(words.values()):
            raise Wrong("Both")
        if any(len(each) > self.longest or not each.isprintable() for each in words.values()):
            raise Wrong("Long", most=self.longest)
        return words

    def show(self, value: Any) -> dict[str, Any]:
        return dict(value)


@dataclass(frozen=True)
class Choice:
    """One of ``options``; each is named by a text."""

    options: tuple[str, ...]

    def read(self, typed: Typed) -> str:
        if (words := _one(typed)) not in self.options:
            raise Wrong("Choose")
        return words

    def show(self, value: Any) -> dict[str, Any]:
        return {"": value}


@dataclass(frozen=True)
class Several:
    """Any of ``options``, in their order."""

    options: tuple[str, ...]

    def read(self, typed: Typed) -> list[str]:
        ticked = set(typed.get("") or [])
        if ticked - {*self.options, ""}:
            raise Wrong("Choose")
        return [option for option in self.options if option in ticked]

    def show(self, value: Any) -> dict[str, Any]:
        return {"": list(value)}


@dataclass(frozen=True)
class Pairs:
    """A list in both languages: a line each, English | Welsh."""

    most: int = 20
    longest: int = 100

    def read(self, typed: Typed) -> list[dict[str, str]]:
        lines = [line.strip() for line in _one(typed).splitlines() if line.strip()]
        if not lines or len(lines) > self.most:
            raise Wrong("Pairs", most=self.most)
        return [self._pair(line) for line in lines]

    def _pair(self, line: str) -> dict[str, str]:
        english, bar, welsh = (part.strip() for part in line.partition("|"))
        if not (english and bar and welsh) or max(len(english), len(welsh)) > self.longest:
            raise Wrong("Pair", line=line[:60])
        return {"en": english, "cy": welsh}

    def show(self, value: Any) -> dict[str, Any]:
        return {"": "\n".join(f"{each['en']} | {each['cy']}" for each in value)}


@dataclass(frozen=True)
class Moment:
    """A day and time where the authority is, kept as UTC; empty for none."""

    def read(self, typed: Typed) -> str | None:
        parts = {part: _one(typed, part) for part in ("day", "month", "year", "time")}
        if not any(parts.values()):
            return None
        try:
            hour, _, minute = (parts["time"] or "02:00").partition(":")
            numbers = (int(parts["year"]), int(parts["month"]), int(parts["day"]), int(hour), int(minute))
            if numbers[0] < 2000:
                raise ValueError
            return datetime(*numbers, tzinfo=_LOCAL).astimezone(UTC).isoformat()
        except (ValueError, OverflowError):
            raise Wrong("Moment") from None

    def show(self, value: Any) -> dict[str, Any]:
        if not value:
            return {}
        at = datetime.fromisoformat(value).astimezone(_LOCAL)
        return {"day": at.day, "month": at.month, "year": at.year, "time": f"{at:%H:%M}"}


@dataclass(frozen=True)
class Secret:
    """A password that the program uses. It is never shown; left empty, the one that is kept stays."""

    longest: int = 200
    parts: tuple[str, ...] = field(default=("", "forget"))

    def read(self, typed: Typed) -> str | None:
        """The new one, "" to forget the old one, None to leave it."""
        words = (typed.get("") or [""])[-1]
        if len(words) > self.longest:
            raise Wrong("Long", most=self.longest)
        if words:
            return words
        return "" if _one(typed, "forget") == "yes" else None

    def show(self, value: Any) -> dict[str, Any]:
        return {}
