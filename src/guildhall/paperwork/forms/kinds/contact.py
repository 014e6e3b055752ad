"""Ways to reach people, and the numbers that children are known by."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.safestring import SafeString

from guildhall.foundation.kit import components, identifiers
from guildhall.foundation.kit.typed import one_line
from guildhall.foundation.texts import queries as texts

from ..shape import Question
from .base import Context, Entry, Kind, Problem

_EMAIL = EmailValidator()


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
    number = identifiers.normalise_phone(one_line(raw)[:100])
    if not identifiers.valid_phone(number):
        raise Problem("NotATelephone", question, part=part)
    return number


def check_postcode(raw: Any, question: Question, *, part: str = "") -> str:
    """The postcode in capitals with one space. Raises Problem."""
    postcode = identifiers.normalise_postcode(one_line(raw)[:100])
    if not identifiers.valid_postcode(postcode):
        raise Problem("NotAPostcode", question, part=part)
    return postcode


class _OneLine(Kind):
    """A kind that is one text field and speaks as it is kept.

    ``hint`` names the words that say how to type it, where the question has no hint of its own.
    """

    nature = "words"
    shown: ClassVar[dict[str, Any]] = {}
    hint: ClassVar[str] = ""

    def speak(self, value: Any, question: Question, language: str) -> list[str]:
        return [value]

    def render(self, entry: Entry) -> SafeString:
        field = entry.field
        if self.hint and not field.hint:
            field = field._replace(hint=texts.say(self.hint, entry.language))
        return components.text_field(field, value=entry.value, **self.shown)


class Email(_OneLine):
    name = "email"
    shown = {"type": "email", "autocomplete": "off", "spellcheck": False}

    def check(self, raw: Any, question: Question, context: Context) -> str:
        return check_email(raw, question)


class Telephone(_OneLine):
    """A telephone number, kept as one run of digits so that a leading zero or + stays."""

    name = "telephone"
    hint = "shared.Hint_Telephone"
    shown = {"type": "tel", "width": 20, "autocomplete": "off"}

    def check(self, raw: Any, question: Question, context: Context) -> str:
        return check_telephone(raw, question)


class Postcode(_OneLine):
    name = "postcode"
    shown = {"width": 10, "autocomplete": "off", "spellcheck": False}

    def check(self, raw: Any, question: Question, context: Context) -> str:
        return check_postcode(raw, question)


class _Identifier(_OneLine):
    """A number with a check digit that one child alone has; ``wrong`` names the problem with another."""

    shown = {"width": 20, "autocomplete": "off", "inputmode": "numeric", "spellcheck": False}
    normalise: ClassVar[Callable[[str], str]]
    valid: ClassVar[Callable[[str], bool]]
    wrong: ClassVar[str]

    def check(self, raw: Any, question: Question, context: Context) -> str:
        number = type(self).normalise(one_line(raw)[:100])
        if not type(self).valid(number):
            raise Problem(self.wrong, question)
        return number


class Upn(_Identifier):
    name, hint, wrong = "upn", "shared.Hint_Upn", "NotAUpn"
    shown = {"width": 20, "autocomplete": "off", "spellcheck": False}
    normalise, valid = identifiers.normalise_upn, identifiers.valid_upn


class NhsNumber(_Identifier):
    name, hint, wrong = "nhs_number", "shared.Hint_NhsNumber", "NotAnNhsNumber"
    normalise, valid = identifiers.normalise_nhs_number, identifiers.valid_nhs_number

    def speak(self, value: Any, question: Question, language: str) -> list[str]:
        return [f"{value[:3]} {value[3:6]} {value[6:]}"]


class Uln(_Identifier):
    name, hint, wrong = "uln", "shared.Hint_Uln", "NotAUln"
    normalise, valid = identifiers.normalise_uln, identifiers.valid_uln
