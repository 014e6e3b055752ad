"""The rules for a password: its length and, where the authority wants them, kinds of character."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError

from guildhall.foundation.authority.queries import setting
from guildhall.foundation.texts import queries as texts


class LengthValidator:
    """12 to 128 characters (settings of the authority)."""

    def validate(self, password: str, user: Any = None) -> None:
        if not setting("password.minimum_length") <= len(password) <= setting("password.maximum_length"):
            raise ValidationError(self.get_help_text(), code="length")

    def get_help_text(self) -> str:
        """The rule in words."""
        return texts.say(
            "account.Password_Rule",
            least=setting("password.minimum_length"),
            most=setting("password.maximum_length"),
        )


_KINDS: dict[str, Callable[[str], bool]] = {
    "upper": str.isupper,
    "lower": str.islower,
    "digit": str.isdigit,
    "symbol": lambda sign: not sign.isalnum() and not sign.isspace(),
}


class KindsValidator:
    """At least one of each kind of character that the setting asks for; none, unless the authority says."""

    def validate(self, password: str, user: Any = None) -> None:
        if any(not any(map(_KINDS[kind], password)) for kind in setting("password.kinds")):
            raise ValidationError(self.get_help_text(), code="kinds")

    def get_help_text(self) -> str:
        """The rule in words; "" when there is none."""
        kinds = [texts.say(f"account.Password_Kind_{kind}") for kind in setting("password.kinds")]
        return texts.say("account.Password_Kinds", kinds=", ".join(kinds)) if kinds else ""
