"""Ways to reach people, and the numbers that children are known by."""

import re
from collections.abc import Callable
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.safestring import SafeString

from guildhall.foundation.kit import components

from ..cleaning import one_line, squeezed
from ..shape import Question
from . import adapter as identifiers
from .base import Context, Entry, Kind, Problem

_EMAIL = EmailValidator()
_TELEPHONE_MARKS = re.compile(r"[\s().\-\u2010-\u2015/]+")
_TELEPHONE = re.compile(r"\+?\d{5,15}", re.ASCII)


def check_email(raw: Any, question: Question, *, part: str = "") -> str:
    """The email address, as written. Raises Problem."""
    address = one_line(raw)
    try:
        if len(address) > 254:
            raise ValidationError("")
        _EMAIL(address)
    except ValidationError:
        raise Problem("NotAnEmail", question, part=part) from None
    return address


def check_telephone(raw: Any, question: Question, *, part: str = "") -> str:
    """The number without spaces, brackets and hyphens; a leading + is kept. Raises Problem."""
    number = _TELEPHONE_MARKS.sub("", one_line(raw))
    if not _TELEPHONE.fullmatch(number):
        raise Problem("NotATelephone", question, part=part)
    return number


def check_postcode(raw: Any, question: Question, *, part: str = "") -> str:
    """The postcode in capitals with one space. Raises Problem."""
    written = squeezed(raw)[:20]
    if not _POSTCODE.fullmatch(written):
        raise Problem("NotAPostcode", question, part=part)
    return f"{written[:-3]} {written[-3:]}"


_POSTCODE = re.compile(
    r"(GIR0AA|[A-PR-UWYZ]([0-9]{1,2}|[A-HK-Y][0-9]([0-9]|[ABEHMNPRV-Y])?|[0-9][A-HJKPS-UW])[0-9][ABD-HJLNP-UW-Z]{2})"
)


class _OneLine(Kind):
    """A kind that is one text field and speaks as it is kept."""

    nature = "words"
    shown: ClassVar[dict[str, Any]] = {}

    def speak(self, value: Any, question: Question, language: str) -> list[str]:
        return [value]

    def render(self, entry: Entry) -> SafeString:
        return components.text_field(label=entry.words, value=entry.value, **self.shown, **entry.common)


class Email(_OneLine):
    name = "email"
    shown = {"type": "email", "autocomplete": "off", "spellcheck": False}

    def check(self, raw: Any, question: Question, context: Context) -> str:
        return check_email(raw, question)


class Telephone(_OneLine):
    """A telephone number, kept as one run of digits so that a leading zero or + stays."""

    name = "telephone"
    shown = {"type": "tel", "width": 20, "autocomplete": "off"}

    def check(self, raw: Any, question: Question, context: Context) -> str:
        return check_telephone(raw, question)


class Postcode(_OneLine):
    name = "postcode"
    shown = {"width": 10, "autocomplete": "off", "spellcheck": False}

    def check(self, raw: Any, question: Question, context: Context) -> str:
        return check_postcode(raw, question)


class _Identifier(_OneLine):
    """A number with a check digit."""

    valid: ClassVar[Callable[[str], bool]]
    problem: ClassVar[str]
    shown = {"width": 20, "autocomplete": "off", "spellcheck": False}

    def check(self, raw: Any, question: Question, context: Context) -> str:
        written = squeezed(raw).replace("-", "")
        if not written.isascii() or not type(self).valid(written):
            raise Problem(self.problem, question)
        return written


class Upn(_Identifier):
    name = "upn"
    valid = staticmethod(identifiers.valid_upn)
    problem = "NotAUpn"


class NhsNumber(_Identifier):
    name = "nhs_number"
    valid = staticmethod(identifiers.valid_nhs_number)
    problem = "NotAnNhsNumber"

    def speak(self, value: Any, question: Question, language: str) -> list[str]:
        return [f"{value[:3]} {value[3:6]} {value[6:]}"]
